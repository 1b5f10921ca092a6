package org.deutero.learn.capability;

import java.util.Optional;
import org.deutero.learn.StepContext;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Params;

/**
 * A learner whose steps can be undone, so that going back over the inner loop needs no stored states (Maclaurin, Duvenaud, Adams 2015).
 *
 * @param <T> tasks in a batch
 */
public interface ReversibleLearner<T extends TaskBatch<T>> extends GradientLearner<T> {
    /** Why this learner's steps cannot be undone, if its settings make that so. */
    default Optional<String> irreversible() {
        return Optional.empty();
    }

    /**
     * phi_t from phi_{t+1}, without graph.
     *
     * @param context of step t
     */
    Params undo(Params theta, Params after, T tasks, StepContext context);
}
