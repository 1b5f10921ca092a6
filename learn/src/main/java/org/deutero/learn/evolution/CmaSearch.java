package org.deutero.learn.evolution;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import org.deutero.learn.Seeds;
import org.deutero.learn.evolution.cma.Candidates;
import org.deutero.learn.evolution.cma.CmaEs;
import org.deutero.learn.evolution.cma.CmaState;
import org.deutero.learn.evolution.cma.Termination;
import org.deutero.learn.meta.MetaState;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;

/**
 * CMA-ES on meta-parameters, in float64 whatever theirs, with restarts under a growing population (IPOP; Auger and Hansen 2005).
 *
 * <p>Theta is the mean of the search. After a restart it stays where the best search ended until the median candidate of the new one is better.
 *
 * @param adaptation settings
 * @param fresh draws where a restart begins
 */
record CmaSearch(CovarianceMatrixAdaptation adaptation, Function<RandomGenerator, Params> fresh) implements Search {
    private static final int GROWTH = 2;
    private static final String SEED = "seed";
    private static final String RESTARTS = "restarts";
    private static final String STATE = "cma";
    private static final String ENDED = "ended";

    /** Where the best of the searches that ended found itself, and the median fitness of its last candidates. */
    private record Ended(Tensor mean, double fitness) {
        static Optional<Ended> of(Params slots) {
            Params tree = slots.child(ENDED);
            return tree.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new Ended(tree.get("mean"), tree.get("fitness").item()));
        }

        Params toParams() {
            return Params.builder()
                    .put("mean", mean)
                    .put("fitness", Tensor.of(new double[] {fitness}, 1))
                    .build()
                    .under(ENDED);
        }
    }

    private CmaEs strategy(Params theta) {
        return adaptation.strategy(theta.numel());
    }

    private static Tensor vector(Params theta) {
        return theta.to(DType.FLOAT64).flatten();
    }

    private Params like(Params theta, Tensor vectors) {
        Tensor inside = adaptation.bounds().repair(vectors);
        return theta.unflatten(inside)
                .zip(theta, (v, t) -> v.to(t.dtype()).to(t.device()).contiguous());
    }

    @Override
    public Move init(Params theta, long seed) {
        CmaState start = strategy(theta).start(vector(theta), adaptation.population(theta.numel()));
        return move(theta, start.mean(), slots(seed, 0, start));
    }

    private Move move(Params theta, Tensor mean, Params slots) {
        return new Move(like(theta, mean), slots, Map.of());
    }

    private static Params slots(long seed, int restarts, CmaState state) {
        return Params.builder()
                .put(SEED, Tensor.of(new long[] {seed}, 1))
                .put(RESTARTS, Tensor.of(new long[] {restarts}, 1))
                .put(STATE, state.toParams())
                .build();
    }

    private static CmaState search(MetaState state) {
        return CmaState.of(state.slots().child(STATE));
    }

    private static int restarts(MetaState state) {
        return (int) state.slots().get(RESTARTS).longs()[0];
    }

    private static long seed(MetaState state) {
        return state.slots().get(SEED).longs()[0];
    }

    @Override
    public int population(MetaState state) {
        try (Scope s = Scope.open()) {
            return search(state).population();
        }
    }

    /** Some candidates; each has a branch of the seed, so that a portion draws its own only. */
    private Candidates ask(MetaState state, int from, int to) {
        CmaState search = search(state);
        int n = (int) search.mean().size(0);
        double[] z = new double[(to - from) * n];
        for (int i = from; i < to; i++) {
            RandomGenerator rng = Seeds.generator(seed(state), "candidate", state.iteration(), i);
            for (int j = 0; j < n; j++) {
                z[(i - from) * n + j] = rng.nextGaussian();
            }
        }
        return strategy(state.theta()).ask(search, Tensor.of(z, to - from, n));
    }

    @Override
    public Params candidates(MetaState state, int from, int to) {
        try (Scope s = Scope.open()) {
            return s.keep(like(state.theta(), ask(state, from, to).feasible()));
        }
    }

    @Override
    public Move move(MetaState state, double[] fitness) {
        CmaState next = strategy(state.theta()).tell(search(state), ask(state, 0, fitness.length), fitness);
        Optional<Ended> ended = Ended.of(state.slots());
        double[] finite =
                DoubleStream.of(fitness).filter(Double::isFinite).sorted().toArray();
        Ended now = new Ended(next.mean(), finite[finite.length / 2]);
        Ended best = ended.filter(e -> e.fitness() < now.fitness()).orElse(now);
        boolean restart = restarts(state) < adaptation.restarts()
                && Termination.DEFAULT.of(next).isPresent();
        if (restart) {
            ended = Optional.of(best);
        }
        CmaState going = restart ? restarted(state, next) : next;
        int number = restarts(state) + (restart ? 1 : 0);
        Params slots = slots(seed(state), number, going)
                .with(ended.map(Ended::toParams).orElse(Params.EMPTY));
        return new Move(like(state.theta(), best.mean()), slots, diagnostics(next, number));
    }

    private CmaState restarted(MetaState state, CmaState over) {
        RandomGenerator rng = Seeds.generator(seed(state), "restart", restarts(state));
        return strategy(state.theta()).start(vector(fresh.apply(rng)), over.population() * GROWTH);
    }

    private static Map<String, Double> diagnostics(CmaState state, int restarts) {
        Map<String, Double> diagnostics = new LinkedHashMap<>();
        diagnostics.put("sigma", state.sigma());
        diagnostics.put("axis-ratio", state.axisRatio());
        diagnostics.put("population", (double) state.population());
        diagnostics.put("restarts", (double) restarts);
        return diagnostics;
    }

    @Override
    public Optional<String> finished(MetaState state) {
        if (restarts(state) < adaptation.restarts()) {
            return Optional.empty();
        }
        try (Scope s = Scope.open()) {
            return Termination.DEFAULT.of(search(state));
        }
    }
}
