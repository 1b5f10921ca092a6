package org.deutero.learn.evolution;

import java.util.function.UnaryOperator;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Passage;
import org.deutero.learn.Trace;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;

/**
 * A stretch of a lifetime without a graph.
 *
 * @param state after its last step
 * @param losses met on the way, with the meta-loss if the lifetime ended, [tasks]; null if none was met
 */
record Rollout(Params state, Tensor losses) {
    /**
     * Runs steps {@code from} to {@code to}, leaving the result in the innermost open scope.
     *
     * @param before the state before step {@code from}; of no account at 0, where the lifetime begins
     * @param bound applied to every single loss
     */
    static <T extends TaskBatch<T>> Rollout of(
            Lifetime<T> lifetime, Params before, int from, int to, UnaryOperator<Tensor> bound) {
        return GradMode.off(() -> {
            try (Scope s = Scope.open()) {
                Tensor[] sum = new Tensor[1];
                Passage start = from == 0 ? lifetime.start(Trace.NONE) : new Passage(from, before);
                Params end = lifetime.run(start, to, Trace.NONE, (at, step, scope) -> {
                            if (step.loss() != null) {
                                sum[0] = scope.keep(add(sum[0], bound.apply(step.loss())));
                            }
                        })
                        .state();
                if (to == lifetime.steps()) {
                    sum[0] = add(sum[0], bound.apply(lifetime.metaLoss(end, to, false)));
                }
                return new Rollout(end.detach(), sum[0]).keep(s);
            }
        });
    }

    private static Tensor add(Tensor sum, Tensor loss) {
        return sum == null ? loss.detach() : sum.add(loss);
    }

    private Rollout keep(Scope scope) {
        scope.keep(state);
        if (losses != null) {
            scope.keep(losses);
        }
        return this;
    }
}
