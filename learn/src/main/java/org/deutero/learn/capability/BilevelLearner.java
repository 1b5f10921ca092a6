package org.deutero.learn.capability;

import java.util.Map;
import org.deutero.learn.Predictor;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * A training run whose hyper-parameters are learned while it runs: online bilevel optimisation, as in Meta-Weight-Net (Shu et al. 2019) and EvoGrad (Bohdal, Yang, Hospedales 2021).
 *
 * <p>theta holds both: the weights being trained under {@link #MODEL}, and the hyper-parameters under other names. A task is what one iteration sees, such as a mini-batch to train on and one to be judged on. In every iteration the hyper-parameters follow the hyper-gradient of the
 * meta-loss after <em>one</em> step of plain descent from the weights at hand, and the weights take one step of their {@link #modelTraining}; {@link org.deutero.learn.meta.BilevelMetaAlgorithm} does so.
 *
 * <p>As a learner, it is that one step: phi_0 are the weights, the {@link #innerLoss inner loss} is the training loss L(phi, theta), the update is plain descent at the rate of the iteration, and the meta-loss is F(phi_1, theta). So every estimator of meta-gradients estimates hyper-gradients.
 * In use the weights are what they are, and no step is taken.
 *
 * @param <T> tasks in a batch
 */
public interface BilevelLearner<T extends TaskBatch<T>> extends GradientLearner<T>, Predictor<T>, InnerRate {
    /** Where the weights of the model are in theta. */
    String MODEL = "model";

    /** How the model is trained. */
    ModelTraining modelTraining();

    /** Hyper-parameters that are not moved by the recipe's meta-optimiser but by a rule of their own: by the first part of their names. */
    default Map<String, ModelTraining> ownTraining() {
        return Map.of();
    }

    /**
     * What the model's own step descends, [tasks]: the inner loss, and what else may help the model that the hyper-gradient is not to see, such as an auxiliary task.
     *
     * @param phi the weights, each task's own
     */
    default Tensor trainingLoss(Params theta, Params phi, T tasks, StepContext context) {
        return innerLoss(theta, phi, tasks, context);
    }

    /** Whether an iteration first trains the model and then moves the hyper-parameters, rather than the other way round. */
    default boolean modelFirst() {
        return false;
    }

    /** Whether a meta-parameter belongs to the model. */
    static boolean isModel(String name) {
        return name.startsWith(MODEL + ".");
    }

    @Override
    default Params begin(Params theta, T tasks, StepContext context) {
        return context.forTasks(theta.child(MODEL), tasks.size());
    }

    @Override
    default int steps(T tasks) {
        return 1;
    }

    @Override
    default int evaluationSteps(T tasks) {
        return 0;
    }

    @Override
    default double innerRate(long iteration) {
        return modelTraining().rateAt(iteration);
    }

    @Override
    default Step update(Params theta, Params phi, Params gradient, T tasks, StepContext context) {
        return Step.of(phi.addScaled(gradient, -innerRate(context.iteration())));
    }
}
