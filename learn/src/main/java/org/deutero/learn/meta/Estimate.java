package org.deutero.learn.meta;

import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;

/**
 * What an estimator found.
 *
 * @param losses meta-loss of each task, [tasks], without graph
 * @param gradient of the <em>sum</em> of the losses with respect to theta, a tree like theta
 * @param diagnostics what the estimator knows of its own quality, such as the residual of a solver: named numbers of each task, [tasks]
 */
public record Estimate(Tensor losses, Params gradient, Params diagnostics) {
    /** An estimate without diagnostics. */
    public Estimate(Tensor losses, Params gradient) {
        this(losses, gradient, Params.EMPTY);
    }

    /** Moves all tensors out of a scope. */
    public Estimate keep(Scope scope) {
        scope.keep(losses);
        scope.keep(gradient);
        scope.keep(diagnostics);
        return this;
    }
}
