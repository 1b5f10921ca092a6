package org.deutero.learn.evolution.cma;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.deutero.tensor.DType;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Median evaluations to 1e-9 over 11 seeds, step size 0.5 at the start, against those of an independent implementation. */
class CmaEvaluationsTest {
    private static final double TARGET = 1e-9;
    private static final int SEEDS = 11;
    private static final int LIMIT = 100_000;

    @ParameterizedTest
    @CsvSource({
        "SPHERE, 5, 712, 712",
        "SPHERE, 10, 1490, 1430",
        "SPHERE, 20, 2784, 2784",
        "ELLIPSOID, 5, 1608, 2280",
        "ELLIPSOID, 10, 4340, 5870",
        "ELLIPSOID, 20, 13416, 18516",
        "ROSENBROCK, 5, 1816, 2072",
        "ROSENBROCK, 10, 5270, 6160",
        "ROSENBROCK, 20, 16530, 21222",
    })
    void mediansAreThoseExpected(Objective objective, int n, int active, int plain) {
        assertThat(median(objective, n, true) / active).as("active").isBetween(0.85, 1.15);
        assertThat(median(objective, n, false) / plain).as("plain").isBetween(0.85, 1.15);
    }

    private static double median(Objective objective, int n, boolean active) {
        int[] all = IntStream.range(0, SEEDS)
                .map(seed -> evaluations(objective, n, active, seed))
                .sorted()
                .toArray();
        System.out.println(objective + " " + n + " " + active + " " + java.util.Arrays.toString(all));
        return all[SEEDS / 2];
    }

    private static int evaluations(Objective objective, int n, boolean active, int seed) {
        SplittableRandom rng = new SplittableRandom(seed);
        CmaEs search = new CmaEs(0.5, active, false, Bounds.NONE);
        try (Scope all = Scope.open()) {
            CmaState state = search.start(Tensors.full(objective.start, DType.FLOAT64, n), CmaConstants.population(n));
            for (int evaluations = 0; evaluations < LIMIT; ) {
                CmaState before = state;
                try (Scope s = Scope.open()) {
                    Candidates candidates = search.ask(before, rng);
                    double[] x = candidates.feasible().doubles();
                    double[] fitness = new double[before.population()];
                    for (int i = 0; i < fitness.length; i++) {
                        double[] one = java.util.Arrays.copyOfRange(x, i * n, (i + 1) * n);
                        fitness[i] = objective.value.applyAsDouble(one);
                        evaluations++;
                        if (fitness[i] < TARGET) {
                            return evaluations;
                        }
                    }
                    state = search.tell(before, candidates, fitness).keep(s);
                }
                before.close();
            }
        }
        return LIMIT;
    }
}
