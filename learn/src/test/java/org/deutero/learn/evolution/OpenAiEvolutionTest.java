package org.deutero.learn.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.OptionalInt;
import org.deutero.learn.InScope;
import org.deutero.learn.Seeds;
import org.deutero.learn.TaskContext;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The estimates of one population for all tasks, on a quadratic: the loss of a task is |theta - c|^2 / 16. */
@ExtendWith(InScope.class)
class OpenAiEvolutionTest {
    private static final int BATCHES = 50;
    private static final Points.Walker LEARNER = new Points.Walker(0);

    private final Params theta = LEARNER.metaParameters(Seeds.generator(3, "theta"));
    private final Points tasks = Points.FIXED.sample(2, Seeds.generator(1, "tasks"));

    private static OpenAiEvolution chunks(Shaping shaping, int chunk) {
        return new OpenAiEvolution(
                Perturbation.of(7, 0.1), 1, 0, shaping, true, 0, 0, Fitness.LOSS, OptionalInt.of(chunk));
    }

    private double[] gradient(OpenAiEvolution evolution, long seed) {
        return evolution
                .estimate(LEARNER, theta, tasks, TaskContext.training(seed))
                .gradient()
                .to(DType.FLOAT64)
                .flatten()
                .doubles();
    }

    private double[] exact() {
        double[] x = theta.to(DType.FLOAT64).flatten().doubles();
        for (int i = 0; i < 3; i++) {
            x[i] = 2 * 2 * (x[i] - Points.OPTIMUM[i]) / 16;
        }
        return x;
    }

    /** The meta-loss is quadratic, so smoothing does not change its gradient. */
    @Test
    void rawFitnessIsUnbiased() {
        OpenAiEvolution raw = OpenAiEvolution.of(20, 0.1, Shaping.RAW);
        double[] sum = new double[3];
        double[] squares = new double[3];
        for (int b = 0; b < BATCHES; b++) {
            double[] g = gradient(raw, b);
            for (int i = 0; i < 3; i++) {
                sum[i] += g[i];
                squares[i] += g[i] * g[i];
            }
        }
        double[] exact = exact();
        for (int i = 0; i < 3; i++) {
            double mean = sum[i] / BATCHES;
            double error = Math.sqrt((squares[i] / BATCHES - mean * mean) / (BATCHES - 1));
            assertThat(mean).isCloseTo(exact[i], within(3 * error));
            assertThat(error).as("and that says something").isLessThan(0.2 * Math.abs(exact[i]) + 0.05);
        }
    }

    @Test
    void batchesChangeNothingButRounding() {
        for (Shaping shaping : Shaping.values()) {
            double[] together = gradient(chunks(shaping, 14), 1);
            for (int chunk : new int[] {1, 3, 4}) {
                assertThat(gradient(chunks(shaping, chunk), 1)).containsExactly(together, within(1e-6));
            }
        }
    }

    /** Mirrored pairs cancel constants; ranks do not even see a factor. */
    @Test
    void constantsAndFactorsOfTheFitness() {
        double[] fitness = Seeds.generator(2, "fitness").doubles(14).toArray();
        double[] shifted = Arrays.stream(fitness).map(f -> f + 1000).toArray();
        double[] scaled = Arrays.stream(fitness).map(f -> 7 * f).toArray();
        OpenAiEvolution raw = chunks(Shaping.RAW, 14);
        assertThat(flat(raw, shifted)).containsExactly(flat(raw, fitness), within(1e-5));
        OpenAiEvolution ranks = chunks(Shaping.CENTRED_RANKS, 14);
        assertThat(flat(ranks, shifted)).containsExactly(flat(ranks, fitness));
        assertThat(flat(ranks, scaled)).containsExactly(flat(ranks, fitness));
        fitness[5] = Double.NaN;
        assertThat(flat(raw, fitness)).contains(Double.NaN);
        for (double value : flat(ranks, fitness)) {
            assertThat(value).isFinite();
        }
    }

    private double[] flat(OpenAiEvolution evolution, double[] fitness) {
        return evolution
                .gradient(theta, 4, 0, fitness)
                .to(DType.FLOAT64)
                .flatten()
                .doubles();
    }

    @Test
    void decayAndScale() {
        Perturbation one = Perturbation.of(1, 0.1);
        OptionalInt all = OptionalInt.empty();
        OpenAiEvolution decaying = new OpenAiEvolution(one, 0.5, 0.02, Shaping.RAW, false, 0.3, 0, Fitness.LOSS, all);
        assertThat(decaying.std(0)).isEqualTo(0.1);
        assertThat(decaying.std(1)).isEqualTo(0.05);
        assertThat(decaying.std(9)).isEqualTo(0.02);
        double[] x = theta.to(DType.FLOAT64).flatten().doubles();
        double[] plus = decaying.candidates(theta, 4, 1, 0, 1)
                .to(DType.FLOAT64)
                .flatten()
                .doubles();
        double[] g = decaying.gradient(theta, 4, 1, new double[] {3, 1})
                .to(DType.FLOAT64)
                .flatten()
                .doubles();
        for (int i = 0; i < 3; i++) {
            // (3 - 1) eps / (2 N) and 0.3 theta.
            assertThat(g[i]).isCloseTo((plus[i] - x[i]) / 0.05 + 0.3 * x[i], within(1e-5));
        }
    }

    @Test
    void thePenaltyIsTheMeanSquareOfACandidate() {
        OpenAiEvolution fined = new OpenAiEvolution(
                Perturbation.of(1, 0.1), 1, 0, Shaping.RAW, true, 0, 0.5, Fitness.LOSS, OptionalInt.empty());
        Params two = fined.candidates(theta, 4, 0, 0, 2);
        double[] all = two.to(DType.FLOAT64).flattenPerTask().doubles();
        double[] penalty =
                new OpenAiSearch(fined, null).penalty(two.to(DType.FLOAT64)).doubles();
        for (int k = 0; k < 2; k++) {
            double squares = 0;
            for (int i = 0; i < 3; i++) {
                squares += all[3 * k + i] * all[3 * k + i];
            }
            assertThat(penalty[k]).isCloseTo(0.5 * squares / 3, within(1e-12));
        }
    }
}
