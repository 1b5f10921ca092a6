package org.deutero.methods.maml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.deutero.methods.TestTasks.assertNear;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.deutero.learn.Estimate;
import org.deutero.learn.TaskContext;
import org.deutero.learn.gradient.Sweep;
import org.deutero.learn.gradient.Unroll;
import org.deutero.methods.InScope;
import org.deutero.methods.QueryStatistics;
import org.deutero.methods.TestTasks;
import org.deutero.methods.maml.InnerLoop.Granularity;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.optim.Sgd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Losses, rates and normalisation of every step's own: MAML++. */
@ExtendWith(InScope.class)
class PerStepTest {
    private static final int STEPS = 3;

    private final Episodes images = TestTasks.images(3);

    private static Maml learner(LossWeights losses, boolean norm, Granularity granularity) {
        return new Maml(
                TestTasks.convNet(3),
                Objective.CROSS_ENTROPY,
                Adaptation.ALL_BUT_NORM,
                InnerLoop.learned(Sgd.PLAIN, 0.2, granularity, STEPS, STEPS + 2),
                new PerStep(losses, norm),
                QueryStatistics.BATCH,
                DType.FLOAT64);
    }

    private static Maml plusPlus() {
        return learner(new LossWeights.Annealed(10, 1), true, Granularity.TENSOR_AND_STEP);
    }

    /** A theta in which no two rows of a table are equal. */
    private static Params theta(Maml learner) {
        SplittableRandom rng = new SplittableRandom(4);
        return learner.metaParameters(rng).map(t -> t.add(Tensors.uniform(rng, -0.05, 0.05, DType.FLOAT64, t.shape())));
    }

    private static TaskContext training(long iteration) {
        return TaskContext.training(1, iteration, Params.EMPTY, observed -> {});
    }

    @Test
    void annealedWeightsStartEqualAndSumToOne() {
        LossWeights annealed = new LossWeights.Annealed(5000, 500);
        assertThat(annealed.weights(5, 0)).containsExactly(new double[] {0.2, 0.2, 0.2, 0.2, 0.2}, within(1e-15));
        assertThat(annealed.weights(5, 499)).isEqualTo(annealed.weights(5, 0));
        for (long iteration = 0; iteration < 6000; iteration += 250) {
            assertThat(Arrays.stream(annealed.weights(5, iteration)).sum()).isCloseTo(1, within(1e-14));
        }
    }

    /** Epoch 7 of 10 with 4 steps: 1/4 - 7/40 = 0.075 and 1/4 + 21/40 = 0.775. */
    @Test
    void annealedWeightsFallByTheFormula() {
        LossWeights annealed = new LossWeights.Annealed(5000, 500);
        assertThat(annealed.weights(4, 3600)).containsExactly(new double[] {0.075, 0.075, 0.075, 0.775}, within(1e-15));
    }

    /** With 100 epochs the last ones would go below 0.03/T. */
    @Test
    void annealedWeightsHaveAFloor() {
        LossWeights annealed = new LossWeights.Annealed(100, 1);
        assertThat(annealed.weights(4, 96)[0]).isCloseTo(0.01, within(1e-15));
        assertThat(annealed.weights(4, 99))
                .containsExactly(new double[] {0.0075, 0.0075, 0.0075, 0.9775}, within(1e-15));
        assertThat(annealed.weights(4, 100)).containsExactly(0, 0, 0, 1);
        assertThat(annealed.weights(1, 3)).containsExactly(new double[] {1}, within(1e-15));
    }

    @Test
    void afterAnnealingItIsMaml() {
        Maml annealed = learner(new LossWeights.Annealed(10, 5), false, Granularity.FIXED);
        Maml plain = learner(LossWeights.LAST, false, Granularity.FIXED);
        Params theta = theta(plain);
        Estimate expected = Unroll.FULL.estimate(plain, theta, images, training(10));
        Estimate after = Unroll.FULL.estimate(annealed, theta, images, training(10));
        assertNear(after.losses(), expected.losses(), 0);
        assertNear(after.gradient(), expected.gradient(), 0);
        Estimate before = Unroll.FULL.estimate(annealed, theta, images, training(9));
        assertThat(TestTasks.difference(before.losses(), expected.losses())).isGreaterThan(1e-3);
    }

    @Test
    void theLossIsTheWeightedSumOfTheLossesOnTheWay() {
        Maml learner = plusPlus();
        Params theta = theta(learner);
        double[] weights = learner.perStep().losses().weights(STEPS, 4);
        Tensor expected = Tensors.zeros(DType.FLOAT64, images.size());
        for (int t = 1; t <= STEPS; t++) {
            Params phi = learner.begin(theta, images, training(4).at(0, false));
            for (int i = 0; i < t; i++) {
                phi = learner.step(theta, phi, images, training(4).at(i, false)).state();
            }
            // Used, not trained, a learner gives its loss without a weight.
            Tensor loss = learner.metaLoss(
                    theta, phi, images, TaskContext.evaluation(1, Params.EMPTY).at(t, false));
            expected = expected.addScaled(loss, weights[t - 1]);
        }
        assertNear(Unroll.FULL.estimate(learner, theta, images, training(4)).losses(), expected, 1e-13);
        assertNear(Sweep.ALL.estimate(learner, theta, images, training(4)).losses(), expected, 1e-13);
    }

    @Test
    void everyEntryOfEveryTableIsTrainedAndAgreesWithFiniteDifferences() {
        Maml learner = plusPlus();
        Params theta = theta(learner);
        assertThat(theta.get("rate.conv0.weight").shape()).containsExactly(STEPS);
        assertThat(theta.get("norm1.bias").shape()).containsExactly(STEPS, 4);
        assertThat(theta.names()).noneMatch(n -> n.startsWith("rate.norm"));
        Params exact = Unroll.FULL.estimate(learner, theta, images, training(4)).gradient();
        assertNear(Sweep.SQRT.estimate(learner, theta, images, training(4)).gradient(), exact, 1e-11);
        for (String name : List.of("norm0.weight", "norm1.bias", "rate.conv1.weight", "rate.head.bias")) {
            Tensor table = theta.get(name);
            double[] gradient = exact.get(name).doubles();
            for (int i = 0; i < gradient.length; i++) {
                double[] unit = new double[gradient.length];
                unit[i] = 1e-5;
                Tensor step = Tensor.of(unit, table.shape());
                double difference = (loss(learner, theta.with(Params.of(name, table.add(step))))
                                - loss(learner, theta.with(Params.of(name, table.sub(step)))))
                        / 2e-5;
                assertThat(gradient[i]).as("%s %d", name, i).isCloseTo(difference, within(1e-7));
                assertThat(Math.abs(gradient[i])).as("%s %d", name, i).isGreaterThan(1e-6);
            }
        }
    }

    private double loss(Maml learner, Params theta) {
        return Sweep.ALL
                .estimate(learner, theta, images, training(4))
                .losses()
                .sum()
                .item();
    }

    /** Queries after the last step see the row of the last support pass. */
    @Test
    void theFinalQueriesUseTheLastRow() {
        Maml learner = plusPlus();
        Params theta = theta(learner);
        Params phi = TestTasks.adapted(learner, theta, images);
        Params last = theta.filter(n -> n.startsWith("norm")).map(t -> t.select(0, STEPS - 1));
        assertNear(
                learner.predict(theta, phi, images, TestTasks.evaluation(STEPS, Params.EMPTY)),
                learner.network().apply(theta.with(last).with(phi), images.queryX()),
                1e-13);
    }

    @Test
    void stepsBeyondThoseTrainedRepeatTheLastRow() {
        Maml learner = plusPlus();
        Params theta = theta(learner);
        Params phi = TestTasks.adapted(learner, theta, images);
        assertNear(
                learner.step(theta, phi, images, TestTasks.evaluation(STEPS + 1, Params.EMPTY))
                        .state(),
                learner.step(theta, phi, images, TestTasks.evaluation(STEPS - 1, Params.EMPTY))
                        .state(),
                0);
    }

    @ParameterizedTest
    @EnumSource(Granularity.class)
    void tasksMayHaveMetaParametersOfTheirOwn(Granularity granularity) {
        Maml learner = learner(new LossWeights.Annealed(10, 1), true, granularity);
        Params a = theta(learner);
        Params b = a.map(t -> t.mul(1.1));
        Params own = a.zip(b, (x, y) -> Tensors.stack(List.of(x, y, x), 0));
        TaskContext context = training(4).withOwnTheta();
        Tensor losses = Sweep.ALL.estimate(learner, own, images, context).losses();
        Tensor underA = Sweep.ALL.estimate(learner, a, images, training(4)).losses();
        Tensor underB = Sweep.ALL.estimate(learner, b, images, training(4)).losses();
        assertThat(losses.doubles())
                .containsExactly(
                        new double[] {underA.doubles()[0], underB.doubles()[1], underA.doubles()[2]}, within(1e-12));
    }

    @Test
    void aRateForEachTensorServesAllSteps() {
        Maml learner = learner(LossWeights.LAST, false, Granularity.TENSOR);
        Maml fixed = learner(LossWeights.LAST, false, Granularity.FIXED);
        Params theta = learner.metaParameters(new SplittableRandom(4));
        assertThat(theta.get("rate.head.weight").doubles()).containsExactly(0.2);
        assertNear(TestTasks.adapted(learner, theta, images), TestTasks.adapted(fixed, theta, images), 1e-14);
    }

    @Test
    void ratesCountAsAtLeastTheLowest() {
        Maml free = learner(LossWeights.LAST, false, Granularity.TENSOR);
        InnerLoop inner = free.inner();
        Maml bounded = new Maml(
                free.network(),
                free.objective(),
                free.adaptation(),
                new InnerLoop(
                        inner.optimizer(),
                        inner.rate(),
                        inner.granularity(),
                        inner.highestRate(),
                        OptionalDouble.of(0),
                        inner.steps(),
                        inner.evaluationSteps()),
                free.queryStatistics(),
                free.dtype());
        Params theta = free.metaParameters(new SplittableRandom(4));
        Params negative = theta.with(Params.of("rate.head.weight", Tensor.of(new double[] {-0.2}, 1)));
        Params stays = TestTasks.adapted(bounded, negative, images);
        assertNear(
                Params.of("w", stays.get("head.weight")),
                Params.of("w", theta.expand(images.size()).get("head.weight")),
                0);
        assertThat(TestTasks.adapted(free, negative, images)
                        .get("head.weight")
                        .sub(stays.get("head.weight"))
                        .abs()
                        .sum()
                        .item())
                .isGreaterThan(1e-3);
        assertNear(TestTasks.adapted(bounded, theta, images), TestTasks.adapted(free, theta, images), 0);
    }

    @Test
    void aNormalisationOfEveryStepsOwnIsNotAdapted() {
        assertThatThrownBy(() -> new Maml(
                        TestTasks.convNet(3),
                        Objective.CROSS_ENTROPY,
                        Adaptation.ALL,
                        InnerLoop.of(Sgd.PLAIN, 0.1, 1, 1),
                        new PerStep(LossWeights.LAST, true),
                        QueryStatistics.BATCH,
                        DType.FLOAT64))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not adapted by the inner loop");
    }
}
