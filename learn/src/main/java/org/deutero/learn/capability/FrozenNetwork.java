package org.deutero.learn.capability;

import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.Network;

/**
 * A network that nothing changes any more, and how its features become logits.
 *
 * @param network the architecture
 * @param weights of the network, without a task dimension
 * @param moments of its batch normalisation
 * @param readout from features to logits
 */
public record FrozenNetwork(Network network, Params weights, Params moments, Readout readout) {
    /** From features z [n, width] to logits [n, classes]. */
    public sealed interface Readout {
        /** The network's own head. */
        record Head() implements Readout {}

        /**
         * z W^T + b.
         *
         * @param weight [classes, width]
         * @param bias [classes]
         */
        record Linear(Tensor weight, Tensor bias) implements Readout {}

        /**
         * Minus the squared distance to each mean.
         *
         * @param means [classes, width]
         */
        record NearestMean(Tensor means) implements Readout {}

        /**
         * z / (|z| + tiny) times a vector for each class.
         *
         * @param directions [classes, width], factors and lengths included
         * @param tiny added to the length of z
         */
        record Cosine(Tensor directions, double tiny) implements Readout {}
    }

    /** A network with its own head. */
    public static FrozenNetwork whole(Network network, Params weights, Params moments) {
        return new FrozenNetwork(network, weights, moments, new Readout.Head());
    }
}
