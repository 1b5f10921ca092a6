package org.deutero.methods.metric;

import org.deutero.tensor.Tensor;

/** Angles between features. */
final class Cosines {
    /** Added to squared lengths, so that a vector of zeros has a direction, if none in particular. */
    private static final double TINY = 1e-24;

    private Cosines() {}

    /** Cosines [tasks, m, n] of features [tasks, m, width] and others [tasks, n, width]. */
    static Tensor between(Tensor features, Tensor others) {
        return unit(features).matmul(unit(others).transpose(1, 2));
    }

    /** Features of length 1. */
    static Tensor unit(Tensor features) {
        return features.div(
                features.square().sumKeep(features.rank() - 1).add(TINY).sqrt());
    }
}
