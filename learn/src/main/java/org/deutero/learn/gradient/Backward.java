package org.deutero.learn.gradient;

import org.deutero.learn.Lifetime;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Params;

/** How an adjoint sweep gets back over one step: (A_t' lambda, B_t' lambda) at phi_t. */
interface Backward {
    /**
     * The adjoint before step {@code t} from the one after it, in the innermost open scope.
     *
     * @param phi phi_t, without graph
     */
    <T extends TaskBatch<T>> Adjoint through(Lifetime<T> lifetime, Params phi, int t, Adjoint after);
}
