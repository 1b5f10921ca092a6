package org.deutero.learn.meta;

import org.deutero.options.OptionsException;
import org.deutero.tensor.Params;

/** How to move the meta-parameters, given an estimate of their gradient. */
public interface MetaOptimizer {
    /** Slots before the first step. */
    Params init(Params theta);

    /**
     * One step.
     *
     * @param gradient of the mean over tasks of the meta-loss
     * @param iteration number of the step, from 0
     */
    Update update(Params gradient, Params slots, Params theta, long iteration);

    /** The same optimiser with every step size times a factor. */
    default MetaOptimizer paced(double factor) {
        if (factor == 1) {
            return this;
        }
        throw new OptionsException(
                "this meta-optimiser has no step size that could be scaled; expected one that has, such as adam or sgd");
    }

    /** The same optimiser where it makes so many steps in an iteration of meta-training, so that its schedule takes as long as before. */
    default MetaOptimizer often(int steps) {
        if (steps == 1) {
            return this;
        }
        throw new OptionsException(
                "this meta-optimiser has no schedule that could be stretched over several steps in an iteration; expected one that has, such as adam or sgd");
    }

    /**
     * What a step leaves.
     *
     * @param theta meta-parameters
     * @param slots of the optimiser
     */
    record Update(Params theta, Params slots) {}
}
