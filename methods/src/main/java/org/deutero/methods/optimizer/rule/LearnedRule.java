package org.deutero.methods.optimizer.rule;

import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.optim.Optimizer;

/**
 * A rule of descent with meta-parameters, as pure functions: differentiable in gradients, slots, weights and meta-parameters alike.
 *
 * <p>Weights, gradients and slots belong to tasks, [tasks, ...], and tasks do not mix: whatever statistics a rule takes are each task's and each tensor's own. Meta-parameters are shared or lead with the task dimension.
 */
public interface LearnedRule {
    /** Meta-parameters before meta-training. */
    Params metaParameters(RandomGenerator rng, DType dtype);

    /** Step sizes in force, by the name of what has them and in any shape; empty for rules that have none. */
    default Params stepSizes(Params theta) {
        return Params.EMPTY;
    }

    /** Slots before the first step, [tasks, ...]. */
    Params slots(Params weights);

    /**
     * One step; weights move by minus the direction.
     *
     * @param theta meta-parameters, shared or [tasks, ...]
     * @param gradients like the weights
     * @param slots before the step
     * @param weights before the step, [tasks, ...], of any shapes; a number has the shape [tasks]
     * @param step number of the step, from 0
     */
    Optimizer.Direction direction(Params theta, Params gradients, Params slots, Params weights, long step);
}
