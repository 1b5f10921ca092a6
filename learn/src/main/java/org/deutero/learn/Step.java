package org.deutero.learn;

import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * What a step of learning leaves behind: the next state, and the numbers that it met on the way, by name.
 *
 * <p>Every estimator minds {@link #LOSS}, which is part of the meta-loss. The other numbers are not; they are for estimators that ask for them by name, such as one that
 * weighs the log-probability of an action by the rewards that came after it.
 *
 * @param state phi_{t+1}
 * @param met numbers met on the way, each [tasks]; differentiable where the state is
 */
public record Step(Params state, Params met) {
    /** A part of the meta-loss, which is added to the final one. */
    public static final String LOSS = "loss";

    /** What the step was paid; more is better. */
    public static final String REWARD = "reward";

    /** The logarithm of the probability, or of the density, of what the step chose by chance; its derivative is by the parameters of the distribution, with the choice held fixed. */
    public static final String LOG_PROBABILITY = "log-probability";

    /** The rewards to come, this step's included, as the learner itself expected them before it chose. */
    public static final String VALUE = "value";

    /** A step that met a loss; null for none. */
    public Step(Params state, Tensor loss) {
        this(state, loss == null ? Params.EMPTY : Params.of(LOSS, loss));
    }

    /** A step that met nothing. */
    public static Step of(Params state) {
        return new Step(state, Params.EMPTY);
    }

    /** The same step, which met one number more, [tasks], or met it instead of the one of that name. */
    public Step meeting(String name, Tensor number) {
        return new Step(state, met.with(Params.of(name, number)));
    }

    /** The part of the meta-loss met on the way, [tasks]; null if there is none. */
    public Tensor loss() {
        return met.has(LOSS) ? met.get(LOSS) : null;
    }
}
