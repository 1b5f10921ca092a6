package org.deutero.serve;

import org.deutero.learn.Lifetime;
import org.deutero.learn.Passage;
import org.deutero.learn.TaskContext;
import org.deutero.learn.Trace;
import org.deutero.learn.capability.Servable;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;

/**
 * Lets a learner learn one task, and keeps what answers need.
 *
 * @param learner what learns
 * @param theta its meta-parameters
 * @param statistics its running statistics
 */
record Solver(Servable<Episodes> learner, Params theta, Params statistics) {
    /** Of whatever a learner draws while it adapts, such as mini-batches: equal examples give equal classifiers. */
    private static final long SEED = 0;

    /**
     * The solution of examples.
     *
     * @param outputs of the learner, if their number is fixed
     */
    Params solve(PreparedSupport support, int outputs) {
        try (Scope outer = Scope.open()) {
            boolean fixed = learner.fixedOutputs();
            return outer.keep(
                    fixed
                            ? solve(support.evened().task(outputs))
                            : solve(support.task(support.classes().size())));
        }
    }

    /** The solution of a single task, with storage of its own, in the innermost open scope. */
    Params solve(Episodes task) {
        TaskContext context = TaskContext.evaluation(SEED, statistics);
        try (Scope outer = Scope.open()) {
            return outer.keep(GradMode.off(() -> {
                Passage end = new Lifetime<>(learner, theta, task, context).run(Trace.NONE);
                return learner.solution(theta, end.state(), task, context.at(end.age(), false))
                        .detach()
                        .copy();
            }));
        }
    }

    /**
     * Logits of inputs x [n, channels, height, width], one at a time: the last bit of an answer may depend on what shares its batch.
     *
     * @param classes how many of the outputs belong to classes
     */
    static double[][] answers(Servable<Episodes> learner, Params solution, Tensor x, int classes) {
        return GradMode.off(() -> {
            double[][] rows = new double[(int) x.size(0)][];
            for (int i = 0; i < rows.length; i++) {
                try (Scope s = Scope.open()) {
                    rows[i] = learner.answer(solution, x.slice(0, i, i + 1))
                            .slice(1, 0, classes)
                            .doubles();
                }
            }
            return rows;
        });
    }
}
