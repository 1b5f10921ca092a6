package org.deutero.tensor.optim;

import org.deutero.tensor.Params;

/**
 * Gradient descent with optional momentum: v = momentum v + g; the direction is v, or g + momentum v (Nesterov). There is no
 * dampening, so the first v is g.
 *
 * @param momentum 0 for plain descent
 * @param nesterov whether to look ahead
 */
public record Sgd(double momentum, boolean nesterov) implements Optimizer {
    /** Plain gradient descent. */
    public static final Sgd PLAIN = new Sgd(0, false);

    /** Checks the range. */
    public Sgd {
        if (!(momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException("momentum must lie in [0, 1), not " + momentum);
        }
    }

    @Override
    public Params init(Params params) {
        return momentum == 0 ? Params.EMPTY : params.zerosLike().under("velocity");
    }

    /** Whether a step can be undone: momentum keeps what is needed; looking ahead needs the gradient at the unknown point. */
    public boolean reversible() {
        return momentum > 0 && !nesterov;
    }

    /** Parameters before the step that led to {@code after}. */
    public Params paramsBefore(Update after, Rates rates) {
        return rates.apply(after.params(), after.state().child("velocity").mul(-1));
    }

    /**
     * Slots before a step.
     *
     * @param state after it
     * @param gradients at the parameters before it
     */
    public Params stateBefore(Params state, Params gradients) {
        return state.child("velocity").sub(gradients).mul(1 / momentum).under("velocity");
    }

    @Override
    public Direction direction(Params gradients, Params state, Params params, long step) {
        if (momentum == 0) {
            return new Direction(gradients, state);
        }
        Params velocity = gradients.addScaled(state.child("velocity"), momentum);
        Params direction = nesterov ? gradients.addScaled(velocity, momentum) : velocity;
        return new Direction(direction, velocity.under("velocity"));
    }
}
