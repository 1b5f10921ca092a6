package org.deutero.learn.evolution;

import java.util.Map;
import org.deutero.learn.meta.MetaOptimizer;
import org.deutero.learn.meta.MetaState;
import org.deutero.learn.meta.NonFiniteException;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/** {@link OpenAiEvolution} at work, with an optimiser that follows its estimates. */
record OpenAiSearch(OpenAiEvolution evolution, MetaOptimizer optimizer) implements Search {
    private static final String SEED = "seed";
    private static final String OPTIMIZER = "optimizer";

    @Override
    public Move init(Params theta, long seed) {
        Params slots = Params.builder()
                .put(SEED, Tensor.of(new long[] {seed}, 1))
                .put(OPTIMIZER, optimizer.init(theta))
                .build();
        return new Move(theta, slots, Map.of());
    }

    private static long seed(MetaState state) {
        return state.slots().get(SEED).longs()[0];
    }

    @Override
    public int population(MetaState state) {
        return 2 * evolution.perturbation().pairs();
    }

    @Override
    public Params candidates(MetaState state, int from, int to) {
        return evolution.candidates(state.theta(), seed(state), state.iteration(), from, to);
    }

    @Override
    public Tensor penalty(Params candidates) {
        return evolution.penalty() == 0
                ? Search.super.penalty(candidates)
                : candidates.flattenPerTask().square().mean(1).mul(evolution.penalty());
    }

    @Override
    public Tensor bounded(Tensor losses) {
        return evolution.perturbation().bounded(losses);
    }

    @Override
    public Move move(MetaState state, double[] fitness) {
        Params gradient = evolution.gradient(state.theta(), seed(state), state.iteration(), fitness);
        double norm = gradient.norm();
        if (!Double.isFinite(norm)) {
            throw new NonFiniteException(
                    "the meta-gradient is not finite, because a candidate's loss is not; shaping by ranks or"
                            + " highest-loss would bear it");
        }
        MetaOptimizer.Update update =
                optimizer.update(gradient, state.slots().child(OPTIMIZER), state.theta(), state.iteration());
        Params slots = state.slots().filter(SEED::equals).with(update.slots().under(OPTIMIZER));
        double std = evolution.std(state.iteration());
        return new Move(update.theta(), slots, Map.of("gradient-norm", norm, "std", std));
    }
}
