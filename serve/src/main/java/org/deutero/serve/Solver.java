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
     * Examples as one task.
     *
     * @param outputs of the learner, if their number is fixed
     */
    Episodes task(PreparedSupport support, int outputs) {
        return learner.fixedOutputs()
                ? support.evened().task(outputs)
                : support.task(support.classes().size());
    }

    /** The solution of {@link #task examples}. */
    Params solve(PreparedSupport support, int outputs) {
        try (Scope outer = Scope.open()) {
            return outer.keep(solve(task(support, outputs)));
        }
    }

    /** The number of steps that it takes in use. */
    int steps(Episodes task) {
        return new Lifetime<>(learner, theta, task, TaskContext.evaluation(SEED, statistics)).steps();
    }

    /** The solution of a single task, with storage of its own, in the innermost open scope. */
    Params solve(Episodes task) {
        return solve(task, steps(task));
    }

    /** The same after so many steps. */
    Params solve(Episodes task, int steps) {
        TaskContext context = TaskContext.evaluation(SEED, statistics);
        try (Scope outer = Scope.open()) {
            return outer.keep(GradMode.off(() -> {
                Lifetime<Episodes> life = new Lifetime<>(learner, theta, task, context);
                Passage end = life.run(life.start(Trace.NONE), steps, Trace.NONE, Lifetime.Visitor.NONE);
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
