package org.deutero.learn.evolution;

import java.util.function.UnaryOperator;
import org.deutero.learn.Lifetime;
import org.deutero.learn.TaskContext;
import org.deutero.learn.meta.Carry;
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.Window;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Mirrored perturbations in one window: the gradient of the sum over tasks is estimated by (L+ - L-) / (2 std^2) times a weight, averaged
 * over pairs.
 *
 * <p>Both signs see the same tasks and the same random numbers. What steps observe is counted once, from the first pair's plus.
 *
 * @param perturbation how theta is perturbed
 * @param memory what a pair takes into its next window
 * @param noise where perturbations come from
 * @param comparison what of the difference of a pair's losses counts, [tasks]
 */
record Antithetic(Perturbation perturbation, Memory memory, Noise noise, UnaryOperator<Tensor> comparison) {
    private static final String PLUS = "plus";
    private static final String MINUS = "minus";
    private static final String SUM = "sum";

    /** Pairs whose losses count by their difference. */
    Antithetic(Perturbation perturbation, Memory memory, Noise noise) {
        this(perturbation, memory, noise, difference -> difference);
    }

    /** What a pair takes from one window to the next. */
    enum Memory {
        /** Two states, and the sum of the lifetime's perturbations, by which the next losses are weighed. */
        PERSISTENT,
        /** The plus state, from which both signs go on; losses are weighed by their own window's perturbation. */
        TRUNCATED
    }

    /** What one pair found: the sum of both signs' losses [tasks] or null, its share of the gradient, and its carry. */
    private record Pair(Tensor losses, Params gradient, Params carry) {
        Pair keep(Scope scope) {
            if (losses != null) {
                scope.keep(losses);
            }
            scope.keep(gradient);
            scope.keep(carry);
            return this;
        }
    }

    /** One window of at most so many steps; see {@link org.deutero.learn.meta.WindowedGradient#advance}. */
    <T extends TaskBatch<T>> Window advance(Lifetime<T> lifetime, Carry carry, int steps) {
        int all = lifetime.steps();
        int to = (int) Math.min(all, (long) carry.age() + steps);
        try (Scope s = Scope.open()) {
            Params shared = lifetime.theta().detach();
            TaskContext context = lifetime.context();
            Tensor losses = null;
            Params gradient = shared.zerosLike();
            Params.Builder next = Params.builder();
            for (int i = 0; i < perturbation.pairs(); i++) {
                String name = Integer.toString(i);
                TaskContext own = (i == 0 ? context : context.replay()).withOwnTheta();
                Pair pair = pair(lifetime.under(shared).in(own), carry.trees().child(name), carry.age(), to, i);
                if (pair.losses() != null) {
                    losses = losses == null ? pair.losses() : losses.add(pair.losses());
                    gradient = gradient.add(pair.gradient());
                }
                next.put(name, pair.carry());
            }
            if (memory == Memory.TRUNCATED) {
                Window.requireLosses(TruncatedEvolution.NAME, losses, steps, all);
            }
            Tensor mean =
                    losses == null ? zeros(shared, lifetime.tasks().size()) : losses.mul(0.5 / perturbation.pairs());
            Carry after = to == all ? Carry.START : Carry.of(to, next.build());
            return new Window(new Estimate(mean, gradient), after).keep(s);
        }
    }

    private <T extends TaskBatch<T>> Pair pair(Lifetime<T> lifetime, Params carry, int from, int to, int i) {
        Params theta = lifetime.theta();
        int tasks = lifetime.tasks().size();
        try (Scope s = Scope.open()) {
            boolean persistent = memory == Memory.PERSISTENT;
            Params eps = noise.draw(theta, tasks, lifetime.context(), from, i);
            Params own = theta.expand(tasks);
            Rollout plus = Rollout.of(lifetime.under(own.add(eps)), carry.child(PLUS), from, to, perturbation::bounded);
            Rollout minus = Rollout.of(
                    lifetime.replay().under(own.sub(eps)),
                    carry.child(persistent ? MINUS : PLUS),
                    from,
                    to,
                    perturbation::bounded);
            // The losses up to and including the last of a lifetime belong to all perturbations that led there.
            Params weight = persistent && from > 0 ? carry.child(SUM).add(eps) : eps;
            Params.Builder next = Params.builder().put(PLUS, plus.state());
            if (persistent) {
                next.put(MINUS, minus.state()).put(SUM, weight);
            }
            if (plus.losses() == null) {
                return new Pair(null, Params.EMPTY, next.build()).keep(s);
            }
            Tensor slope = comparison
                    .apply(plus.losses().sub(minus.losses()))
                    .div(2 * perturbation.std() * perturbation.std() * perturbation.pairs());
            Params gradient = weight.mulPerTask(slope).map(t -> t.sum(0));
            return new Pair(plus.losses().add(minus.losses()), gradient, next.build()).keep(s);
        }
    }

    private static Tensor zeros(Params theta, int tasks) {
        if (theta.isEmpty()) {
            return Tensors.zeros(DType.FLOAT32, tasks);
        }
        Tensor like = theta.values().get(0);
        return Tensors.zeros(like.dtype(), tasks).to(like.device());
    }
}
