package org.deutero.learn;

import java.util.Optional;
import org.deutero.tasks.TaskBatch;

/**
 * Marks what a learner may be able to do beyond learning: an interface that some learners implement. Whoever needs one asks the learner by {@link Learner#as} rather than by {@code instanceof}, since a
 * learner that wraps another can do what the other can.
 */
public interface Capability {
    /** A learner of the same tasks as one with a capability, if it has it. */
    @SuppressWarnings("unchecked") // a capability of a learner is one for the learner's own tasks
    static <T extends TaskBatch<T>, C extends Learner<T>> Optional<C> of(
            Learner<T> learner, Class<? super C> capability) {
        return (Optional<C>) learner.as(capability);
    }
}
