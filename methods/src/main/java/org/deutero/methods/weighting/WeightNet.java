package org.deutero.methods.weighting;

import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.Mlp;

/**
 * V: from the loss of an example to its weight in (0, 1), a perceptron with one hidden layer of ReLUs and a sigmoid. With weights normalised by their sum, the scale of V has no meaning.
 *
 * @param hidden units, 100 as published
 * @param input what V is shown of a loss
 * @param weighting how outputs become weights of examples
 */
public record WeightNet(int hidden, Input input, Weighting weighting) {
    /** What V is shown of a loss. */
    public enum Input {
        /** The loss, as published. */
        LOSS,
        /** log(1 + loss), where large losses would saturate V. */
        LOG
    }

    /** How outputs become weights of examples. */
    public enum Weighting {
        /** v_i / sum_j v_j. */
        NORMALISED,
        /** v_i / n. */
        MEAN
    }

    private Mlp mlp() {
        return Mlp.of(1, hidden, 1);
    }

    Params init(RandomGenerator rng, DType dtype) {
        return mlp().init(rng, dtype);
    }

    /**
     * V itself.
     *
     * @param losses [tasks, n], taken as constants
     * @return [tasks, n]
     */
    Tensor values(Params net, Tensor losses) {
        // A stopped gradient: without tangents, too.
        Tensor seen = losses.detach();
        Tensor x = input == Input.LOG ? seen.add(1).log() : seen;
        return mlp().apply(net, x.unsqueeze(2)).sigmoid().squeeze(2);
    }

    /** Weights of examples, [tasks, n]. */
    Tensor weights(Params net, Tensor losses) {
        Tensor v = values(net, losses);
        return switch (weighting) {
            case NORMALISED -> v.div(v.sumKeep(1));
            case MEAN -> v.div(v.size(1));
        };
    }
}
