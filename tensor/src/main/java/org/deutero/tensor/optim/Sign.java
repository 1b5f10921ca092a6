package org.deutero.tensor.optim;

import org.deutero.tensor.Params;

/**
 * Steps of one length whatever the gradient: the direction is g / (|g| + epsilon), the sign of g where g is not tiny. It is the first step of an Adam whose epsilon is sqrt(1 - beta2) times this one, and so what a program does that makes
 * its Adam anew for every step.
 *
 * @param epsilon where steps become shorter; positive, since 0 / 0 is no direction
 */
public record Sign(double epsilon) implements Optimizer {
    /** Checks the range. */
    public Sign {
        if (!(epsilon > 0)) {
            throw new IllegalArgumentException("epsilon must be positive, not " + epsilon);
        }
    }

    @Override
    public Params init(Params params) {
        return Params.EMPTY;
    }

    @Override
    public Direction direction(Params gradients, Params state, Params params, long step) {
        return new Direction(gradients.map(g -> g.div(g.abs().add(epsilon))), state);
    }
}
