package org.deutero.learn.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import org.deutero.learn.Seeds;
import org.deutero.learn.TaskContext;
import org.deutero.learn.gradient.TruncatedBackpropagation;
import org.deutero.learn.gradient.Unroll;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.tensor.Scope;
import org.junit.jupiter.api.Test;

/**
 * What estimators give on average, where short horizons mislead. The meta-loss is quadratic in theta, so smoothing it by noise does not
 * change its gradient, and "unbiased" is exact.
 */
class BiasTest {
    private static final int STEPS = 100;
    private static final int WINDOW = 5;
    private static final int BATCHES = 40;
    private static final int DRAWS = 250;
    private static final Perturbation NOISE = Perturbation.of(1, 0.1);
    private static final InfluenceBalancing LEARNER = new InfluenceBalancing(STEPS);

    /** Mean over draws, and its standard error from the scatter of batches. */
    private record Mean(double value, double error) {}

    private static double exact() {
        return gradient(Unroll.FULL, 1, 0);
    }

    private static double gradient(MetaGradient estimator, int draws, long seed) {
        try (Scope s = Scope.open()) {
            return estimator
                            .estimate(
                                    LEARNER,
                                    InfluenceBalancing.theta(0.5),
                                    new Copies(draws),
                                    TaskContext.training(Seeds.branch(7, "draws", seed)))
                            .gradient()
                            .get("theta")
                            .item()
                    / draws;
        }
    }

    private static Mean mean(MetaGradient estimator) {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < BATCHES; i++) {
            double g = gradient(estimator, DRAWS, i);
            sum += g;
            squares += g * g;
        }
        double mean = sum / BATCHES;
        double variance = (squares / BATCHES - mean * mean) * BATCHES / (BATCHES - 1);
        return new Mean(mean, Math.sqrt(variance / BATCHES));
    }

    @Test
    void inTheLongRunThetaMustFall() {
        assertThat(exact()).isPositive();
    }

    @Test
    void persistentEvolutionIsUnbiased() {
        Mean pes = mean(new PersistentEvolution(WINDOW, NOISE));
        assertThat(Math.abs(pes.value() - exact())).isLessThan(3.5 * pes.error());
        // Otherwise the line above would say nothing.
        assertThat(pes.error()).isLessThan(0.1 * exact());
    }

    @Test
    void evolutionOverWholeLifetimesIsUnbiased() {
        Mean es = mean(new EvolutionStrategies(NOISE, false));
        assertThat(Math.abs(es.value() - exact())).isLessThan(3.5 * es.error());
        assertThat(es.error()).isLessThan(0.1 * exact());
    }

    @Test
    void truncatedEvolutionGoesTheWrongWay() {
        Mean truncated = mean(new TruncatedEvolution(WINDOW, NOISE));
        assertThat(truncated.value()).isNegative();
        assertThat(exact() - truncated.value()).isGreaterThan(20 * truncated.error());
    }

    @Test
    void truncatedBackpropagationGoesTheWrongWay() {
        assertThat(gradient(new TruncatedBackpropagation(WINDOW), 1, 0)).isNegative();
    }
}
