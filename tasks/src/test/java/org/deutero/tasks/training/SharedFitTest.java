package org.deutero.tasks.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Chance;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.images.SupervisedProblem;
import org.deutero.tasks.images.SupervisedProblem.Part;
import org.deutero.tasks.problem.Graded;
import org.deutero.tasks.problem.Problems;
import org.deutero.tasks.source.Tasks;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Mlp;
import org.junit.jupiter.api.Test;

/** One data set for all training runs, lengths of runs, families of quadratics and mixtures. */
@SuppressWarnings("try") // scopes are opened for their effect
class SharedFitTest {
    private static final int ITEMS = 9;

    /** Item i has the pixel i and the label i modulo 3. */
    private static Part part(int items) {
        float[] x = new float[items];
        long[] y = new long[items];
        for (int i = 0; i < items; i++) {
            x[i] = i;
            y[i] = i % 3;
        }
        return new Part(x, y, List.of(1, 1, 1), 3);
    }

    private static Problems problems(int tasks, int batch) {
        SupervisedProblem data = new SupervisedProblem(part(ITEMS), part(6));
        return new SharedFits(Mlp.of(1, 3), data, batch, 10).sample(tasks, new SplittableRandom(1));
    }

    /** Logits 0 but for one class, whose logit is the pixel: the loss of an item tells which one it was. */
    private static Params telling(int tasks) {
        return Params.builder()
                .put("l0.weight", Tensor.of(new float[] {1, 1, 1}, 1, 3, 1).tile(tasks))
                .put("l0.bias", Tensors.zeros(DType.FLOAT32, tasks, 3))
                .build();
    }

    @Test
    void miniBatchesAreDifferentItemsOfEachTaskAndStep() {
        try (Scope s = Scope.open()) {
            Problems one = problems(1, 1);
            Params weights = Params.builder()
                    .put("l0.weight", Tensor.of(new float[] {1, 0, -1}, 1, 3, 1))
                    .put("l0.bias", Tensors.zeros(DType.FLOAT32, 1, 3))
                    .build();
            TreeSet<Double> seen = new TreeSet<>();
            double mean = 0;
            for (int t = 0; t < 3000; t++) {
                double loss = one.loss(weights, t).item();
                seen.add(loss);
                mean += loss / 3000;
            }
            assertThat(seen).hasSize(ITEMS);
            Problems all = problems(1, ITEMS);
            assertThat(mean).isCloseTo(all.loss(weights, 0).item(), within(0.3));
            // All but one of the items without repetition: the sum over them is that of all less one loss.
            double whole = all.loss(weights, 0).item() * ITEMS;
            double most = problems(1, ITEMS - 1).loss(weights, 5).item() * (ITEMS - 1);
            assertThat(seen).anyMatch(loss -> Math.abs(whole - most - loss) < 1e-4);
        }
    }

    @Test
    void runsDoNotDependOnTheBatchThatTheyAreIn() {
        try (Scope s = Scope.open()) {
            Problems all = problems(4, 5);
            Params start = all.start();
            double[] losses = all.loss(start, 3).doubles();
            Problems some = all.slice(1, 3);
            assertThat(some.loss(some.start(), 3).doubles())
                    .containsExactly(new double[] {losses[1], losses[2]}, within(1e-6));
            Problems twice = all.repeat(2);
            assertThat(twice.loss(twice.start(), 3).doubles())
                    .startsWith(losses)
                    .endsWith(losses);
            assertThat(all.to(DType.FLOAT64).start().get("l0.weight").dtype()).isEqualTo(DType.FLOAT64);
            assertThat(all.fresh(start, 3).doubles()).isNotEqualTo(losses);
            assertThat(all.upcoming(3).heldOut(start).doubles()).containsExactly(losses);
            assertThat(all.upcoming(3).slice(1, 3).heldOut(some.start()).doubles())
                    .containsExactly(new double[] {losses[1], losses[2]}, within(1e-6));
            assertThat(all.upcoming(3).repeat(2).heldOut(twice.start()).doubles())
                    .startsWith(losses)
                    .endsWith(losses);
        }
    }

    @Test
    void whatIsHeldOutIsGraded() {
        try (Scope s = Scope.open()) {
            Problems two = problems(2, 5);
            Params weights = telling(2).with(Params.of("l0.bias", Tensor.of(new float[] {0, 1, 0, 0, 0, 1}, 2, 3)));
            // Of 6 items 2 have each label; either task answers one label to all.
            assertThat(((Graded) two.problem()).accuracy(weights).doubles())
                    .containsExactly(new double[] {1 / 3.0, 1 / 3.0}, within(1e-6));
            assertThat(two.heldOut(telling(2)).doubles())
                    .containsExactly(new double[] {Math.log(3), Math.log(3)}, within(1e-6));
        }
    }

    @Test
    void lengthsAreDrawnEvenlyInTheirLogarithm() {
        try (Scope s = Scope.open()) {
            TrainingLength length = new TrainingLength(50, 10, 1000);
            TaskSource<Problems> source = length.training(new Quadratics(1, 1, 50));
            SplittableRandom rng = new SplittableRandom(3);
            int short_ = 0;
            int draws = 1000;
            for (int i = 0; i < draws; i++) {
                int steps = source.sample(1, rng).steps();
                assertThat(steps).isBetween(10, 1000);
                short_ += steps < 100 ? 1 : 0;
            }
            assertThat(short_ / (double) draws).isCloseTo(0.5, within(4 * 0.5 / Math.sqrt(draws)));
            Quadratics fixed = new Quadratics(1, 1, 50);
            assertThat(TrainingLength.of(50).training(fixed)).isSameAs(fixed);
            assertThat(new TrainingLength(50, 20, 20)
                            .training(fixed)
                            .sample(1, rng)
                            .steps())
                    .isEqualTo(20);
        }
        assertThatThrownBy(() -> TrainingLength.of(Options.of(Map.of("shortest-steps", 9, "longest-steps", 8)), 5))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("longest-steps is 8, but the shortest run has 9 steps");
    }

    @Test
    void quadraticsOfOtherFamilies() {
        try (Scope s = Scope.open()) {
            Problems points =
                    new Quadratics(3, 3, 5, Quadratics.Entries.IDENTITY, 1).sample(400, new SplittableRandom(1));
            Bowls bowls = (Bowls) points.problem();
            assertThat(bowls.w().select(0, 7).reshape(-1).floats()).containsExactly(1, 0, 0, 0, 1, 0, 0, 0, 1);
            Params x = points.start();
            double[] distance = x.get("x").sub(bowls.y()).square().sum(1).doubles();
            assertThat(points.heldOut(x).doubles()).containsExactly(distance, within(1e-5));
            // Both ends are standard normal in three dimensions.
            assertThat(points.heldOut(x).mean().item()).isCloseTo(6, within(4 * Math.sqrt(24.0 / 400)));
            Bowls uniform = (Bowls) new Quadratics(3, 3, 5, Quadratics.Entries.UNIFORM, 0)
                    .sample(50, new SplittableRandom(1))
                    .problem();
            for (Tensor t : List.of(uniform.w(), uniform.y())) {
                assertThat(t.lt(0).sum().item() + t.gt(1).sum().item()).isZero();
            }
            assertThat(uniform.start(new Chance(new long[50], 0, Chance.Purpose.START))
                            .norm())
                    .isZero();
        }
    }

    @Test
    void everyBatchOfAMixtureIsOfOneFamily() {
        try (Scope s = Scope.open()) {
            ProblemMixture mixture = new ProblemMixture(Map.of(
                    "two", QuadraticSettings.of(Options.of(Map.of("dimensions", 2, "steps", 7))),
                    "three", QuadraticSettings.of(Options.of(Map.of("dimensions", 3, "steps", 9)))));
            Tasks<Problems> tasks = mixture.tasks(Optional.empty(), LoadListener.NONE);
            assertThat(mixture.task().weights()).containsOnlyKeys("two.x", "three.x");
            assertThat(tasks.parts()).containsOnlyKeys("two", "three");
            SplittableRandom rng = new SplittableRandom(1);
            List<Integer> steps = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                Problems batch = tasks.train().sample(2, rng);
                assertThat(batch.start().get("x").size(1)).isEqualTo(batch.steps() == 7 ? 2 : 3);
                steps.add(batch.steps());
            }
            assertThat(steps).contains(7, 9);
        }
    }
}
