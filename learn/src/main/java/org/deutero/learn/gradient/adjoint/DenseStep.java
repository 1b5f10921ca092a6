package org.deutero.learn.gradient.adjoint;

import java.util.Optional;
import org.deutero.learn.Lifetime;
import org.deutero.learn.capability.DenseLearner;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;

/**
 * Back over a step of a {@link DenseLearner} in closed form, from its pass, which is taken again; over a step of any other learner in another exact way.
 *
 * @param otherwise the other way
 */
record DenseStep(Backward otherwise) implements Backward {
    @Override
    public <T extends TaskBatch<T>> Adjoint through(Lifetime<T> lifetime, Params phi, int t, Adjoint after) {
        Optional<DenseUnroll<T>> dense = DenseUnroll.of(lifetime);
        if (dense.isEmpty()) {
            return otherwise.through(lifetime, phi, t, after);
        }
        try (Scope s = Scope.open()) {
            return dense.get().through(phi, t, after).keep(s);
        }
    }
}
