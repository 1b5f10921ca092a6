package org.deutero.tensor.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.junit.jupiter.api.Test;

/** The kernel by its formula, element by element, and the numbers of parameters of the released notebook. */
class GeneratedKernelTest {
    private static final int IN = 3;
    private static final int OUT = 2;
    private static final int SIZE = 5;
    private static final int CODE = 4;

    @Test
    void everyWeightFollowsTheFormula() {
        try (Scope s = Scope.open()) {
            GeneratedKernel layer = new GeneratedKernel(IN, OUT, SIZE, CODE);
            Params params = Architectures.disturbed(layer.init(new SplittableRandom(1), DType.FLOAT64));
            double[] z = params.get("code").doubles();
            double[] w2 = params.get("spread.weight").doubles();
            double[] b2 = params.get("spread.bias").doubles();
            double[] w1 = params.get("kernel.weight").doubles();
            double[] b1 = params.get("kernel.bias").doubles();
            double[] expected = new double[OUT * IN * SIZE * SIZE];
            for (int o = 0; o < OUT; o++) {
                for (int i = 0; i < IN; i++) {
                    for (int p = 0; p < SIZE * SIZE; p++) {
                        int row = o * SIZE * SIZE + p;
                        double weight = b1[row];
                        for (int d = 0; d < CODE; d++) {
                            double a = b2[i * CODE + d];
                            for (int k = 0; k < CODE; k++) {
                                a += z[k] * w2[(i * CODE + d) * CODE + k];
                            }
                            weight += a * w1[row * CODE + d];
                        }
                        expected[(o * IN + i) * SIZE * SIZE + p] = weight;
                    }
                }
            }
            assertThat(layer.weight(params).shape()).containsExactly(OUT, IN, SIZE, SIZE);
            assertThat(layer.weight(params).doubles()).containsExactly(expected, within(1e-13));
        }
    }

    @Test
    void parametersAreAsManyAsPublished() {
        try (Scope s = Scope.open()) {
            SplittableRandom rng = new SplittableRandom(1);
            assertThat(new GeneratedKernel(16, 16, 7, 4)
                            .init(rng, DType.FLOAT32)
                            .numel())
                    .isEqualTo(4244);
            Initializer start = Initializer.FAN_IN_UNIFORM;
            assertThat(new WideKernelNet(1, 28, 16, 4, 10, start)
                            .init(rng, DType.FLOAT32)
                            .numel())
                    .isEqualTo(12_910);
            assertThat(new WideKernelNet(1, 28, 16, 0, 10, start)
                            .init(rng, DType.FLOAT32)
                            .numel())
                    .isEqualTo(21_210);
        }
    }
}
