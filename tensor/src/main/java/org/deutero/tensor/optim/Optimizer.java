package org.deutero.tensor.optim;

import java.util.OptionalDouble;
import org.deutero.tensor.Params;

/**
 * A gradient-descent rule as a pair of pure functions, so that it can be differentiated, checkpointed and run for many tasks at
 * once. The rule yields a direction; {@link Rates} say how far to go.
 *
 * <p>Slots (running moments) live in the state, a tree that an estimator carries beside the parameters.
 */
public interface Optimizer {
    /** Slots before the first step, zeros in the shapes of the parameters. */
    Params init(Params params);

    /**
     * One step's direction: parameters move by minus rate times direction.
     *
     * @param gradients like the parameters
     * @param state slots before the step
     * @param params parameters before the step (for decoupled weight decay)
     * @param step number of the step, from 0
     */
    Direction direction(Params gradients, Params state, Params params, long step);

    /** The rate to use unless told otherwise, for a rule whose directions are whole steps; empty where it depends on what is trained. */
    default OptionalDouble ownRate() {
        return OptionalDouble.empty();
    }

    /** Takes one step. */
    default Update update(Params gradients, Params state, Params params, Rates rates, long step) {
        Direction d = direction(gradients, state, params, step);
        return new Update(rates.apply(params, d.direction()), d.state());
    }

    /**
     * A direction and the slots after the step.
     *
     * @param direction like the parameters
     * @param state slots
     */
    record Direction(Params direction, Params state) {}

    /**
     * Parameters and slots after a step.
     *
     * @param params the parameters
     * @param state slots
     */
    record Update(Params params, Params state) {}
}
