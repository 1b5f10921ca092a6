package org.deutero.tensor.optim;

import org.deutero.tensor.Params;

/**
 * RMSprop (Tieleman, Hinton 2012): the direction is g / sqrt(v + epsilon) with the running mean v of squared gradients, which starts at zero and is not corrected for that.
 *
 * @param decay of the mean
 * @param epsilon added inside the root
 */
public record RmsProp(double decay, double epsilon) implements Optimizer {
    /** Checks ranges. */
    public RmsProp {
        if (!(decay >= 0 && decay < 1 && epsilon > 0)) {
            throw new IllegalArgumentException(
                    "decay must lie in [0, 1) and epsilon above 0, not " + decay + " and " + epsilon);
        }
    }

    @Override
    public Params init(Params params) {
        return params.zerosLike().under("v");
    }

    @Override
    public Direction direction(Params gradients, Params state, Params params, long step) {
        Params v = gradients.zip(state.child("v"), (g, old) -> old.mul(decay).addScaled(g.square(), 1 - decay));
        return new Direction(
                gradients.zip(v, (g, mean) -> g.div(mean.add(epsilon).sqrt())), v.under("v"));
    }
}
