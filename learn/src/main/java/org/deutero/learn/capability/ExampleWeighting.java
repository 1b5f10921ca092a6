package org.deutero.learn.capability;

import org.deutero.learn.StepContext;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * A learner whose inner loss is a sum of losses of single examples, of which theta sets nothing but the weights: L(phi, theta) = sum_i a_i(theta) l_i(phi), with l_i inside a_i taken as a constant.
 *
 * <p>The gradient through such a step needs no second derivative; {@link org.deutero.learn.gradient.ExampleWeights} is made of that. Besides the weights, theta may enter the {@link #update} and the meta-loss, but not where the weights of the model begin.
 *
 * @param <T> tasks in a batch
 */
public interface ExampleWeighting<T extends TaskBatch<T>> extends GradientLearner<T> {
    /**
     * Losses of the examples that the step trains on, [tasks, examples].
     *
     * @param phi as {@link #innerLoss} gets it
     */
    Tensor exampleLosses(Params theta, Params phi, T tasks, StepContext context);

    /**
     * Weights of the examples, [tasks, examples], differentiable with respect to theta.
     *
     * @param losses as {@link #exampleLosses} gives them, taken as constants
     */
    Tensor exampleWeights(Params theta, Tensor losses, T tasks, StepContext context);
}
