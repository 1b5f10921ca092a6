package org.deutero.testkit;

import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Tensor;

/**
 * Bilevel problems with closed forms: inner loss 1/2 phi'A phi - phi'(b + U lin) + 1/2 exp(log_decay) |phi|^2, meta-loss
 * 1/2 (phi_T - c)'C(phi_T - c) + 1/2 rho |lin|^2.
 *
 * @param a [tasks, P, P], symmetric positive definite
 * @param b [tasks, P]
 * @param u [tasks, P, M]
 * @param outerA called C above, [tasks, P, P], symmetric positive definite
 * @param outerB called c above, [tasks, P]
 */
public record QuadraticTasks(Tensor a, Tensor b, Tensor u, Tensor outerA, Tensor outerB)
        implements TaskBatch<QuadraticTasks> {
    @Override
    public int size() {
        return (int) a.size(0);
    }

    @Override
    public QuadraticTasks slice(int from, int to) {
        return new QuadraticTasks(
                a.slice(0, from, to),
                b.slice(0, from, to),
                u.slice(0, from, to),
                outerA.slice(0, from, to),
                outerB.slice(0, from, to));
    }

    @Override
    public QuadraticTasks repeat(int times) {
        return new QuadraticTasks(a.tile(times), b.tile(times), u.tile(times), outerA.tile(times), outerB.tile(times));
    }
}
