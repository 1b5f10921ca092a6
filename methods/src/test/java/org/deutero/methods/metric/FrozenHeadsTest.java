package org.deutero.methods.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.Normalization;
import org.junit.jupiter.api.Test;

/** Heads that need no training, against what they are defined by. */
class FrozenHeadsTest {
    private static final int WAY = 3;
    private static final int SHOTS = 4;
    private static final int WIDTH = 5;

    private static Tensor features(int seed, int tasks, int n) {
        Random random = new Random(seed);
        double[] values = random.doubles((long) tasks * n * WIDTH, -1, 1).toArray();
        for (int i = 0; i < values.length; i++) {
            int label = i / WIDTH % n % WAY;
            values[i] += i % WIDTH == label ? 1.5 : 0;
        }
        return Tensor.of(values, tasks, n, WIDTH);
    }

    private static Tensor labels(int tasks, int n) {
        long[] labels = new long[tasks * n];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % n % WAY;
        }
        return Tensor.of(labels, tasks, n);
    }

    private static Params fixed(double lambda) {
        return Params.of("scale", Tensor.of(new double[] {1}, 1))
                .with(Params.of("log-lambda", Tensor.of(new double[] {Math.log(lambda)}, 1)));
    }

    /** The gradient of |XW - Y|^2 + lambda |W|^2 is zero. */
    @Test
    void ridgeIsTheMinimumOfItsLoss() {
        try (Scope s = Scope.open()) {
            int n = WAY * SHOTS;
            Tensor x = features(1, 1, n);
            Params memory = new Ridge(0.3, 1, false).memory(fixed(0.3), x, labels(1, n), WAY);
            double[][] rows = new double[n][WIDTH + 1];
            double size = 0;
            double[] flat = x.doubles();
            for (int i = 0; i < n; i++) {
                rows[i][WIDTH] = 1;
                System.arraycopy(flat, i * WIDTH, rows[i], 0, WIDTH);
                for (double v : rows[i]) {
                    size += v * v / n;
                }
            }
            double[] w = memory.get("weight").doubles();
            for (int c = 0; c < WAY; c++) {
                for (int f = 0; f <= WIDTH; f++) {
                    double gradient = 0.3 * size * w[c * (WIDTH + 1) + f];
                    for (int i = 0; i < n; i++) {
                        double sum = i % WAY == c ? -1 : 0;
                        for (int k = 0; k <= WIDTH; k++) {
                            sum += rows[i][k] * w[c * (WIDTH + 1) + k];
                        }
                        gradient += rows[i][f] * sum;
                    }
                    assertThat(gradient).isCloseTo(0, within(1e-9));
                }
            }
        }
    }

    /** The choice is the one with which regressions without each example miss it least. */
    @Test
    void theChosenDecayLeavesOutBest() {
        try (Scope s = Scope.open()) {
            int n = WAY * SHOTS;
            int tasks = 3;
            Tensor x = features(2, tasks, n);
            Tensor y = labels(tasks, n);
            Params given = new Ridge(1, 1, true).memory(Params.EMPTY, x, y, WAY);
            for (int t = 0; t < tasks; t++) {
                double least = Double.POSITIVE_INFINITY;
                double best = 0;
                for (double choice : new double[] {1e-4, 1e-3, 1e-2, 0.1, 1, 10}) {
                    double error = leftOut(x.slice(0, t, t + 1), y.slice(0, t, t + 1), choice);
                    if (error < least) {
                        least = error;
                        best = choice;
                    }
                }
                Params expected =
                        new Ridge(best, 1, false).memory(fixed(best), x.slice(0, t, t + 1), y.slice(0, t, t + 1), WAY);
                assertThat(given.get("weight").select(0, t).doubles())
                        .as("task %d, decay %s", t, best)
                        .containsExactly(expected.get("weight").doubles(), within(1e-9));
            }
        }
    }

    private static double leftOut(Tensor x, Tensor y, double choice) {
        int n = (int) x.size(1);
        double size = x.square().sum(2).mean(1).doubles()[0] + 1;
        double error = 0;
        for (int i = 0; i < n; i++) {
            Tensor rest = i == 0
                    ? x.slice(1, 1, n)
                    : i == n - 1
                            ? x.slice(1, 0, n - 1)
                            : org.deutero.tensor.Tensors.cat(
                                    java.util.List.of(x.slice(1, 0, i), x.slice(1, i + 1, n)), 1);
            Tensor labels = i == 0
                    ? y.slice(1, 1, n)
                    : i == n - 1
                            ? y.slice(1, 0, n - 1)
                            : org.deutero.tensor.Tensors.cat(
                                    java.util.List.of(y.slice(1, 0, i), y.slice(1, i + 1, n)), 1);
            double others = rest.square().sum(2).mean(1).doubles()[0] + 1;
            double relative = choice * size / others; // the decay is that of all examples
            Ridge ridge = new Ridge(relative, 1, false);
            Params own = fixed(relative);
            double[] given = ridge.logits(
                            own, ridge.memory(own, rest, labels, WAY), x.slice(1, i, i + 1), Normalization.batch())
                    .doubles();
            for (int c = 0; c < WAY; c++) {
                double residual = given[c] - (i % WAY == c ? 1 : 0);
                error += residual * residual;
            }
        }
        return error;
    }

    @Test
    void simpleShotComparesDirectionsFromTheCentre() {
        try (Scope s = Scope.open()) {
            Tensor x = Tensor.of(new double[] {3, 1, 1, 3}, 1, 2, 2);
            Tensor y = Tensor.of(new long[] {0, 1}, 1, 2);
            Tensor q = Tensor.of(new double[] {12, 2}, 1, 1, 2);
            SimpleShot centred = new SimpleShot(true, 1);
            // Centre (2, 2): examples point to (1, -1) and (-1, 1), the query to (1, 0).
            double near = -(2 - 2 / Math.sqrt(2));
            double far = -(2 + 2 / Math.sqrt(2));
            assertThat(centred.logits(Params.EMPTY, centred.memory(Params.EMPTY, x, y, 2), q, Normalization.batch())
                            .doubles())
                    .containsExactly(new double[] {near, far}, within(1e-9));
            SimpleShot plain = new SimpleShot(false, 2);
            double cosine = (12 * 3 + 2) / Math.sqrt(148 * 10);
            assertThat(plain.logits(Params.EMPTY, plain.memory(Params.EMPTY, x, y, 2), q, Normalization.batch())
                            .doubles()[0])
                    .isCloseTo(-2 * (2 - 2 * cosine), within(1e-9));
            assertThat(centred.inseparable()).isPresent();
            assertThat(plain.inseparable()).isEmpty();
        }
    }

    @Test
    void lambdaAndScaleAreMetaLearned() {
        try (Scope s = Scope.open()) {
            Params own = new Ridge(0.1, 10, false).init(new Random(1), DType.FLOAT64);
            assertThat(own.names()).containsExactlyInAnyOrder("scale", "log-lambda");
        }
    }
}
