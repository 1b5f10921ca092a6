package org.deutero.learn.capability;

import org.deutero.tensor.Params;
import org.deutero.tensor.optim.Optimizer;
import org.deutero.tensor.optim.Rates;
import org.deutero.tensor.optim.Schedule;

/**
 * How a {@link BilevelLearner} trains its model, or a group of its hyper-parameters that has a rule of its own.
 *
 * @param rule such as SGD with momentum
 * @param rate step size at the start
 * @param schedule factor on the rate as training goes on
 * @param decay weight decay: so many times the weights are added to their gradient, before the rule sees it
 */
public record ModelTraining(Optimizer rule, double rate, Schedule schedule, double decay) {
    /** Checks rate and decay. */
    public ModelTraining {
        if (!(rate > 0) || !(decay >= 0)) {
            throw new IllegalArgumentException(
                    "a model is trained with a positive rate and no negative decay, not " + rate + " and " + decay);
        }
    }

    /** A rule with a constant rate and no weight decay. */
    public static ModelTraining of(Optimizer rule, double rate) {
        return new ModelTraining(rule, rate, Schedule.CONSTANT, 0);
    }

    /** The step size of an iteration. */
    public double rateAt(long iteration) {
        return rate * schedule.factor(iteration);
    }

    /** One step of training. */
    public Optimizer.Update update(Params gradient, Params slots, Params weights, long iteration) {
        Params decayed = decay == 0 ? gradient : gradient.addScaled(weights, decay);
        return rule.update(decayed, slots, weights, Rates.constant(rateAt(iteration)), iteration);
    }
}
