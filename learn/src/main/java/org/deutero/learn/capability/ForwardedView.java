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
 * A learner before one with a capability: it learns as the one in front does, and asks the one behind, under its own meta-parameters, for what only the capability has.
 *
 * @param <T> tasks in a batch
 * @param <C> the capability
 */
abstract class ForwardedView<T extends TaskBatch<T>, C> implements Learner<T> {
    final ForwardingLearner<T> front;
    final C able;

    ForwardedView(ForwardingLearner<T> front, C able) {
        this.front = front;
        this.able = able;
    }

    final Params whole(Params theta, T tasks, StepContext context) {
        return front.whole(theta, tasks, context);
    }

    @Override
    public final <D> Optional<D> as(Class<D> capability) {
        return capability.isInstance(this) ? Optional.of(capability.cast(this)) : front.as(capability);
    }

    @Override
    public final Params metaParameters(RandomGenerator rng) {
        return front.metaParameters(rng);
    }

    @Override
    public final Params statistics() {
        return front.statistics();
    }

    @Override
    public final Params statistics(Params theta) {
        return front.statistics(theta);
    }

    @Override
    public final Params begin(Params theta, T tasks, StepContext context) {
        return front.begin(theta, tasks, context);
    }

    @Override
    public final Step step(Params theta, Params phi, T tasks, StepContext context) {
        return front.step(theta, phi, tasks, context);
    }

    @Override
    public final int steps(T tasks) {
        return front.steps(tasks);
    }

    @Override
    public final Tensor metaLoss(Params theta, Params phi, T tasks, StepContext context) {
        return front.metaLoss(theta, phi, tasks, context);
    }

    @Override
    public final Params project(Params theta) {
        return front.project(theta);
    }
}
