package org.deutero.methods.weighting;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.ModelTraining;
import org.deutero.tensor.DType;
import org.deutero.tensor.Losses;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Network;
import org.deutero.tensor.nn.Normalization;

/**
 * An ordinary classifier in training.
 *
 * @param network that ends in one output a class
 * @param training how its weights move
 * @param dtype of all numbers
 */
public record Classifier(Network network, ModelTraining training, DType dtype) {
    private static final int PIECE = 1000;

    Params init(RandomGenerator rng) {
        return network.init(rng, dtype);
    }

    /** Cross-entropies of examples in training, [tasks, n]: batch normalisation uses the batch at hand, and nobody is told. */
    Tensor losses(Params weights, Tensor x, Tensor y) {
        return Losses.crossEntropies(network.apply(weights, x), y);
    }

    /** The same in the model's own step, whose batches are what running averages are made of. */
    Tensor observedLosses(Params weights, Tensor x, Tensor y, StepContext context) {
        if (context.differentiable() || network.initialMoments(dtype).isEmpty()) {
            return losses(weights, x, y);
        }
        Normalization.Recording recording = Normalization.recording();
        Tensor logits = network.apply(weights, x, recording);
        context.observe(recording.moments());
        return Losses.crossEntropies(logits, y);
    }

    /** Logits in use, [tasks, n, classes]: batch normalisation uses running averages, so that large sets go through in pieces. */
    Tensor logits(Params weights, Tensor x, Params moments) {
        Normalization fixed = Normalization.fixed(moments);
        long all = x.size(1);
        if (all <= PIECE) {
            return network.apply(weights, x, fixed);
        }
        List<Tensor> pieces = new ArrayList<>();
        for (long from = 0; from < all; from += PIECE) {
            try (Scope s = Scope.open()) {
                pieces.add(s.keep(network.apply(weights, x.slice(1, from, Math.min(all, from + PIECE)), fixed)));
            }
        }
        return Tensors.cat(pieces, 1);
    }
}
