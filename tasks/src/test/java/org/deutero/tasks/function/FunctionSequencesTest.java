package org.deutero.tasks.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.deutero.tasks.sequence.Sequences;
import org.deutero.tensor.DType;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // scopes are opened for their effect
class FunctionSequencesTest {
    private static Sequences drawn(FunctionFamily family, int length, int tasks, int seed) {
        return new FunctionSequences(family, length, DType.FLOAT64).sample(tasks, new SplittableRandom(seed));
    }

    private static double variance(FunctionFamily family) {
        double[] y = drawn(family, 1, 100_000, 1).answers().doubles();
        assertThat(Arrays.stream(y).average().orElseThrow()).isCloseTo(0, within(0.02));
        return Arrays.stream(y).map(v -> v * v).average().orElseThrow();
    }

    /** E f^2 = (2/5 + 1/9 + 2/3 + 1) / 3 / 9 for quadratic functions, E a^2 / 2 for sinusoids. */
    @Test
    void valuesAreAsLargeAsTheFormulaeSay() {
        try (Scope s = Scope.open()) {
            double quadratic = (2 / 5.0 + 1 / 9.0 + 2 / 3.0 + 1) / 27;
            assertThat(variance(FunctionFamily.QUADRATIC)).isCloseTo(quadratic, within(0.01 * quadratic));
            double sinusoid = (1 - 0.001) / 3 / 0.9 / 2;
            assertThat(variance(FunctionFamily.SINUSOID)).isCloseTo(sinusoid, within(0.01 * sinusoid));
            assertThat(variance(FunctionFamily.BOOLEAN)).isEqualTo(1);
            assertThat(variance(FunctionFamily.LINEAR)).isCloseTo(1, within(0.02));
        }
    }

    /** As many points as inputs say all of it. */
    @Test
    void aLinearFunctionHasAsManyInputsAsOneLikes() {
        try (Scope s = Scope.open()) {
            Sequences tasks = new FunctionSequences(FunctionFamily.LINEAR, 3, 5, DType.FLOAT64)
                    .sample(4, new SplittableRandom(2));
            Tensor x = tasks.items();
            Tensor weights = Tensors.solve(x.slice(1, 0, 3), tasks.answers().slice(1, 0, 3));
            assertThat(x.matmul(weights).sub(tasks.answers()).abs().sum().item())
                    .isCloseTo(0, within(1e-9));
        }
        assertThatThrownBy(() -> new FunctionSequences(FunctionFamily.QUADRATIC, 3, 5, DType.FLOAT64))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("functions of this family have 2 inputs, not 3");
    }

    /** Points of one function lie on one function: six of them say what the others are. */
    @Test
    void aQuadraticFunctionIsFixedBySixPoints() {
        try (Scope s = Scope.open()) {
            Sequences tasks = drawn(FunctionFamily.QUADRATIC, 9, 20, 2);
            Tensor x = tasks.items();
            Tensor a = x.slice(2, 0, 1);
            Tensor b = x.slice(2, 1, 2);
            Tensor features = Tensors.cat(List.of(a.square(), b.square(), a.mul(b), a, b, Tensors.onesLike(a)), 2);
            Tensor weights =
                    Tensors.solve(features.slice(1, 0, 6), tasks.answers().slice(1, 0, 6));
            Tensor error = features.matmul(weights).sub(tasks.answers());
            assertThat(Arrays.stream(error.doubles()).map(Math::abs).max().orElseThrow())
                    .isLessThan(1e-9);
        }
    }

    @Test
    void equalArgumentsHaveEqualBooleanValues() {
        try (Scope s = Scope.open()) {
            Sequences tasks = drawn(FunctionFamily.BOOLEAN, 40, 200, 3);
            double[] x = tasks.items().doubles();
            double[] y = tasks.answers().doubles();
            boolean[] met = new boolean[16];
            for (int t = 0; t < 200; t++) {
                double[] table = new double[4];
                for (int i = t * 40; i < (t + 1) * 40; i++) {
                    int row = (x[2 * i] > 0 ? 2 : 0) + (x[2 * i + 1] > 0 ? 1 : 0);
                    assertThat(table[row]).isIn(0.0, y[i]);
                    table[row] = y[i];
                }
                int number = 0;
                for (double value : table) {
                    number = 2 * number + (value > 0 ? 1 : 0);
                }
                met[number] = true;
            }
            assertThat(met).doesNotContain(false);
        }
    }

    @Test
    void drawingTasksTogetherIsDrawingThemOneByOne() {
        try (Scope s = Scope.open()) {
            for (FunctionFamily family : FunctionFamily.values()) {
                FunctionSequences source = new FunctionSequences(family, 5, DType.FLOAT32);
                SplittableRandom rng = new SplittableRandom(4);
                Sequences together = source.sample(3, new SplittableRandom(4));
                for (int t = 0; t < 3; t++) {
                    Sequences one = source.sample(1, rng);
                    assertThat(together.slice(t, t + 1).items().floats())
                            .containsExactly(one.items().floats());
                    assertThat(together.slice(t, t + 1).answers().floats())
                            .containsExactly(one.answers().floats());
                }
            }
        }
    }
}
