package org.deutero.methods.memorization;

import org.deutero.methods.NetworkOptions;
import org.deutero.options.Options;
import org.deutero.tasks.TaskShape;

/** What recipes say of bottlenecks. */
public final class BottleneckOptions {
    private BottleneckOptions() {}

    /** The choice of bottlenecks that are some. */
    private enum Charged {
        WEIGHTS,
        ACTIVATIONS
    }

    /**
     * The bottleneck that a recipe describes.
     *
     * @param width of the code
     */
    public static Bottleneck of(Options method, Options network, TaskShape shape, int width) {
        Charged charged = method.choice(
                "bottleneck",
                Charged.WEIGHTS,
                "what of the encoder is stochastic and charged for: its weights, or what it puts out");
        boolean weights = charged == Charged.WEIGHTS;
        return new Bottleneck(
                weights ? Bottleneck.Form.WEIGHTS : Bottleneck.Form.ACTIVATIONS,
                NetworkOptions.embedding(network, shape, weights ? width : Math.multiplyExact(2, width)),
                width,
                weights
                        ? method.number(
                                "spread", -4, -1000, 1000, "where deviations start: the softplus of this number")
                        : 0,
                method.number(
                        "least-deviation",
                        0,
                        0,
                        1000,
                        "added to deviations; the released notebook has 1e-7, which keeps tiny ones from growing"),
                Noise.DRAWN);
    }

    /** The weight of the divergence. */
    public static double beta(Options method) {
        return method.number(
                "beta", 1e-3, 0, 1e6, "weight of the divergence, which is a sum over weights, or a mean over inputs");
    }
}
