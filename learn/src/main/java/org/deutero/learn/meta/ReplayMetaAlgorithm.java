package org.deutero.learn.meta;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Predictor;
import org.deutero.learn.Seeds;
import org.deutero.options.OptionsException;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Params;
import org.deutero.tensor.Permutations;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Meta-training from stored points (Flennerhag and others 2020, arXiv 1909.00025, Algorithm 2): in every iteration tasks are learned once, with theta fixed, and points of their lifetimes are stored; then all
 * points, shuffled, are gone through in chunks, each of which moves the meta-parameters of points; at last the others follow the direction of the lifetimes.
 *
 * <p>Each of these is a round of the iteration. Between rounds the state carries the points, each shard's own; a whole iteration leaves nothing behind. The two kinds of meta-parameters have slots of their
 * own, so that neither moves while the other is updated. The loss of an iteration is the meta-loss after learning, before any update; {@code point-loss} tells the mean loss at points.
 *
 * @param learner what is meta-trained
 * @param gradient of the points
 * @param points of each task that are stored
 * @param chunk points in an update
 * @param pace factor on the meta-optimiser's rate for what moves with points
 * @param optimizer how meta-parameters move
 * @param <T> tasks in a batch
 */
public record ReplayMetaAlgorithm<T extends TaskBatch<T>>(
        Predictor<T> learner, PointwiseGradient gradient, int points, int chunk, double pace, MetaOptimizer optimizer)
        implements MetaAlgorithm<T> {
    private static final String POINTS = "points";
    private static final String START = "start";
    private static final String ROUND = "round";
    private static final String ORDER = "order";
    private static final String LOSS = "loss";
    private static final String LIFETIMES = "lifetimes";
    private static final String TRAIL = "trail";
    private static final String STEPS = "steps";
    private static final String STATES = "states";
    private static final String SEED = "seed";

    /** Refuses a learner that the estimator cannot serve, and empty chunks. */
    public ReplayMetaAlgorithm {
        gradient.require(learner);
        if (points < 1 || chunk < 1) {
            throw new IllegalArgumentException(
                    "a replay of " + points + " points of each task in chunks of " + chunk + " is empty");
        }
    }

    private Predicate<String> moved() {
        return name -> gradient.moves(learner, name);
    }

    @Override
    public MetaState init(RandomGenerator rng) {
        try (Scope s = Scope.open()) {
            Params theta = learner.metaParameters(rng);
            if (theta.names().stream().noneMatch(moved())) {
                throw new OptionsException("meta-gradient " + gradient.name()
                        + " has nothing to train by replay: all meta-parameters of this method are where tasks start");
            }
            Params slots = Params.builder()
                    .put(POINTS, optimizer.init(theta.filter(moved())))
                    .put(START, optimizer.init(theta.filter(moved().negate())))
                    .build();
            return new MetaState(0, theta, slots, learner.statistics(theta)).keep(s);
        }
    }

    // ---- shards
    // --------------------------------------------------------------------------------------------------------------

    @Override
    public Contribution contribute(MetaState state, int shard, T tasks, long seed) {
        try (Scope s = Scope.open()) {
            Contribution found = state.carry().isEmpty()
                    ? lifetimes(new ShardWork(s, state, seed), state, tasks, seed)
                    : chunk(new ShardWork(s, state, seed), state, shard, tasks, seed);
            return found.keep(s);
        }
    }

    private Contribution lifetimes(ShardWork work, MetaState state, T tasks, long seed) {
        Trail trail = gradient.trail(work.lifetime(learner, state.theta(), tasks), points);
        Params carry = Params.builder()
                .put(SEED, Tensor.of(new long[] {seed}, 1))
                .put(STEPS, trail.steps())
                .put(STATES, trail.states().map(t -> t.detach().contiguous()))
                .build();
        return work.contribution(tasks.size(), trail.estimate(), carry);
    }

    /** The share of a shard in the chunk that is next: the sum over its points. */
    private Contribution chunk(ShardWork work, MetaState state, int shard, T tasks, long seed) {
        Params carry = state.carry();
        Trail trail = trail(carry, shard);
        int first = 0;
        for (int i = 0; i < shard; i++) {
            first += trail(carry, i).points();
        }
        long[] order = carry.get(ORDER).longs();
        int from = (int) carry.get(ROUND).longs()[0] * chunk;
        Lifetime<T> all = work.lifetime(learner, state.theta(), tasks);
        Params sum = state.theta().filter(moved()).map(Tensors::zerosLike);
        double loss = 0;
        int own = 0;
        for (int i = from; i < Math.min(order.length, from + chunk); i++) {
            int number = (int) order[i] - first;
            if (number >= 0 && number < trail.points()) {
                int task = number / trail.perTask();
                int point = number % trail.perTask();
                Lifetime<T> one = new Lifetime<>(
                        learner,
                        all.theta(),
                        tasks.slice(task, task + 1),
                        work.context().withSeed(Seeds.branch(seed, "replay", task, point)));
                Estimate estimate = gradient.at(one, trail.state(task, point), trail.step(task, point));
                loss += estimate.losses().sum().item();
                sum = sum.add(estimate.gradient());
                own++;
            }
        }
        return new Contribution(own, loss, sum.under("gradient"));
    }

    /** The points of a shard; what its lifetimes said of the start has been added to that of the others. */
    private static Trail trail(Params carry, int shard) {
        Params own = carry.child(TRAIL).child(Integer.toString(shard));
        return new Trail(null, own.get(STEPS), own.child(STATES));
    }

    // ---- updates
    // -------------------------------------------------------------------------------------------------------------

    @Override
    public Outcome update(MetaState state, List<Contribution> shards) {
        try (Scope s = Scope.open()) {
            Outcome outcome = state.carry().isEmpty() ? stored(state, shards) : moved(state, shards);
            return new Outcome(
                    outcome.state().detach().keep(s), outcome.loss(), outcome.gradientNorm(), outcome.diagnostics());
        }
    }

    /** After the lifetimes: points in random order, and the mean of what will move the start. */
    private Outcome stored(MetaState state, List<Contribution> shards) {
        ShardMeans means = ShardMeans.of(shards);
        double loss = means.finiteLoss();
        Params mean = means.values();
        Params.Builder trails = Params.builder();
        int number = 0;
        for (int i = 0; i < shards.size(); i++) {
            Params own = shards.get(i).carry();
            trails.put(Integer.toString(i), own.filter(name -> !name.equals(SEED)));
            number += (int) own.get(STEPS).numel();
        }
        long seed = shards.get(0).carry().get(SEED).longs()[0];
        int[] order = Permutations.draw(Seeds.generator(seed, "order-of-points"), number);
        Params carry = Params.builder()
                .put(ROUND, Tensor.of(new long[] {0}, 1))
                .put(ORDER, Tensor.of(Arrays.stream(order).asLongStream().toArray(), number))
                .put(LOSS, Tensor.of(new double[] {0}, 1))
                .put(LIFETIMES, mean)
                .put(TRAIL, trails.build())
                .build();
        MetaState next = new MetaState(state.iteration(), state.theta(), state.slots(), state.statistics(), carry);
        Map<String, Double> diagnostics = new LinkedHashMap<>();
        mean.child("diagnostics").forEach((name, value) -> diagnostics.put(name, value.item()));
        return new Outcome(next, loss, mean.child("gradient").norm(), diagnostics);
    }

    /** After a chunk: its meta-parameters move, and after the last chunk the others, too. */
    private Outcome moved(MetaState state, List<Contribution> shards) {
        Params carry = state.carry();
        int round = (int) carry.get(ROUND).longs()[0];
        int number = (int) carry.get(ORDER).numel();
        int rounds = (number + chunk - 1) / chunk;
        int done = Math.min(number, (round + 1) * chunk);
        Outcome outcome = new MetaUpdate(optimizer.paced(pace).often(rounds), part(state.theta(), moved()))
                .apply(part(state, POINTS, moved(), state.iteration() * rounds + round), shards);
        double loss = carry.get(LOSS).item() + outcome.loss() * (done - round * chunk);
        MetaState next = with(state, POINTS, outcome.state());
        Map<String, Double> diagnostics = new LinkedHashMap<>();
        diagnostics.put("point-loss", loss / done);
        if (done < number) {
            Params on = carry.with(Params.builder()
                    .put(ROUND, Tensor.of(new long[] {round + 1}, 1))
                    .put(LOSS, Tensor.of(new double[] {loss}, 1))
                    .build());
            return new Outcome(
                    new MetaState(state.iteration(), next.theta(), next.slots(), next.statistics(), on),
                    outcome.loss(),
                    outcome.gradientNorm(),
                    diagnostics);
        }
        MetaState last = started(next, carry.child(LIFETIMES));
        return new Outcome(last, outcome.loss(), outcome.gradientNorm(), diagnostics);
    }

    /** The end of an iteration: the start follows the lifetimes, if they say where to. */
    private MetaState started(MetaState state, Params lifetimes) {
        Params direction = lifetimes.child("gradient");
        MetaState next = state;
        if (direction.isEmpty()) {
            Params statistics = RunningStatistics.after(state.statistics(), lifetimes.child("observed"));
            next = new MetaState(state.iteration(), state.theta(), state.slots(), statistics);
        } else {
            Predicate<String> start = moved().negate();
            Outcome outcome = new MetaUpdate(optimizer, part(state.theta(), start))
                    .apply(part(state, START, start, state.iteration()), List.of(new Contribution(1, 0, lifetimes)));
            next = with(state, START, outcome.state());
        }
        return new MetaState(state.iteration() + 1, next.theta(), next.slots(), next.statistics());
    }

    private UnaryOperator<Params> part(Params theta, Predicate<String> moves) {
        return own -> learner.project(theta.with(own)).filter(moves);
    }

    /** The state of one kind of meta-parameters. */
    private static MetaState part(MetaState state, String kind, Predicate<String> moves, long update) {
        return new MetaState(update, state.theta().filter(moves), state.slots().child(kind), state.statistics());
    }

    private static MetaState with(MetaState state, String kind, MetaState part) {
        return new MetaState(
                state.iteration(),
                state.theta().with(part.theta()),
                state.slots().with(part.slots().under(kind)),
                part.statistics(),
                state.carry());
    }

    @Override
    public String estimator() {
        return gradient.name();
    }
}
