package org.deutero.methods;

import org.deutero.tensor.optim.Optimizer;
import org.deutero.tensor.optim.Rates;
import org.deutero.tensor.optim.Schedule;

/**
 * A stretch of descent by one rule.
 *
 * @param optimizer the rule; its slots start afresh with the stage
 * @param rate step size at its start
 * @param decays whether the rate falls along a line that would be at zero after the last step
 * @param steps number of steps
 */
public record DescentStage(Optimizer optimizer, double rate, boolean decays, int steps) {
    /** Checks that there are steps. */
    public DescentStage {
        if (steps < 0) {
            throw new IllegalArgumentException("a stage cannot have " + steps + " steps");
        }
    }

    /** The step size at a step of the stage. */
    Rates rates(int step) {
        Schedule schedule = decays ? Schedule.linear(steps, 0) : Schedule.CONSTANT;
        return Rates.constant(rate * schedule.factor(step));
    }
}
