package org.deutero.methods.optimizer.rule;

import java.util.OptionalDouble;
import org.deutero.tensor.Params;
import org.deutero.tensor.optim.Optimizer;
import org.deutero.tensor.optim.Rates;

/**
 * A learned rule as an ordinary optimiser: its meta-parameters are constants. Its directions are whole steps, so a rate of 1 is what it was trained for.
 *
 * @param rule that was learned
 * @param theta its meta-parameters
 * @param tasks whether parameters lead with a task dimension, each task with statistics of its own; otherwise they are those of a single training
 */
public record TrainedRule(LearnedRule rule, Params theta, boolean tasks) implements Optimizer {
    /** The rate at which steps are as learned. */
    public static final Rates RATE = Rates.constant(1);

    /** Cuts the meta-parameters off from any graph. */
    public TrainedRule {
        theta = theta.detach();
    }

    @Override
    public OptionalDouble ownRate() {
        return OptionalDouble.of(1);
    }

    @Override
    public Params init(Params params) {
        return tasks ? rule.slots(params) : rule.slots(params.expand(1)).task(0);
    }

    @Override
    public Direction direction(Params gradients, Params state, Params params, long step) {
        if (tasks) {
            return rule.direction(theta, gradients, state, params, step);
        }
        Direction one = rule.direction(theta, gradients.expand(1), state.expand(1), params.expand(1), step);
        return new Direction(one.direction().task(0), one.state().task(0));
    }
}
