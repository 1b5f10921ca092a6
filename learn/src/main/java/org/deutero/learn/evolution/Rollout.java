package org.deutero.learn.evolution;

import java.util.function.UnaryOperator;
import org.deutero.learn.Learner;
import org.deutero.learn.Step;
import org.deutero.learn.TaskContext;
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
            Learner<T> learner,
            Params theta,
            T tasks,
            TaskContext context,
            Params before,
            int from,
            int to,
            UnaryOperator<Tensor> bound) {
        return GradMode.off(() -> {
            try (Scope s = Scope.open()) {
                Params state = from == 0
                        ? learner.begin(theta, tasks, context.at(0, false)).detach()
                        : before.detach();
                Rollout rollout = new Rollout(state, null);
                for (int t = from; t < to; t++) {
                    Rollout last = rollout;
                    try (Scope inner = Scope.open()) {
                        Step step = learner.step(theta, last.state, tasks, context.at(t, false));
                        rollout = last.then(step, bound).keep(inner);
                    }
                    last.close();
                }
                if (to == learner.steps(tasks)) {
                    Tensor end = learner.metaLoss(theta, rollout.state, tasks, context.at(to, false));
                    rollout = rollout.then(new Step(rollout.state, end), bound);
                }
                return rollout.keep(s);
            }
        });
    }

    /** With one more loss, which may be null. Tensors are this rollout's successor's own. */
    private Rollout then(Step step, UnaryOperator<Tensor> bound) {
        Tensor sum = losses == null ? null : losses.detach();
        if (step.loss() != null) {
            Tensor loss = bound.apply(step.loss()).detach();
            sum = sum == null ? loss : sum.add(loss);
        }
        return new Rollout(step.state().detach(), sum);
    }

    private Rollout keep(Scope scope) {
        scope.keep(state);
        if (losses != null) {
            scope.keep(losses);
        }
        return this;
    }

    private void close() {
        state.close();
        if (losses != null) {
            losses.close();
        }
    }
}
