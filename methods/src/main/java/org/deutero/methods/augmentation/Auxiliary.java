package org.deutero.methods.augmentation;

import java.util.random.RandomGenerator;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.LabelledBatch;
import org.deutero.tensor.DType;
import org.deutero.tensor.Losses;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Linear;

/**
 * Ordinary classification beside few-shot learning, by a linear layer on the mean over positions of an encoder's maps. It helps the encoder in the beginning, and counts for less and less.
 *
 * @param classes to tell apart; 0 for none
 * @param channels of the encoder's maps
 * @param decay what is left of the loss's weight, which starts at 1, after each span
 * @param span iterations
 */
record Auxiliary(int classes, int channels, double decay, int span) {
    /** None at all. */
    static final Auxiliary NONE = new Auxiliary(0, 0, 1, 1);

    boolean present() {
        return classes > 0;
    }

    Params init(RandomGenerator rng, DType dtype) {
        return present() ? new Linear(channels, classes, Initializer.FAN_IN_UNIFORM).init(rng, dtype) : Params.EMPTY;
    }

    /** What the loss counts: decay^floor(iteration / span). */
    double weight(long iteration) {
        return Math.pow(decay, (double) Math.floorDiv(iteration, span));
    }

    /** The pictures beside tasks. @throws OptionsException if there are none, or of other classes */
    LabelledBatch batch(Episodes tasks) {
        LabelledBatch beside = tasks.beside()
                .orElseThrow(() -> new OptionsException("method.auxiliary is " + classes
                        + " classes, but there are no pictures of them beside the tasks; expected"
                        + " tasks.auxiliary, such as 64 of tasks.source: cross-domain"));
        if (beside.classes() != classes) {
            throw new OptionsException(
                    "method.auxiliary is " + classes + " classes, but pictures beside the tasks are of "
                            + beside.classes() + "; expected " + beside.classes());
        }
        return beside;
    }

    /**
     * Mean losses [tasks].
     *
     * @param layer the linear layer's parameters
     * @param features maps in rows, [tasks, n, channels * positions]
     * @param labels int64 [tasks, n]
     */
    Tensor losses(Params layer, Tensor features, Tensor labels) {
        Tensor means = features.reshape(features.size(0), features.size(1), channels, -1)
                .mean(3);
        return Losses.crossEntropy(Linear.apply(layer, means), labels);
    }
}
