package org.deutero.learn.evolution.cma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.deutero.learn.InScope;
import org.deutero.learn.Seeds;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.io.Safetensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What CMA-ES must not depend on, and what it must bear. */
@ExtendWith(InScope.class)
class CmaEsTest {
    private static final int N = 6;
    private static final ToDoubleFunction<double[]> ROSENBROCK = Objective.ROSENBROCK.value;

    private static CmaState start(CmaEs search, int n) {
        return search.start(Tensors.full(0.1, DType.FLOAT64, n), CmaConstants.population(n));
    }

    private static CmaState run(
            CmaEs search,
            CmaState from,
            int generations,
            ToDoubleFunction<double[]> f,
            UnaryOperator<CmaState> inBetween) {
        CmaState state = from;
        for (int g = 0; g < generations; g++) {
            Candidates candidates = search.ask(state, Seeds.generator(5, "generation", state.generation()));
            state = inBetween.apply(search.tell(state, candidates, fitness(candidates, f)));
        }
        return state;
    }

    private static double[] fitness(Candidates candidates, ToDoubleFunction<double[]> f) {
        int n = (int) candidates.feasible().size(1);
        double[] x = candidates.feasible().doubles();
        double[] values = new double[x.length / n];
        for (int i = 0; i < values.length; i++) {
            values[i] = f.applyAsDouble(Arrays.copyOfRange(x, i * n, (i + 1) * n));
        }
        return values;
    }

    private static void assertSame(CmaState actual, CmaState expected, String... but) {
        Params a = actual.toParams();
        expected.toParams().forEach((name, t) -> {
            if (!Arrays.asList(but).contains(name)) {
                assertThat(a.get(name).doubles()).as(name).containsExactly(t.doubles());
            }
        });
    }

    @Test
    void onlyTheOrderOfFitnessCounts() {
        CmaEs search = CmaEs.of(0.3);
        CmaState plain = run(search, start(search, N), 60, ROSENBROCK, s -> s);
        CmaState transformed =
                run(search, start(search, N), 60, x -> Math.exp(ROSENBROCK.applyAsDouble(x) / 50), s -> s);
        assertSame(transformed, plain, "best", "range", "slopes");
    }

    @Test
    void aStayInAFileChangesNothing(@TempDir Path folder) {
        for (CmaEs search : new CmaEs[] {CmaEs.of(0.3), new CmaEs(0.3, true, true, new Bounds(-1, 0.5))}) {
            CmaState few = search.start(Tensors.zeros(DType.FLOAT64, 80), 4);
            CmaState whole = run(search, few, 40, ROSENBROCK, s -> s);
            Path file = folder.resolve("state.safetensors");
            CmaState stopped = run(search, few, 40, ROSENBROCK, s -> {
                new Safetensors(s.toParams(), Map.of()).write(file);
                return CmaState.of(Safetensors.read(file).tensors());
            });
            assertSame(stopped, whole);
        }
        assertThat(CmaConstants.of(80, 4, true, false).interval())
                .as("generations without a decomposition are among them")
                .isGreaterThan(1);
    }

    /** A candidate that fails counts as the worst, however it fails. */
    @Test
    void whatIsNotFiniteRanksLast() {
        CmaEs search = CmaEs.of(0.3);
        CmaState state = start(search, N);
        Candidates candidates = search.ask(state, new SplittableRandom(1));
        double[] fitness = fitness(candidates, ROSENBROCK);
        fitness[3] = 1e300;
        CmaState expected = search.tell(state, candidates, fitness);
        for (double failed : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            fitness[3] = failed;
            assertSame(search.tell(state, candidates, fitness), expected, "range", "slopes");
        }
        Arrays.fill(fitness, Double.NaN);
        assertThatThrownBy(() -> search.tell(state, candidates, fitness))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("finite");
    }

    /** C must stay positive definite under negative weights, whatever the fitness. */
    @Test
    void randomFitnessLeavesTheCovariancePositive() {
        SplittableRandom noise = new SplittableRandom(2);
        for (boolean diagonal : new boolean[] {false, true}) {
            CmaEs search = new CmaEs(0.3, true, diagonal, Bounds.NONE);
            CmaState state =
                    run(search, search.start(Tensors.zeros(DType.FLOAT64, 3), 40), 300, x -> noise.nextDouble(), s -> {
                        assertThat(s.sortedAxes()[0]).isGreaterThan(1e-9);
                        return s;
                    });
            assertThat(state.toParams().allFinite()).isTrue();
        }
    }

    /** Learning variances alone takes fewer evaluations where variances are all there is to learn. */
    @Test
    void theSeparableVariantIsFasterOnASeparableFunction() {
        int n = 20;
        double[] left = new double[2];
        for (int i = 0; i < 2; i++) {
            CmaEs search = new CmaEs(0.5, true, i == 1, Bounds.NONE);
            CmaState state = run(search, start(search, n), 400, Objective.ELLIPSOID.value, s -> s);
            left[i] = Objective.ELLIPSOID.value.applyAsDouble(state.mean().doubles());
        }
        assertThat(left[1]).isLessThan(1e-6 * left[0]);
    }

    @Test
    void theOptimumOnABoundIsFound() {
        Bounds bounds = new Bounds(0.25, 3);
        CmaEs search = new CmaEs(0.5, true, false, bounds);
        CmaState state = run(
                search,
                start(search, 5),
                200,
                x -> {
                    for (double v : x) {
                        assertThat(v).isBetween(0.25, 3.0);
                    }
                    return Objective.ELLIPSOID.value.applyAsDouble(x);
                },
                s -> s);
        double[] found = bounds.repair(state.mean()).doubles();
        for (double v : found) {
            assertThat(v).isCloseTo(0.25, within(1e-3));
        }
    }

    @Test
    void itEndsWhenThereIsNothingLeftToFind() {
        CmaEs search = CmaEs.of(0.3);
        CmaState state = start(search, 4);
        int generations = 0;
        while (Termination.DEFAULT.of(state).isEmpty() && generations < 1000) {
            state = run(search, state, 1, Objective.SPHERE.value, s -> s);
            generations++;
        }
        assertThat(generations).isBetween(50, 400);
        assertThat(Objective.SPHERE.value.applyAsDouble(state.mean().doubles())).isLessThan(1e-11);
        CmaState away =
                run(search, start(search, 4), 200, x -> -Arrays.stream(x).sum(), s -> s);
        assertThat(Termination.DEFAULT.of(away))
                .hasValueSatisfying(r -> assertThat(r).contains("diverges"));
        CmaState flat = run(search, start(search, 4), 60, x -> 1, s -> s);
        assertThat(Termination.DEFAULT.of(flat))
                .hasValueSatisfying(r -> assertThat(r).contains("no more than 0.0"));
    }
}
