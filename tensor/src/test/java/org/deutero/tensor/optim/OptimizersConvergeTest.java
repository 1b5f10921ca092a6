package org.deutero.tensor.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule reaches the optimum of a parabola and of Rosenbrock's function in both precisions. */
class OptimizersConvergeTest {
    static Stream<Arguments> rules() {
        return Stream.of(DType.FLOAT32, DType.FLOAT64)
                .flatMap(d -> Stream.of(
                        Arguments.of(Sgd.PLAIN, 2e-3, 12_000, d),
                        Arguments.of(new Sgd(0.9, false), 1e-3, 4_000, d),
                        Arguments.of(new Sgd(0.9, true), 1e-3, 4_000, d),
                        Arguments.of(Adam.DEFAULT, 2e-2, 4_000, d),
                        Arguments.of(Adam.DIFFERENTIABLE, 2e-2, 4_000, d),
                        Arguments.of(new Adam(0.9, 0.999, 1e-8, 0, 1e-5), 2e-2, 4_000, d)));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void parabola(Optimizer rule, double rate, int steps, DType dtype) {
        double[] end =
                minimise(rule, Math.max(rate, 0.02), 1500, dtype, x -> new double[] {2 * (x[0] - 1), 2 * (x[1] + 2)});
        assertThat(end).containsExactly(new double[] {1, -2}, within(2e-3));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void rosenbrock(Optimizer rule, double rate, int steps, DType dtype) {
        double[] end = minimise(rule, rate, steps, dtype, x ->
                new double[] {-2 * (1 - x[0]) - 400 * x[0] * (x[1] - x[0] * x[0]), 200 * (x[1] - x[0] * x[0])});
        assertThat(end).containsExactly(new double[] {1, 1}, within(2e-2));
    }

    private static double[] minimise(
            Optimizer rule, double rate, int steps, DType dtype, UnaryOperator<double[]> slope) {
        try (Scope outer = Scope.open()) {
            Params x = Params.of("x", Tensor.of(new double[] {-0.5, 1}, 2).to(dtype));
            Params state = rule.init(x);
            for (int t = 0; t < steps; t++) {
                Params before = x;
                Params stateBefore = state;
                try (Scope s = Scope.open()) {
                    Params g = Params.of(
                            "x",
                            Tensor.of(slope.apply(before.get("x").doubles()), 2).to(dtype));
                    Optimizer.Update update = rule.update(g, stateBefore, before, Rates.constant(rate), t);
                    x = s.keep(update.params());
                    state = s.keep(update.state());
                }
                before.close();
                stateBefore.close();
            }
            assertThat(x.get("x").dtype()).isEqualTo(dtype);
            return x.get("x").doubles();
        }
    }
}
