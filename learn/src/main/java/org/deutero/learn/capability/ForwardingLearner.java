package org.deutero.learn.capability;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deutero.learn.Learner;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * A learner that stands before another one, as whose it answers whatever it does not answer itself. Its capabilities are those of the other, by {@link #as}; those that it implements are its own.
 *
 * @param <T> tasks in a batch
 */
public abstract class ForwardingLearner<T extends TaskBatch<T>> implements Learner<T> {
    private final Learner<T> inner;

    /** Before the other one. */
    protected ForwardingLearner(Learner<T> inner) {
        this.inner = inner;
    }

    /** The other one. */
    protected final Learner<T> inner() {
        return inner;
    }

    /**
     * The other one's meta-parameters, given one's own: the same ones, unless a subclass has others.
     *
     * @param tasks the number of tasks by which theta leads; 0 if it is shared
     */
    protected Params whole(Params theta, int tasks) {
        return theta;
    }

    /** One's own meta-parameters, given the other one's. */
    protected Params own(Params whole) {
        return whole;
    }

    /** The other one's meta-parameters in a step. */
    final Params whole(Params theta, T tasks, StepContext context) {
        return whole(theta, context.task().ownTheta() ? tasks.size() : 0);
    }

    /** What the learner itself is, or what the other one can do, under this one's meta-parameters. */
    @Override
    public <C> Optional<C> as(Class<C> capability) {
        return capability.isInstance(this)
                ? Optional.of(capability.cast(this))
                : ForwardedCapabilities.as(this, capability).map(capability::cast);
    }

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return own(inner.metaParameters(rng));
    }

    @Override
    public Params statistics() {
        return inner.statistics();
    }

    @Override
    public Params statistics(Params theta) {
        return inner.statistics(whole(theta, 0));
    }

    @Override
    public Params begin(Params theta, T tasks, StepContext context) {
        return inner.begin(whole(theta, tasks, context), tasks, context);
    }

    @Override
    public Step step(Params theta, Params phi, T tasks, StepContext context) {
        return inner.step(whole(theta, tasks, context), phi, tasks, context);
    }

    @Override
    public int steps(T tasks) {
        return inner.steps(tasks);
    }

    @Override
    public Tensor metaLoss(Params theta, Params phi, T tasks, StepContext context) {
        return inner.metaLoss(whole(theta, tasks, context), phi, tasks, context);
    }

    @Override
    public Params project(Params theta) {
        return own(inner.project(whole(theta, 0)));
    }
}
