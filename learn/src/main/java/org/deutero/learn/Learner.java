package org.deutero.learn;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * A learning algorithm whose behaviour is set by meta-parameters: a state machine over named trees of tensors.
 *
 * <p>Notation: theta are the meta-parameters (slow), phi the fast state of a task. A learner is written once, for a batch of
 * tasks: tensors of phi lead with the task dimension, [tasks, ...]. All methods are pure: what a step depends on is in its
 * arguments, so an estimator may re-run any step and cut any chain.
 *
 * <p>theta has the shapes of {@link #metaParameters}, or leads with the task dimension if {@link TaskContext#ownTheta()} holds (evolution
 * strategies give each task a perturbed theta of its own); {@link StepContext#forTasks} makes one out of the other.
 *
 * @param <T> tasks in a batch
 */
public interface Learner<T extends TaskBatch<T>> {
    /** theta_0, drawn from the generator. */
    Params metaParameters(RandomGenerator rng);

    /** Running statistics before training, {@link Params#EMPTY} for learners without; see {@link StepContext#statistics()}. */
    default Params statistics() {
        return Params.EMPTY;
    }

    /** Running statistics before training that starts from theta_0, for learners that remember something of it. */
    default Params statistics(Params theta) {
        return statistics();
    }

    /** phi_0: the fast state before any experience, [tasks, ...]. */
    Params begin(Params theta, T tasks, StepContext context);

    /**
     * One step of learning, phi_{t+1} from phi_t.
     *
     * <p>If {@link StepContext#differentiable()} holds, the result must be differentiable with respect to theta and phi, inner gradients
     * included; otherwise inner gradients are to be taken as constants, which is much cheaper.
     */
    Step step(Params theta, Params phi, T tasks, StepContext context);

    /** The number of steps on these tasks. */
    int steps(T tasks);

    /** The loss that meta-learning lowers, after the last step: one number a task, shape [tasks]. */
    Tensor metaLoss(Params theta, Params phi, T tasks, StepContext context);

    /**
     * The learner as one with a capability, such as a {@link org.deutero.learn.capability.GradientLearner}; empty if it lacks it. A learner that wraps another answers for the other, too; see {@link org.deutero.learn.capability.ForwardingLearner}.
     *
     * <p>{@link Capability#of} gives it with the learner's own type of tasks.
     */
    default <C> Optional<C> as(Class<C> capability) {
        return capability.isInstance(this) ? Optional.of(capability.cast(this)) : Optional.empty();
    }

    /** The nearest meta-parameters that are allowed, such as gates within [0, 1]; every meta-update ends with it. */
    default Params project(Params theta) {
        return theta;
    }
}
