package org.deutero.learn;

import java.util.Optional;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;

/**
 * The life of a learner on a batch of tasks, from {@link Learner#begin} to the last step: who learns, by which meta-parameters, what, and under which circumstances. The one place where steps follow
 * each other; estimators, evaluation and use differ in what they keep ({@link Trace}) and in what they look at on the way ({@link Visitor}).
 *
 * <p>Immutable; nothing runs before it is asked for, and any stretch may be run again. What methods return lies in the innermost open scope.
 *
 * @param learner who learns
 * @param theta its meta-parameters
 * @param tasks what it learns
 * @param context under which circumstances
 * @param <T> tasks in a batch
 */
public record Lifetime<T extends TaskBatch<T>>(Learner<T> learner, Params theta, T tasks, TaskContext context) {
    /** Looks on as steps follow each other. */
    @FunctionalInterface
    public interface Visitor {
        /** Sees nothing. */
        Visitor NONE = (before, step, scope) -> {};

        /**
         * A step was taken.
         *
         * @param before where the lifetime stood before
         * @param step what the step left behind, its graph included
         * @param scope of the step: tensors that are not kept from it are gone when this returns
         */
        void stepped(Passage before, Step step, Scope scope);
    }

    /** The same life under other meta-parameters. */
    public Lifetime<T> under(Params other) {
        return new Lifetime<>(learner, other, tasks, context);
    }

    /** The same life under other circumstances. */
    public Lifetime<T> in(TaskContext other) {
        return new Lifetime<>(learner, theta, tasks, other);
    }

    /** The same life under the same meta-parameters, cut off from any graph. */
    public Lifetime<T> detach() {
        return under(theta.detach());
    }

    /** The same life once more: what it observes has been counted already. */
    public Lifetime<T> replay() {
        return in(context.replay());
    }

    /** The number of steps: as many as in meta-training, or as many as the learner takes when it is used. */
    public int steps() {
        return context.training()
                ? learner.steps(tasks)
                : predictor().map(p -> p.evaluationSteps(tasks)).orElseGet(() -> learner.steps(tasks));
    }

    /**
     * phi_0.
     *
     * @param differentiable whether it must be, as {@link StepContext#differentiable()} says
     */
    public Params begin(boolean differentiable) {
        return learner.begin(theta, tasks, context.at(0, differentiable));
    }

    /** Step {@code t} from any state. */
    public Step step(Params phi, int t, boolean differentiable) {
        return learner.step(theta, phi, tasks, context.at(t, differentiable));
    }

    /** The meta-loss of any state after so many steps, [tasks]. */
    public Tensor metaLoss(Params phi, int steps, boolean differentiable) {
        return learner.metaLoss(theta, phi, tasks, context.at(steps, differentiable));
    }

    /** Outputs of a state after so many steps for the queries of the tasks. @throws IllegalStateException if the learner cannot label new inputs */
    public Tensor predict(Params phi, int steps) {
        return predictor()
                .orElseThrow(() -> new IllegalStateException("this learner cannot label new inputs"))
                .predict(theta, phi, tasks, context.at(steps, false));
    }

    private Optional<Predictor<T>> predictor() {
        return Capability.of(learner, Predictor.class);
    }

    /** Before the first step. */
    public Passage start(Trace trace) {
        return trace.in(() -> {
            if (trace.graph()) {
                return new Passage(0, begin(trace.differentiable()));
            }
            try (Scope s = Scope.open()) {
                return new Passage(0, trace.cut(begin(false))).keep(s);
            }
        });
    }

    /** From the first step to the last. */
    public Passage run(Trace trace) {
        return run(trace, Visitor.NONE);
    }

    /** From the first step to the last, looked at on the way. */
    public Passage run(Trace trace, Visitor visitor) {
        return run(start(trace), steps(), trace, visitor, true);
    }

    /**
     * From somewhere in the middle on.
     *
     * @param from where it stands; stays the caller's
     * @param to the number of steps that will have been taken
     */
    public Passage run(Passage from, int to, Trace trace, Visitor visitor) {
        return run(from, to, trace, visitor, false);
    }

    /** @param own whether the start is of no use to anybody afterwards */
    @SuppressWarnings("ReferenceEquality") // the very one that belongs to the caller
    private Passage run(Passage from, int to, Trace trace, Visitor visitor, boolean own) {
        return trace.in(() -> {
            Passage now = from;
            while (now.age() < to) {
                Passage before = now;
                // What the graph does not need may go with the step's scope.
                try (Scope s = Scope.open()) {
                    Step step = step(before.state(), before.age(), trace.differentiable());
                    visitor.stepped(before, step, s);
                    now = before.after(new Step(trace.cut(step.state()), trace.cut(step.met())))
                            .keepNew(s, before);
                }
                if (!trace.graph() && (own || before != from)) {
                    before.closeOld(now);
                }
            }
            return now;
        });
    }

    /** The losses met on the way and the meta-loss where it ended, [tasks]: what meta-learning lowers. */
    public Tensor losses(Passage end, Trace trace) {
        return trace.in(() -> {
            try (Scope s = Scope.open()) {
                Tensor last = metaLoss(end.state(), end.age(), trace.differentiable());
                return s.keep(trace.cut(end.loss() == null ? last : end.loss().add(last)));
            }
        });
    }
}
