package org.deutero.learn.evolution;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;
import org.deutero.learn.Learner;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Predictor;
import org.deutero.learn.Seeds;
import org.deutero.learn.TaskContext;
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.MetaAlgorithm;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.learn.meta.MetaOptimizer;
import org.deutero.learn.meta.MetaRule;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Evolution strategies with one population for all tasks and shaped fitness (Salimans, Ho, Chen, Sidor, Sutskever 2017, arXiv 1703.03864): a
 * candidate's fitness is its mean over all tasks of the meta-batch, so that ranks compare candidates and not tasks. {@link EvolutionStrategies}
 * draws perturbations for each task instead, which gives less variance for raw fitness and makes ranks meaningless.
 *
 * <p>The estimate is (1 / (2 N std)) sum_p (shape(F+_p) - shape(F-_p)) eps_p over N mirrored pairs, eps standard normal.
 *
 * @param perturbation pairs, their standard deviation, and the most that a loss may count
 * @param decay factor on the standard deviation after every update
 * @param least standard deviation that decay leads to
 * @param shaping of the fitness
 * @param perStd whether the estimate is divided by the standard deviation; the authors' code leaves that to Adam
 * @param weightDecay times theta is added to the estimate
 * @param penalty times the mean square of a candidate's numbers is added to its fitness (Najarro and Risi 2020)
 * @param fitness what candidates are judged by
 * @param chunk candidates evaluated in one batch, half of the population if absent
 */
public record OpenAiEvolution(
        Perturbation perturbation,
        double decay,
        double least,
        Shaping shaping,
        boolean perStd,
        double weightDecay,
        double penalty,
        Fitness fitness,
        OptionalInt chunk)
        implements MetaRule, MetaGradient {
    /** The unbiased estimate, without any decay. */
    public static OpenAiEvolution of(int pairs, double std, Shaping shaping) {
        return new OpenAiEvolution(
                Perturbation.of(pairs, std), 1, 0, shaping, true, 0, 0, Fitness.LOSS, OptionalInt.empty());
    }

    @Override
    public String name() {
        return "openai-es";
    }

    @Override
    public String describe() {
        return "evolution strategies over whole lifetimes, " + perturbation.pairs()
                + " mirrored pairs for all tasks together, by "
                + (shaping == Shaping.RAW
                        ? "fitness as it is: unbiased for the meta-loss smoothed by noise of deviation "
                                + perturbation.std()
                        : "shaped fitness: a direction rather than a gradient");
    }

    @Override
    public String cost() {
        return "memory a chunk of candidates times (P + M + a), time " + (2 * perturbation.pairs() + 1) + " T c";
    }

    @Override
    public Optional<String> misfit(Learner<?> learner) {
        return fitness.misfit(learner);
    }

    /** What a generation gives is an estimate. */
    @Override
    public Optional<MetaGradient> estimator() {
        return Optional.of(this);
    }

    @Override
    public <T extends TaskBatch<T>> Estimate estimate(Lifetime<T> lifetime) {
        require(lifetime.learner());
        OpenAiSearch search = new OpenAiSearch(this, null);
        try (Scope s = Scope.open()) {
            TaskContext context = lifetime.context();
            int tasks = lifetime.tasks().size();
            Params own = lifetime.theta().detach();
            long seed = Seeds.branch(context.seed(), "population");
            int all = 2 * perturbation.pairs();
            int portion = chunk.orElse((all + 1) / 2);
            List<Tensor> sums = new ArrayList<>();
            for (int from = 0; from < all; from += portion) {
                Params some = candidates(own, seed, context.iteration(), from, Math.min(all, from + portion));
                sums.add(PopulationAlgorithm.sums(search, fitness, lifetime, some));
            }
            double[] values = Tensors.cat(sums, 0).div(tasks).doubles();
            Params mean = gradient(own, seed, context.iteration(), values);
            Tensor losses = fitness.of(lifetime.detach(), perturbation::bounded).losses();
            return new Estimate(losses, mean.mul(tasks)).keep(s);
        }
    }

    @Override
    public <T extends TaskBatch<T>> MetaAlgorithm<T> algorithm(Predictor<T> learner, MetaOptimizer optimizer) {
        require(learner);
        return new PopulationAlgorithm<>(name(), learner, new OpenAiSearch(this, optimizer), fitness, chunk);
    }

    /** The standard deviation of perturbations after so many updates. */
    double std(long iteration) {
        return Math.max(Math.min(least, perturbation.std()), perturbation.std() * Math.pow(decay, (double) iteration));
    }

    private static Params draw(Params theta, long seed, long iteration, int pair) {
        return Noise.normal(1)
                .draw(theta, 1, TaskContext.training(Seeds.branch(seed, "generation", iteration)), 0, pair)
                .task(0);
    }

    /** Candidates from (inclusive) to (exclusive), [to - from, ...]: plus and minus of a pair side by side. */
    Params candidates(Params theta, long seed, long iteration, int from, int to) {
        double std = std(iteration);
        List<Params> all = new ArrayList<>();
        for (int pair = from / 2; 2 * pair < to; pair++) {
            Params noise = draw(theta, seed, iteration, pair);
            all.add(theta.addScaled(noise, std));
            all.add(theta.addScaled(noise, -std));
        }
        Params.Builder stacked = Params.builder();
        int skipped = from % 2;
        theta.names()
                .forEach(name -> stacked.put(
                        name,
                        Tensors.stack(
                                all.subList(skipped, skipped + to - from).stream()
                                        .map(p -> p.get(name))
                                        .toList(),
                                0)));
        return stacked.build();
    }

    /** The estimate for the mean over tasks, from the fitness of all candidates. Perturbations are drawn again, not stored. */
    Params gradient(Params theta, long seed, long iteration, double[] values) {
        double[] weights = shaping.apply(shaping == Shaping.RAW ? values : failuresLast(values));
        double scale = 1.0 / (weights.length * (perStd ? std(iteration) : 1));
        Params sum = theta.mul(weightDecay);
        for (int pair = 0; pair < perturbation.pairs(); pair++) {
            Params before = sum;
            try (Scope s = Scope.open()) {
                double weight = (weights[2 * pair] - weights[2 * pair + 1]) * scale;
                sum = s.keep(before.addScaled(draw(theta, seed, iteration, pair), weight));
            }
        }
        return sum;
    }

    private static double[] failuresLast(double[] values) {
        return DoubleStream.of(values)
                .map(v -> Double.isFinite(v) ? v : Double.POSITIVE_INFINITY)
                .toArray();
    }
}
