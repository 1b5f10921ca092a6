package org.deutero.learn.gradient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.deutero.learn.Capability;
import org.deutero.learn.Learner;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Passage;
import org.deutero.learn.Seeds;
import org.deutero.learn.TaskContext;
import org.deutero.learn.Trace;
import org.deutero.learn.capability.GradientLearner;
import org.deutero.learn.capability.LearnedStart;
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.learn.meta.PointwiseGradient;
import org.deutero.learn.meta.Trail;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Params;
import org.deutero.tensor.Permutations;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * WarpGrad's objective (Flennerhag, Rusu, Pascanu, Visin, Yin, Hadsell 2020, arXiv 1909.00025, equation 11): how good a single step is from wherever tasks pass by,
 *
 * <p>J(omega) = sum over phi of L'(phi - alpha grad L(phi; omega); omega), with phi a constant. What is trained are the meta-parameters that are not a part of the start: warps, step sizes. Nothing is unrolled,
 * so memory does not depend on the number of steps. The mean over points is taken; the paper has the sum, which differs by a factor on the rate.
 *
 * <p>The loss after the step is that of other examples than the step itself saw. Over a whole lifetime the estimate is taken before each step, on the step's own mini-batch: Algorithm 1, online. The start
 * follows an estimator of its own, added to the objective (equation 13), or stays where it is.
 *
 * @param secondOrder whether the step is differentiated, too; or else its result is a constant (equation 12), which gives step sizes no gradient
 * @param judge what the step is judged by
 * @param start how the start moves
 */
public record LookAhead(boolean secondOrder, Judge judge, Optional<MetaGradient> start) implements PointwiseGradient {
    /** What a step is judged by. */
    public enum Judge {
        /** The inner loss of another mini-batch of the task, as in the released code. */
        SUPPORT,
        /** The meta-loss: that of the queries. */
        QUERY
    }

    @Override
    public String name() {
        return "warpgrad";
    }

    @Override
    public String describe() {
        return "one step ahead from states that tasks pass through, "
                + (secondOrder ? "differentiated through that step only" : "its result taken as a constant")
                + "; the start follows "
                + start.map(MetaGradient::name).orElse("nothing");
    }

    @Override
    public String cost() {
        return "memory P + a2, time T 4 c"
                + start.map(s -> ", and for the start: " + s.cost()).orElse("");
    }

    @Override
    public Optional<String> misfit(Learner<?> learner) {
        if (learner.as(GradientLearner.class).isEmpty()) {
            return Optional.of("its steps follow no inner loss");
        }
        if (learner.as(LearnedStart.class).isEmpty()) {
            return Optional.of("it does not say which of its meta-parameters tasks start from, such as warpgrad does");
        }
        return start.flatMap(s -> s.misfit(learner));
    }

    @Override
    public boolean moves(Learner<?> learner, String metaParameter) {
        return !learner.as(LearnedStart.class).orElseThrow().starts(metaParameter);
    }

    @Override
    public <T extends TaskBatch<T>> Estimate at(Lifetime<T> lifetime, Params before, int step) {
        try (Scope s = Scope.open()) {
            return GradMode.on(() -> {
                GradientLearner<T> learner = descending(lifetime);
                Params slow = lifetime.theta().filter(moved(lifetime)).leaf();
                Params theta = lifetime.theta().detach().with(slow);
                T tasks = lifetime.tasks();
                TaskContext shown = lifetime.context().replay();
                TaskContext judged = shown.withSeed(Seeds.branch(shown.seed(), "judge"));
                Params ahead = learner.step(theta, before.constant(), tasks, shown.at(step, secondOrder))
                        .state();
                Params after = secondOrder ? ahead : ahead.constant();
                Tensor losses = judge == Judge.SUPPORT
                        ? learner.innerLoss(theta, after, tasks, judged.at(step, secondOrder))
                        : learner.metaLoss(theta, after, tasks, judged.at(step + 1, secondOrder));
                Params gradient = losses.requiresGrad()
                        ? Autograd.gradient(losses.sum(), slow, false)
                        : slow.map(Tensors::zerosLike);
                return new Estimate(losses.detach(), gradient).keep(s);
            });
        }
    }

    private static <T extends TaskBatch<T>> GradientLearner<T> descending(Lifetime<T> lifetime) {
        Optional<GradientLearner<T>> learner = Capability.of(lifetime.learner(), GradientLearner.class);
        return learner.orElseThrow();
    }

    private <T extends TaskBatch<T>> Predicate<String> moved(Lifetime<T> lifetime) {
        return name -> moves(lifetime.learner(), name);
    }

    /** Online: losses are means over points. */
    @Override
    public <T extends TaskBatch<T>> Estimate estimate(Lifetime<T> lifetime) {
        require(lifetime.learner());
        try (Scope s = Scope.open()) {
            Lifetime<T> fixed = lifetime.detach();
            Sum sum = new Sum();
            Along along = along(fixed);
            Passage end = fixed.run(Trace.NONE, (before, step, scope) -> {
                along.onlooker().ifPresent(o -> o.stepped(before, step, scope));
                sum.add(at(fixed, before.state(), before.age()), scope);
            });
            double share = 1.0 / Math.max(1, fixed.steps());
            Params start = along.direction(fixed, end);
            Params.Builder gradient = Params.builder();
            fixed.theta().forEach((name, t) -> {
                if (start.has(name)) {
                    gradient.put(name, start.get(name));
                } else if (sum.total.has("gradient." + name)) {
                    gradient.put(name, sum.total.get("gradient." + name).mul(share));
                } else {
                    gradient.put(name, Tensors.zerosLike(t));
                }
            });
            Tensor losses = sum.total.isEmpty()
                    ? fixed.losses(end, Trace.NONE)
                    : sum.total.get("losses").mul(share);
            return new Estimate(losses, gradient.build()).keep(s);
        }
    }

    /** Running sums, which live in the scope that the steps' scopes are opened in. */
    private static final class Sum {
        private Params total = Params.EMPTY;

        void add(Estimate estimate, Scope scope) {
            Params next = Params.of("losses", estimate.losses())
                    .with(estimate.gradient().under("gradient"));
            Params before = total;
            total = scope.keep(before.isEmpty() ? next : before.add(next));
            before.close();
        }
    }

    /** How the direction of the start is found: by looking on, or by an estimate of its own. */
    private record Along(
            Optional<MetaGradient> rule, Optional<TrajectoryDirection.Onlooker> onlooker, Predicate<String> starts) {
        <T extends TaskBatch<T>> Params direction(Lifetime<T> lifetime, Passage end) {
            Params found = onlooker.map(o -> o.direction(end))
                    .or(() -> rule.map(r -> r.estimate(lifetime.replay()).gradient()))
                    .orElse(Params.EMPTY);
            return found.filter(starts);
        }
    }

    private <T extends TaskBatch<T>> Along along(Lifetime<T> lifetime) {
        Optional<TrajectoryDirection.Onlooker> onlooker = start.filter(TrajectoryDirection.class::isInstance)
                .map(TrajectoryDirection.class::cast)
                .map(direction -> direction.onlooker(lifetime));
        return new Along(start, onlooker, moved(lifetime).negate());
    }

    @Override
    public <T extends TaskBatch<T>> Trail trail(Lifetime<T> lifetime, int points) {
        require(lifetime.learner());
        try (Scope s = Scope.open()) {
            Lifetime<T> fixed = lifetime.detach();
            int tasks = fixed.tasks().size();
            int steps = fixed.steps();
            int kept = Math.min(points, steps);
            int[][] chosen = chosen(fixed.context().seed(), tasks, steps, kept);
            List<List<Params>> states = new ArrayList<>();
            for (int task = 0; task < tasks; task++) {
                states.add(new ArrayList<>());
            }
            Along along = along(fixed);
            Passage end = fixed.run(Trace.NONE, (before, step, scope) -> {
                along.onlooker().ifPresent(o -> o.stepped(before, step, scope));
                for (int task = 0; task < tasks; task++) {
                    if (Arrays.binarySearch(chosen[task], before.age()) >= 0) {
                        // A copy: a view of one task would keep the states of all in memory.
                        states.get(task)
                                .add(scope.keep(before.state().task(task).copy()));
                    }
                }
            });
            Params.Builder stored = Params.builder();
            end.state()
                    .names()
                    .forEach(name -> stored.put(
                            name,
                            Tensors.stack(
                                    states.stream()
                                            .map(own -> Tensors.stack(
                                                    own.stream()
                                                            .map(p -> p.get(name))
                                                            .toList(),
                                                    0))
                                            .toList(),
                                    0)));
            long[] flat = Arrays.stream(chosen)
                    .flatMapToInt(Arrays::stream)
                    .mapToLong(i -> i)
                    .toArray();
            Estimate estimate = new Estimate(fixed.losses(end, Trace.NONE), along.direction(fixed, end));
            return new Trail(estimate, Tensor.of(flat, tasks, kept), stored.build()).keep(s);
        }
    }

    /** For each task, which steps are kept, in ascending order. */
    private static int[][] chosen(long seed, int tasks, int steps, int kept) {
        int[][] chosen = new int[tasks][];
        for (int task = 0; task < tasks; task++) {
            int[] order = Permutations.draw(Seeds.generator(seed, "points", task), steps);
            chosen[task] = Arrays.copyOf(order, kept);
            Arrays.sort(chosen[task]);
        }
        return chosen;
    }
}
