package org.deutero.learn.evolution;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import org.deutero.learn.Contribution;
import org.deutero.learn.Lifetime;
import org.deutero.learn.MetaAlgorithm;
import org.deutero.learn.MetaState;
import org.deutero.learn.NonFiniteException;
import org.deutero.learn.Predictor;
import org.deutero.learn.RunningStatistics;
import org.deutero.learn.ShardWork;
import org.deutero.options.OptionsException;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Meta-training by a population of thetas, all of which learn the same tasks under the same random numbers.
 *
 * <p>A shard is cut into portions of the population, each evaluated as one batch of candidates times tasks; portions of one shard may go to several
 * workers, so that a single task keeps all of them busy. Theta itself learns the tasks as well, with the first portion: the loss that is reported
 * and running statistics are its own.
 *
 * @param name of the estimator
 * @param learner what is meta-trained
 * @param search how candidates are drawn and theta moves
 * @param fitness what candidates are judged by
 * @param chunk candidates in a portion, half of the first population if absent; part of the experiment, since the last bits depend on the size of a batch
 * @param <T> tasks in a batch
 */
record PopulationAlgorithm<T extends TaskBatch<T>>(
        String name, Predictor<T> learner, Search search, Fitness fitness, OptionalInt chunk)
        implements MetaAlgorithm<T> {
    private static final String FITNESS = "fitness";
    private static final String CHUNK = "chunk";
    private static final String SEARCH = "search";

    @Override
    public MetaState init(RandomGenerator rng) {
        try (Scope s = Scope.open()) {
            Params theta = learner.metaParameters(rng);
            if (theta.isEmpty()) {
                throw new OptionsException("meta-gradient " + name
                        + " does not fit this method: it has no meta-parameters that could be searched for");
            }
            Search.Move start = search.init(theta, rng.nextLong());
            int half = (search.population(inner(state(0, start, Params.EMPTY))) + 1) / 2;
            Params portion = Params.of(CHUNK, Tensor.of(new long[] {chunk.orElse(half)}, 1));
            return state(0, start, learner.statistics(theta)).withSlots(portion).keep(s);
        }
    }

    private static MetaState state(long iteration, Search.Move move, Params statistics) {
        return new MetaState(iteration, move.theta(), move.slots().under(SEARCH), statistics);
    }

    /** What the search knows of a state. */
    private static MetaState inner(MetaState state) {
        return new MetaState(state.iteration(), state.theta(), state.slots().child(SEARCH), state.statistics());
    }

    private static int chunk(MetaState state) {
        return (int) state.slots().get(CHUNK).longs()[0];
    }

    @Override
    public int portions(MetaState state) {
        return (search.population(inner(state)) + chunk(state) - 1) / chunk(state);
    }

    @Override
    public Contribution contribute(MetaState state, int shard, T tasks, long seed) {
        try (Scope s = Scope.open()) {
            Contribution all = contribute(state, shard, 0, tasks, seed);
            Params values = all.values();
            for (int i = 1; i < portions(state); i++) {
                values = values.with(contribute(state, shard, i, tasks, seed).values());
            }
            return new Contribution(all.tasks(), all.loss(), values).keep(s);
        }
    }

    @Override
    public Contribution contribute(MetaState state, int shard, int portion, T tasks, long seed) {
        try (Scope s = Scope.open()) {
            ShardWork work = new ShardWork(s, state, seed);
            int from = portion * chunk(state);
            int to = Math.min(from + chunk(state), search.population(inner(state)));
            Params candidates = learner.project(search.candidates(inner(state), from, to));
            Params values = Params.of(
                    FITNESS + "." + portion,
                    sums(search, fitness, work.lifetime(learner, state.theta(), tasks), candidates));
            if (portion > 0) {
                return new Contribution(0, 0, values).keep(s);
            }
            Tensor losses = fitness.of(work.lifetime(learner, state.theta(), tasks), search::bounded)
                    .losses();
            return new Contribution(tasks.size(), losses.sum().item(), values.with(work.observed())).keep(s);
        }
    }

    /** Sums over tasks of each candidate's fitness, float64 [candidates]. */
    static <T extends TaskBatch<T>> Tensor sums(
            Search search, Fitness fitness, Lifetime<T> lifetime, Params candidates) {
        int members = (int) candidates.values().get(0).size(0);
        T tasks = lifetime.tasks();
        int n = tasks.size();
        try (Scope s = Scope.open()) {
            Lifetime<T> population = new Lifetime<>(
                    lifetime.learner(),
                    candidates.repeatEach(n),
                    tasks.repeat(members),
                    lifetime.context().forPopulation(members));
            Tensor each = fitness.of(population, search::bounded)
                    .fitness()
                    .to(DType.FLOAT64)
                    .reshape(members, n);
            return s.keep(each.sum(1)
                    .addScaled(search.penalty(candidates).to(DType.FLOAT64), n)
                    .contiguous());
        }
    }

    @Override
    public Outcome update(MetaState state, List<Contribution> shards) {
        try (Scope s = Scope.open()) {
            int tasks = shards.stream().mapToInt(Contribution::tasks).sum();
            double loss = shards.stream().mapToDouble(Contribution::loss).sum() / tasks;
            Params mean = shards.stream()
                    .map(Contribution::values)
                    .reduce(PopulationAlgorithm::add)
                    .orElseThrow()
                    .mul(1.0 / tasks);
            double[] all = Tensors.cat(mean.child(FITNESS).values(), 0).doubles();
            double[] finite =
                    DoubleStream.of(all).filter(Double::isFinite).sorted().toArray();
            if (finite.length == 0) {
                throw new NonFiniteException("none of the " + all.length + " candidates has a finite fitness");
            }
            Search.Move free = search.move(inner(state), all);
            Search.Move move = new Search.Move(learner.project(free.theta()), free.slots(), free.diagnostics());
            // A theta that cannot be judged has nothing to say about statistics either.
            Params statistics = Double.isFinite(loss)
                    ? RunningStatistics.after(state.statistics(), mean.child("observed"))
                    : state.statistics();
            double step = move.theta().sub(state.theta()).norm();
            if (!Double.isFinite(step)) {
                throw new NonFiniteException(
                        "the meta-parameters are not finite in " + move.theta().nonFinite());
            }
            Map<String, Double> diagnostics = new LinkedHashMap<>(move.diagnostics());
            diagnostics.put("best-fitness", finite[0]);
            diagnostics.put("median-fitness", finite[finite.length / 2]);
            diagnostics.put("failed", 1 - finite.length / (double) all.length);
            MetaState next = state(state.iteration() + 1, move, statistics)
                    .withSlots(state.slots().filter(CHUNK::equals));
            return new Outcome(next.detach().keep(s), loss, step, diagnostics);
        }
    }

    /** Sums where both have a tensor; portions of a shard have different ones. */
    private static Params add(Params a, Params b) {
        return a.with(b).with(a.filter(b::has).add(b.filter(a::has)));
    }

    @Override
    public Optional<String> finished(MetaState state) {
        return search.finished(inner(state));
    }

    @Override
    public String estimator() {
        return name;
    }
}
