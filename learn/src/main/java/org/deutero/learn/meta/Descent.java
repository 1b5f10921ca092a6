package org.deutero.learn.meta;

import org.deutero.tensor.Params;
import org.deutero.tensor.optim.Clip;
import org.deutero.tensor.optim.Optimizer;
import org.deutero.tensor.optim.Rates;
import org.deutero.tensor.optim.Schedule;

/**
 * Gradient descent in the outer loop: clip, take the rule's direction, go as far as the schedule says.
 *
 * @param rule Adam, SGD, ...
 * @param rate step size at the start
 * @param schedule factor on the rate as training goes on
 * @param clip limits on the gradient
 */
public record Descent(Optimizer rule, double rate, Schedule schedule, Clip clip) implements MetaOptimizer {
    /** A rule with a constant rate and no clipping. */
    public static Descent of(Optimizer rule, double rate) {
        return new Descent(rule, rate, Schedule.CONSTANT, Clip.NONE);
    }

    @Override
    public Params init(Params theta) {
        return rule.init(theta);
    }

    @Override
    public Descent paced(double factor) {
        return new Descent(rule, rate * factor, schedule, clip);
    }

    @Override
    public Descent often(int steps) {
        return steps == 1 ? this : new Descent(rule, rate, i -> schedule.factor(i / steps), clip);
    }

    @Override
    public Update update(Params gradient, Params slots, Params theta, long iteration) {
        Rates rates = Rates.constant(rate * schedule.factor(iteration));
        Optimizer.Update update = rule.update(clip.apply(gradient), slots, theta, rates, iteration);
        return new Update(update.params(), update.state());
    }
}
