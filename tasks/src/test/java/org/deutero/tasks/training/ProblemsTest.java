package org.deutero.tasks.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.deutero.tasks.Chance;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.problem.ProblemShape;
import org.deutero.tasks.problem.Problems;
import org.deutero.tasks.synthetic.GaussianClasses;
import org.deutero.tasks.synthetic.NormalPairs;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Mlp;
import org.junit.jupiter.api.Test;

/** Training problems: closed forms, and mini-batches by the number of their step. */
@SuppressWarnings("try") // scopes are opened for their effect
class ProblemsTest {
    private static final TaskSource<Problems> QUADRATICS = new Quadratics(4, 2, 10);
    private static final TaskSource<Problems> CLASSES =
            new Fits(Mlp.of(3, 5, 2), new GaussianClasses(3, 2, 6, 4), 3, 10);

    @Test
    void quadraticsCostWhatTheySay() {
        try (Scope s = Scope.open()) {
            Tensor w = Tensor.of(new double[] {1, 2, 3, 4}, 1, 2, 2);
            Tensor y = Tensor.of(new double[] {1, -1}, 1, 2);
            Problems all = new Problems(new Bowls(w, y, 2), new long[] {5}, 3);
            Params x = Params.of("x", Tensor.of(new double[] {0.5, -1}, 1, 2));
            // W x - y = (0.5 - 2 - 1, 1.5 - 4 + 1).
            double[] rows = {6.25, 2.25};
            assertThat(all.heldOut(x).item()).isCloseTo(8.5, within(1e-14));
            assertThat(all.loss(x, 0).item()).isCloseTo(8.5, within(1e-14));
            Problems some = new Problems(new Bowls(w, y, 1), new long[] {5}, 3);
            int first = 0;
            for (int t = 0; t < 2000; t++) {
                double loss = some.loss(x, t).item();
                assertThat(loss).isIn(2 * rows[0], 2 * rows[1]);
                first += loss == 2 * rows[0] ? 1 : 0;
            }
            assertThat(first / 2000.0).isCloseTo(0.5, within(4 * 0.5 / Math.sqrt(2000)));
        }
    }

    /** A mean over all items is the mean over mini-batches that part them, whatever was asked before. */
    @Test
    void aMiniBatchIsDifferentItemsFixedByItsStep() {
        try (Scope s = Scope.open()) {
            int items = 7;
            float[] x = new float[items];
            for (int i = 0; i < items; i++) {
                x[i] = i;
            }
            Tensor rows = Tensor.of(x, 1, items, 1).tile(2);
            Chance chance = new Chance(new long[] {1, 2}, 4, Chance.Purpose.STEP);
            Tensor chosen = Rows.of(rows, Rows.draw(chance, 2, items, 5));
            assertThat(chosen.shape()).containsExactly(2, 5, 1);
            for (int t = 0; t < 2; t++) {
                float[] batch = chosen.select(0, t).reshape(-1).floats();
                assertThat(batch).doesNotHaveDuplicates();
            }
            assertThat(chosen.select(0, 0).floats())
                    .isNotEqualTo(chosen.select(0, 1).floats());
            assertThat(Rows.of(rows, Rows.draw(chance, 2, items, 5)).floats()).containsExactly(chosen.floats());
            Chance next = new Chance(new long[] {1, 2}, 5, Chance.Purpose.STEP);
            assertThat(Rows.of(rows, Rows.draw(next, 2, items, 5)).floats()).isNotEqualTo(chosen.floats());
        }
    }

    @Test
    void problemsDoNotDependOnTheBatchThatTheyAreIn() {
        try (Scope s = Scope.open()) {
            for (TaskSource<Problems> source : List.of(QUADRATICS, CLASSES)) {
                Problems all = source.sample(5, new SplittableRandom(2));
                SplittableRandom rng = new SplittableRandom(2);
                Problems first = source.sample(2, rng);
                Problems rest = source.sample(3, rng);
                Params weights = all.start();
                double[] losses = losses(all);
                assertThat(losses(first)).containsExactly(slice(losses, 0, 2), within(1e-5));
                assertThat(losses(rest)).containsExactly(slice(losses, 2, 5), within(1e-5));
                assertThat(losses(all.slice(2, 5))).containsExactly(slice(losses, 2, 5), within(1e-5));
                assertThat(losses(all.repeat(2))).startsWith(losses).endsWith(losses);
                // Weights start the same bits, in whatever batch.
                Params again = rest.start();
                weights.forEach(
                        (name, w) -> assertThat(w.slice(0, 2, 5).contiguous().floats())
                                .containsExactly(again.get(name).floats()));
                assertThat(all.problem().shape()).isEqualTo(ProblemShape.of(weights.task(0)));
            }
        }
    }

    private static double[] slice(double[] values, int from, int to) {
        return Arrays.copyOfRange(values, from, to);
    }

    private static double[] losses(Problems problems) {
        Params weights = problems.start();
        problems.loss(weights, 1);
        return problems.loss(weights, 7)
                .add(problems.heldOut(weights))
                .to(DType.FLOAT64)
                .doubles();
    }

    /** Mean over all mini-batches of one item each: the loss of all items. */
    @Test
    void miniBatchesAreUnbiased() {
        try (Scope s = Scope.open()) {
            Problems one =
                    new Fits(Mlp.of(2, 1), new NormalPairs(2, 1, 4, 3), 1, 10).sample(1, new SplittableRandom(1));
            Fit fit = (Fit) one.problem();
            Problems whole = new Problems(new Fit(fit.network(), fit.data(), 4), one.seeds(), 10);
            Params weights = one.start();
            double[] seen = new double[4000];
            for (int t = 0; t < seen.length; t++) {
                seen[t] = one.loss(weights, t).item();
            }
            double mean = Arrays.stream(seen).average().orElseThrow();
            double variance = Arrays.stream(seen)
                    .map(v -> (v - mean) * (v - mean))
                    .average()
                    .orElseThrow();
            assertThat(Arrays.stream(seen).distinct().count()).isEqualTo(4);
            assertThat(mean).isCloseTo(whole.loss(weights, 0).item(), within(4 * Math.sqrt(variance / seen.length)));
        }
    }

    @Test
    void lossesAreEachTasksOwnAndDifferentiable() {
        try (Scope s = Scope.open()) {
            Problems problems = CLASSES.sample(2, new SplittableRandom(4));
            Params weights = problems.start().leaf();
            Params gradient = Autograd.gradient(problems.loss(weights, 3).select(0, 0), weights, false);
            assertThat(gradient.get("l0.weight").select(0, 1).abs().sum().item())
                    .isZero();
            assertThat(gradient.get("l0.weight").select(0, 0).abs().sum().item())
                    .isPositive();
            Params none = weights.detach().map(Tensors::zerosLike);
            // Even logits: log 2 each, and ties go to one of two classes.
            assertThat(problems.heldOut(none).doubles())
                    .containsExactly(new double[] {Math.log(2), Math.log(2)}, within(1e-6));
        }
    }

    @Test
    void layersAreWhatNamesHaveInCommon() {
        assertThat(Fit.shape(Mlp.of(3, 5, 2)).layers()).containsExactly("l0", "l1");
        assertThat(Bowls.shape(3).layers()).containsExactly("x");
    }

    @Test
    void emptyProblemsAreRefused() {
        assertThatThrownBy(() -> new Quadratics(0, 1, 1)).hasMessageContaining("at least 1 dimension");
        assertThatThrownBy(() -> new Fits(Mlp.of(2, 1), new NormalPairs(2, 1, 4, 3), 1, 0))
                .hasMessage("training needs at least 1 item and 1 step, not 1 and 0");
    }
}
