package org.deutero.experiment.gradcheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.deutero.learn.Seeds;
import org.deutero.learn.evolution.EvolutionStrategies;
import org.deutero.learn.evolution.OpenAiEvolution;
import org.deutero.learn.evolution.PersistentEvolution;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensors;

/**
 * What stands for the exact gradient in worlds, where actions are chosen and the meta-loss of a single lifetime is a staircase: the gradient of its mean over chance, smoothed by perturbations of
 * theta. Two estimates from chance of their own are averaged, and how far they agree tells how far they can be trusted; slopes are central differences of the same smoothed loss, which use no
 * estimator.
 *
 * @param std of the perturbations
 * @param gradient mean of both estimates, float64
 * @param agreement cosine between both
 * @param slopes of the smoothed loss
 */
record Smoothed(double std, Params gradient, double agreement, Slopes slopes) {
    /** Copies of every task, each with chance and perturbations of its own. */
    private static final int COPIES = 64;
    /** Mirrored pairs of each copy and estimate. */
    private static final int PAIRS = 4;
    /** Draws of every slope. */
    private static final int DRAWS = 2;

    /** Cosine between both estimates below which they tell nothing. */
    private static final double TELLING = 0.5;

    private static final double USUAL = 0.05;

    /** The deviation by which a recipe's estimator smooths; a usual one if it does not. */
    static double deviation(MetaGradient own) {
        if (own instanceof EvolutionStrategies es) {
            return es.perturbation().std();
        }
        if (own instanceof OpenAiEvolution es) {
            return es.perturbation().std();
        }
        return own instanceof PersistentEvolution pes ? pes.perturbation().std() : USUAL;
    }

    static Smoothed of(Instance<?> drawn, double std, int directions) {
        Params first = estimate(drawn, std, "first");
        Params second = estimate(drawn, std, "second");
        double agreement = first.dot(second).item() / (first.norm() * second.norm());
        return new Smoothed(std, first.add(second).mul(0.5), agreement, slopes(drawn, std, directions));
    }

    private static Params estimate(Instance<?> drawn, double std, String which) {
        try (Scope s = Scope.open()) {
            Params sum = drawn.repeat(COPIES, Seeds.branch(drawn.seed(), which))
                    .estimate(new EvolutionStrategies(PAIRS, std))
                    .gradient();
            return s.keep(sum.to(DType.FLOAT64).mul(1.0 / COPIES));
        }
    }

    /** Along each direction one standard deviation there and back. */
    private static Slopes slopes(Instance<?> drawn, double std, int number) {
        List<Params> directions = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            var rng = Seeds.generator(drawn.seed(), "direction", i);
            Params direction = drawn.theta().map(t -> Tensors.normal(rng, DType.FLOAT64, t.shape()));
            double h = std / direction.norm();
            double value = 0;
            for (int draw = 0; draw < DRAWS; draw++) {
                value += slope(drawn, std, direction.mul(h), (long) i * DRAWS + draw) / (h * DRAWS);
            }
            directions.add(direction);
            values.add(value);
        }
        return new Slopes(directions, values);
    }

    /** Half the difference of the loss between both ends of a way. */
    private static double slope(Instance<?> drawn, double std, Params way, long draw) {
        try (Scope s = Scope.open()) {
            Instance<?> many = drawn.repeat(COPIES, Seeds.branch(drawn.seed(), "slope", draw));
            var rng = Seeds.generator(drawn.seed(), "noise", draw);
            int all = many.tasks().size();
            Params own = drawn.theta().expand(all);
            Params noisy = own.add(
                    own.map(t -> Tensors.normal(rng, t.dtype(), t.shape())).mul(std));
            Params same = way.to(drawn.type()).expand(all);
            return (many.lossOfOwn(noisy.add(same)) - many.lossOfOwn(noisy.sub(same))) / (2.0 * COPIES);
        }
    }

    /** What estimators are held against. */
    String describe() {
        return String.format(
                Locale.ROOT,
                "%s against the meta-loss smoothed by %s: %,d perturbations a task",
                DType.FLOAT32.name().toLowerCase(Locale.ROOT),
                Units.brief(std),
                2 * 2 * PAIRS * COPIES);
    }

    String verdict(Finding own) {
        if (!(agreement > TELLING)) {
            return String.format(
                    Locale.ROOT,
                    "nothing to judge by: the smoothed meta-loss is too flat or too noisy here, since two estimates of its gradient have cosine %.4f"
                            + " with each other; more --tasks or a larger deviation of the estimator may help",
                    agreement);
        }
        return String.format(
                Locale.ROOT,
                "%s: this one estimate has cosine %.4f with the gradient of the smoothed meta-loss and %.3g times its norm; that is itself an estimate,"
                        + " whose two halves have cosine %.4f with each other and whose slopes agree with finite differences to %s",
                own.entry().kind() == EstimatorKind.NOISY ? "noisy" : "not exact in worlds",
                own.cosine(),
                own.norm(),
                agreement,
                Units.error(slopes.error(gradient)));
    }
}
