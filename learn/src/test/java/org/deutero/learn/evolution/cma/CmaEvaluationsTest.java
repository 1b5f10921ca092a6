package org.deutero.learn.evolution.cma;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.deutero.tensor.DType;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Median evaluations to 1e-9 step size 0.5 at the start, against those of an independent implementation. */
class CmaEvaluationsTest {
    private static final double TARGET = 1e-9;
    private static final int SEEDS = 5;
    private static final int LIMIT = 40_000;

    @ParameterizedTest
    @CsvSource({
        "SPHERE, 5, true, 712",
        "SPHERE, 5, false, 712",
        "SPHERE, 10, true, 1490",
        "ELLIPSOID, 5, true, 1608",
        "ELLIPSOID, 5, false, 2280",
        "ELLIPSOID, 10, true, 4340",
        "ROSENBROCK, 5, true, 1816",
        "ROSENBROCK, 5, false, 2072",
    })
    void theMedianIsTheOneExpected(Objective objective, int n, boolean active, int expected) {
        assertThat(median(objective, n, active) / expected).isBetween(0.85, 1.15);
    }

    private static double median(Objective objective, int n, boolean active) {
        int[] all = IntStream.range(0, SEEDS)
                .map(seed -> evaluations(objective, n, active, seed))
                .sorted()
                .toArray();
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
                        double[] one = Arrays.copyOfRange(x, i * n, (i + 1) * n);
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
