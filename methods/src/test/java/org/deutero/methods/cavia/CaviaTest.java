package org.deutero.methods.cavia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.deutero.methods.TestTasks.assertNear;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.deutero.learn.TaskContext;
import org.deutero.learn.gradient.MixedMode;
import org.deutero.learn.gradient.Store;
import org.deutero.learn.gradient.Sweep;
import org.deutero.learn.gradient.Unroll;
import org.deutero.methods.InScope;
import org.deutero.methods.QueryStatistics;
import org.deutero.methods.TestTasks;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tensor.DType;
import org.deutero.tensor.Functional;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.ConvNet;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Linear;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.nn.Normalization;
import org.deutero.tensor.optim.Sgd;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is known of context adaptation without an implementation to compare with. */
@ExtendWith(InScope.class)
class CaviaTest {
    private static final TaskContext TRAINING = TaskContext.training(1);
    private static final Concatenated PERCEPTRON =
            Concatenated.widening(new Mlp(List.of(2, 6, 1), Activation.TANH, Initializer.FAN_IN_UNIFORM), 3);
    private static final FeatureWise IMAGES = new FeatureWise(TestTasks.convNet(3), 3, 1, true);

    private static Cavia learner(ContextNetwork network, double rate) {
        Objective objective = network == PERCEPTRON ? Objective.SQUARED_ERROR : Objective.CROSS_ENTROPY;
        return new Cavia(network, objective, Sgd.PLAIN, rate, 2, 3, QueryStatistics.BATCH, DType.FLOAT64);
    }

    private static Params theta(Cavia learner) {
        return learner.metaParameters(new SplittableRandom(4));
    }

    private static Stream<DynamicTest> each(BiConsumer<Cavia, Episodes> check) {
        return Stream.of(PERCEPTRON, IMAGES)
                .map(network -> DynamicTest.dynamicTest(network.getClass().getSimpleName(), () -> {
                    try (Scope s = Scope.open()) {
                        check.accept(
                                learner(network, 0.7),
                                network == PERCEPTRON ? TestTasks.regression() : TestTasks.images(3));
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> theMetaGradientAgreesWithFiniteDifferences() {
        return each((learner, tasks) -> {
            Params theta = theta(learner);
            Params exact = Unroll.FULL.estimate(learner, theta, tasks, TRAINING).gradient();
            assertNear(Sweep.SQRT.estimate(learner, theta, tasks, TRAINING).gradient(), exact, 1e-12);
            SplittableRandom rng = new SplittableRandom(5);
            for (int i = 0; i < 4; i++) {
                Params direction = theta.map(t -> Tensors.normal(rng, DType.FLOAT64, t.shape()));
                double expected = (loss(learner, theta.addScaled(direction, 1e-6), tasks)
                                - loss(learner, theta.addScaled(direction, -1e-6), tasks))
                        / 2e-6;
                assertThat(exact.dot(direction).item())
                        .isCloseTo(expected, within(1e-6 * Math.max(1, Math.abs(expected))));
            }
            Params first =
                    Unroll.FIRST_ORDER.estimate(learner, theta, tasks, TRAINING).gradient();
            assertThat(first.sub(exact).norm()).isGreaterThan(1e-3 * exact.norm());
        });
    }

    private static double loss(Cavia learner, Params theta, Episodes tasks) {
        return Sweep.ALL
                .estimate(learner, theta, tasks, TRAINING)
                .losses()
                .sum()
                .item();
    }

    @Test
    void mixedModeServesIt() {
        Cavia learner = learner(PERCEPTRON, 0.7);
        Params theta = theta(learner);
        Episodes tasks = TestTasks.regression();
        assertNear(
                new MixedMode(Store.ALL)
                        .estimate(learner, theta, tasks, TRAINING)
                        .gradient(),
                Unroll.FULL.estimate(learner, theta, tasks, TRAINING).gradient(),
                1e-12);
    }

    @TestFactory
    Stream<DynamicTest> onlyTheContextMovesAndItStartsAtZero() {
        return each((learner, tasks) -> {
            Params theta = theta(learner);
            Params start = learner.begin(theta, tasks, TestTasks.training(0));
            assertThat(start.names()).containsExactly("context");
            assertThat(start.get("context").shape()).containsExactly(tasks.size(), 3);
            assertThat(start.get("context").doubles()).containsOnly(0);
            Tensor end = TestTasks.adapted(learner, theta, tasks).get("context");
            for (int task = 0; task < tasks.size(); task++) {
                assertThat(end.select(0, task).abs().sum().item()).isGreaterThan(1e-4);
            }
            assertThat(TestTasks.difference(end.select(0, 0), end.select(0, 1))).isGreaterThan(1e-4);
        });
    }

    /** Where the context has no way in it stays at zero, and outputs are those of the network alone. */
    @Test
    void withoutWeightsOfTheContextNothingAdapts() {
        Cavia learner = learner(PERCEPTRON, 0.7);
        Params theta = theta(learner);
        Tensor first = theta.get("l0.weight");
        Tensor deaf = Tensors.cat(List.of(first.slice(1, 0, 2), Tensors.zeros(DType.FLOAT64, 6, 3)), 1);
        Params phi = TestTasks.adapted(learner, theta.with(Params.of("l0.weight", deaf)), TestTasks.regression());
        assertThat(phi.get("context").doubles()).containsOnly(0);

        Cavia images = learner(IMAGES, 0.7);
        Params film = theta(images).with(Params.of("film.weight", Tensors.zeros(DType.FLOAT64, 8, 3)));
        Params after = TestTasks.adapted(images, film, TestTasks.images(3));
        assertThat(after.get("context").doubles()).containsOnly(0);
    }

    @Test
    void aModulationByOneAndZeroChangesNothing() {
        Episodes tasks = TestTasks.images(3);
        Params theta = IMAGES.init(new SplittableRandom(4), DType.FLOAT64);
        Tensor neutral = Tensors.cat(List.of(Tensors.ones(DType.FLOAT64, 4), Tensors.zeros(DType.FLOAT64, 4)), 0);
        assertNear(
                IMAGES.apply(
                        theta.with(Params.of("film.bias", neutral)),
                        Tensors.zeros(DType.FLOAT64, 3, 3),
                        tasks.queryX(),
                        Normalization.batch()),
                IMAGES.network().apply(theta, tasks.queryX()),
                1e-13);
    }

    /** With a negative gamma it matters that pooling comes first and the activation last. */
    @Test
    void theModulationSitsBetweenPoolingAndActivation() {
        ConvNet net = new ConvNet(
                2,
                6,
                1,
                4,
                ConvNet.Halving.MAX_POOL,
                true,
                Activation.RELU,
                ConvNet.Readout.FLATTEN,
                3,
                Initializer.FAN_IN_UNIFORM);
        FeatureWise network = new FeatureWise(net, 3, 0, false);
        SplittableRandom rng = new SplittableRandom(4);
        Params theta =
                network.init(rng, DType.FLOAT64).with(Params.of("film.bias", Tensors.full(-0.8, DType.FLOAT64, 8)));
        Episodes tasks = TestTasks.images(3);
        Tensor context = Tensors.normal(rng, DType.FLOAT64, 3, 3);
        Tensor both = Functional.linear(context, theta.get("film.weight"), theta.get("film.bias"));
        Tensor outputs = network.apply(theta, context, tasks.queryX(), Normalization.batch());
        for (int task = 0; task < 3; task++) {
            Tensor h = Functional.conv2d(
                    tasks.queryX().select(0, task), theta.get("conv0.weight"), theta.get("conv0.bias"), 1, 1, 1);
            h = Functional.batchNorm(h, theta.get("norm0.weight"), theta.get("norm0.bias"), 1e-5);
            h = Functional.maxPool2d(h, 2);
            Tensor row = both.select(0, task);
            h = h.mul(row.slice(0, 0, 4).reshape(1, 4, 1, 1))
                    .add(row.slice(0, 4, 8).reshape(1, 4, 1, 1));
            Tensor expected =
                    Linear.apply(theta.child("head"), h.relu().flatten(1).unsqueeze(0));
            assertNear(outputs.select(0, task), expected.squeeze(0), 1e-12);
        }
    }

    @Test
    void gammaStartsAtOneUnlessToldOtherwise() {
        Params one = IMAGES.init(new SplittableRandom(4), DType.FLOAT64);
        assertThat(one.get("film.bias").slice(0, 0, 4).doubles()).containsOnly(1);
        Params released =
                new FeatureWise(TestTasks.convNet(3), 3, 1, false).init(new SplittableRandom(4), DType.FLOAT64);
        for (double b : released.get("film.bias").doubles()) {
            assertThat(Math.abs(b)).isLessThan(1 / Math.sqrt(3));
        }
        assertNear(
                one.get("film.bias").slice(0, 4, 8), released.get("film.bias").slice(0, 4, 8), 0);
    }

    @TestFactory
    Stream<DynamicTest> tasksMayHaveMetaParametersOfTheirOwn() {
        return each((learner, tasks) -> {
            Params a = theta(learner);
            Params b = a.map(t -> t.mul(1.2));
            Params own = a.zip(b, (x, y) -> Tensors.stack(List.of(x, y, x), 0));
            double[] underA =
                    Unroll.FULL.estimate(learner, a, tasks, TRAINING).losses().doubles();
            double[] underB =
                    Unroll.FULL.estimate(learner, b, tasks, TRAINING).losses().doubles();
            assertThat(Unroll.FULL
                            .estimate(learner, own, tasks, TRAINING.withOwnTheta())
                            .losses()
                            .doubles())
                    .containsExactly(new double[] {underA[0], underB[1], underA[2]}, within(1e-12));
        });
    }

    @Test
    void aBlockThatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> new FeatureWise(TestTasks.convNet(3), 3, 2, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no block 2");
    }
}
