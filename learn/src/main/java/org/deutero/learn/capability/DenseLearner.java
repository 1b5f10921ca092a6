package org.deutero.learn.capability;

import java.util.Optional;
import java.util.OptionalDouble;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Params;
import org.deutero.tensor.nn.dense.DenseLoss;

/**
 * A learner whose inner loss may be one of a dense network, so that its steps and the way back over them are taken in closed form, without a graph: the same mathematics with a fraction of the operations. Estimators use it of themselves where {@link #dense} holds.
 *
 * <p>In a dense loss a weight goes by its name in the fast state, or else by its name in theta.
 *
 * @param <T> tasks in a batch
 */
public interface DenseLearner<T extends TaskBatch<T>> extends GradientLearner<T> {
    /** Whether the inner loss on such tasks is one of a dense network at every step. Depends on shapes and settings alone, and on being outside of forward mode. */
    boolean dense(T tasks);

    /** {@link #innerLoss}, to be differentiated in closed form; asked for only if {@link #dense} holds. */
    DenseLoss denseInnerLoss(Params theta, Params phi, T tasks, StepContext context);

    /** {@link #metaLoss}, to be differentiated in closed form; empty if it is none of a dense network. */
    default Optional<DenseLoss> denseMetaLoss(Params theta, Params phi, T tasks, StepContext context) {
        return Optional.empty();
    }

    /** The rate, if {@link #update} at this step does nothing but move the weights by minus this constant times the gradient. */
    default OptionalDouble plainRate(StepContext context) {
        return OptionalDouble.empty();
    }

    /** Whether the fast state starts as theta's weights of the same names, the same for all tasks, and the rest of it is constant. */
    default boolean startsAsTheta() {
        return false;
    }

    @Override
    default Step step(Params theta, Params phi, T tasks, StepContext context) {
        if (context.differentiable() || localRule().isPresent() || !dense(tasks)) {
            return GradientLearner.super.step(theta, phi, tasks, context);
        }
        Params weights = weights(phi);
        Params gradient = denseInnerLoss(theta, phi, tasks, context).pass().gradient(weights::has);
        return update(theta, phi, gradient, tasks, context);
    }
}
