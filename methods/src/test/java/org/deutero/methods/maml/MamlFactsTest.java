package org.deutero.methods.maml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.deutero.methods.TestTasks.assertNear;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import org.deutero.learn.TaskContext;
import org.deutero.learn.gradient.Unroll;
import org.deutero.learn.gradient.adjoint.MixedMode;
import org.deutero.learn.gradient.adjoint.Store;
import org.deutero.learn.gradient.adjoint.Sweep;
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.methods.InScope;
import org.deutero.methods.QueryStatistics;
import org.deutero.methods.TestTasks;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.DType;
import org.deutero.tensor.Losses;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.nn.Network;
import org.deutero.tensor.nn.Normalization;
import org.deutero.tensor.optim.Sgd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is known of MAML and its kin without an implementation to compare with. */
@ExtendWith(InScope.class)
class MamlFactsTest {
    private static final double RATE = 0.2;
    private static final Mlp NET = new Mlp(List.of(2, 6, 5, 1), Activation.TANH, Initializer.FAN_IN_UNIFORM);
    private static final List<MetaGradient> EXACT =
            List.of(Unroll.FULL, Sweep.ALL, Sweep.SQRT, Sweep.AUTO, new MixedMode(Store.AUTO));

    private final Episodes tasks = TestTasks.regression();

    private static Maml maml(Adaptation adaptation, int steps) {
        return new Maml(
                NET,
                Objective.SQUARED_ERROR,
                adaptation,
                InnerLoop.of(Sgd.PLAIN, RATE, steps, steps),
                QueryStatistics.BATCH,
                DType.FLOAT64);
    }

    /** One step on one layer, in closed form: the layer named moves against its own gradient, all others stay. */
    @Test
    void onlyWhatIsNamedMoves() {
        for (String pattern : List.of("l1", "l*.bias", "l0.weight", "head", "body")) {
            Maml some = Maml.builder(NET, Objective.SQUARED_ERROR, InnerLoop.of(Sgd.PLAIN, RATE, 1, 1))
                    .adapted(new Adapted(List.of(pattern)))
                    .dtype(DType.FLOAT64)
                    .build();
            Maml all = maml(Adaptation.ALL, 1);
            Params theta = theta(all);
            Params moved = some.step(
                            theta,
                            some.begin(theta, tasks, TaskContext.training(1).at(0, true)),
                            tasks,
                            TaskContext.training(1).at(0, true))
                    .state();
            Params whole = all.step(
                            theta,
                            all.begin(theta, tasks, TaskContext.training(1).at(0, true)),
                            tasks,
                            TaskContext.training(1).at(0, true))
                    .state();
            Set<String> expected = switch (pattern) {
                case "l1" -> Set.of("l1.weight", "l1.bias");
                case "l*.bias" -> Set.of("l0.bias", "l1.bias", "l2.bias");
                case "l0.weight" -> Set.of("l0.weight");
                case "head" -> Set.of("l2.weight", "l2.bias");
                default -> Set.of("l0.weight", "l0.bias", "l1.weight", "l1.bias");
            };
            assertThat(some.weights(moved).names()).isEqualTo(expected);
            expected.forEach(name -> assertThat(moved.get(name).doubles())
                    .containsExactly(whole.get(name).doubles(), within(1e-12)));
        }
    }

    private static Params theta(Maml learner) {
        return learner.metaParameters(new SplittableRandom(4));
    }

    private Params gradient(MetaGradient estimator, Maml learner, Params theta) {
        return estimator
                .estimate(learner, theta, tasks, TaskContext.training(1))
                .gradient();
    }

    private Tensor supportLosses(Params weights) {
        return Losses.squaredError(NET.apply(weights, tasks.supportX()), tasks.supportY());
    }

    private Tensor queryLosses(Params weights) {
        return Losses.squaredError(NET.apply(weights, tasks.queryX()), tasks.queryY());
    }

    @Test
    void firstOrderGradientIsThePlainGradientAtTheAdaptedPoint() {
        Maml learner = maml(Adaptation.ALL, 3);
        Params theta = theta(learner);
        Params phi = TestTasks.adapted(learner, theta, tasks).leaf();
        Params plain = Autograd.gradient(queryLosses(phi).sum(), phi, false).map(t -> t.sum(0));
        assertNear(gradient(Unroll.FIRST_ORDER, learner, theta), plain, 1e-13);
    }

    @Test
    void secondOrderGradientIsAnother() {
        Maml learner = maml(Adaptation.ALL, 3);
        Params theta = theta(learner);
        Params first = gradient(Unroll.FIRST_ORDER, learner, theta);
        for (MetaGradient exact : EXACT) {
            Params second = gradient(exact, learner, theta);
            assertThat(second.sub(first).norm()).isGreaterThan(0.05 * first.norm());
        }
    }

    /** With one step the exact gradient is (1 - alpha H) times the first-order one, task by task. */
    @Test
    void secondOrderOfOneStepIsAHessianProductAway() {
        Maml learner = maml(Adaptation.ALL, 1);
        Params theta = theta(learner);
        Params start = theta.expand(tasks.size()).copy();
        Params phi = TestTasks.adapted(learner, theta, tasks).leaf();
        Params plain = Autograd.gradient(queryLosses(phi).sum(), phi, false);
        Params product = Autograd.hessianVector(p -> supportLosses(p).sum(), start, plain);
        Params expected = plain.addScaled(product, -RATE).map(t -> t.sum(0));
        for (MetaGradient exact : EXACT) {
            assertNear(gradient(exact, learner, theta), expected, 1e-13);
        }
    }

    @Test
    void withoutStepsItIsOrdinaryTraining() {
        Maml learner = maml(Adaptation.ALL, 0);
        Params theta = theta(learner);
        Params leaf = theta.leaf();
        Params plain = Autograd.gradient(queryLosses(leaf).sum(), leaf, false);
        for (MetaGradient exact : EXACT) {
            assertNear(gradient(exact, learner, theta), plain, 1e-13);
        }
    }

    /** The loss must be taken at the adapted weights, not at those before. */
    @ParameterizedTest
    @EnumSource(Adaptation.class)
    void supportLossFallsWithEveryStep(Adaptation adaptation) {
        Maml learner = maml(adaptation, 5);
        Params theta = theta(learner);
        Params phi = learner.begin(theta, tasks, TestTasks.training(0));
        Episodes onSupport = new Episodes(tasks.supportX(), tasks.supportY(), tasks.supportX(), tasks.supportY(), 0);
        double[] before =
                learner.metaLoss(theta, phi, onSupport, TestTasks.training(0)).doubles();
        for (int t = 0; t < 5; t++) {
            phi = learner.step(theta, phi, tasks, TestTasks.training(t)).state();
            double[] after = learner.metaLoss(theta, phi, onSupport, TestTasks.training(t))
                    .doubles();
            for (int task = 0; task < tasks.size(); task++) {
                assertThat(after[task]).isLessThan(before[task]);
            }
            before = after;
        }
    }

    @ParameterizedTest
    @EnumSource(Adaptation.class)
    void onlyTheLayersOfTheAdaptationMoveAndAllAreMetaLearned(Adaptation adaptation) {
        Maml learner = maml(adaptation, 2);
        Params theta = theta(learner);
        Params phi = TestTasks.adapted(learner, theta, tasks).filter(n -> !n.startsWith("cache."));
        List<String> head = List.of("l2.weight", "l2.bias");
        List<String> body = List.of("l0.weight", "l0.bias", "l1.weight", "l1.bias");
        switch (adaptation) {
            case ALL, ALL_BUT_NORM -> assertThat(phi.names()).containsExactlyInAnyOrderElementsOf(theta.names());
            case HEAD -> assertThat(phi.names()).containsExactlyInAnyOrderElementsOf(head);
            case BODY -> assertThat(phi.names()).containsExactlyInAnyOrderElementsOf(body);
        }
        phi.forEach((name, t) -> {
            for (int task = 0; task < tasks.size(); task++) {
                assertThat(TestTasks.difference(t.select(0, task), theta.get(name)))
                        .as(name)
                        .isGreaterThan(1e-4);
            }
        });
        for (MetaGradient estimator : List.of(Unroll.FULL, Sweep.ALL, Unroll.FIRST_ORDER)) {
            gradient(estimator, learner, theta)
                    .forEach((name, g) ->
                            assertThat(g.abs().sum().item()).as(name).isGreaterThan(1e-4));
        }
    }

    @Test
    void normalisationMayStayAsItIsMetaLearned() {
        Network net = TestTasks.convNet(3);
        Episodes images = TestTasks.images(4);
        Maml learner = new Maml(
                net,
                Objective.CROSS_ENTROPY,
                Adaptation.ALL_BUT_NORM,
                InnerLoop.of(Sgd.PLAIN, 0.3, 2, 2),
                QueryStatistics.BATCH,
                DType.FLOAT64);
        Params theta = theta(learner);
        Params leaf = theta.leaf();
        Params moved = leaf.filter(n -> !n.startsWith("norm")).expand(4);
        for (int t = 0; t < 2; t++) {
            Tensor loss = Losses.crossEntropy(net.apply(leaf.with(moved), images.supportX()), images.supportY());
            moved = moved.addScaled(Autograd.gradient(loss.sum(), moved, true), -0.3);
        }
        assertThat(TestTasks.adapted(learner, theta, images).names())
                .containsExactlyInAnyOrder(
                        "conv0.weight", "conv0.bias", "conv1.weight", "conv1.bias", "head.weight", "head.bias");
        Tensor losses = Losses.crossEntropy(net.apply(leaf.with(moved), images.queryX()), images.queryY());
        Params expected = Autograd.gradient(losses.sum(), leaf, false);
        for (MetaGradient exact : EXACT) {
            assertNear(
                    exact.estimate(learner, theta, images, TaskContext.training(1))
                            .gradient(),
                    expected,
                    1e-11);
        }
    }

    /** ANIL by a loop that runs the whole network in every step and caches nothing. */
    @Test
    void anilWithCachedFeaturesEqualsAnilWithout() {
        Maml learner = maml(Adaptation.HEAD, 3);
        Params theta = theta(learner);
        Params leaf = theta.leaf();
        Params head = leaf.filter(n -> n.startsWith("l2.")).expand(tasks.size());
        for (int t = 0; t < 3; t++) {
            head = head.addScaled(
                    Autograd.gradient(supportLosses(leaf.with(head)).sum(), head, true), -RATE);
        }
        Tensor losses = queryLosses(leaf.with(head));
        Params expected = Autograd.gradient(losses.sum(), leaf, false);
        for (MetaGradient exact : EXACT) {
            Estimate e = exact.estimate(learner, theta, tasks, TaskContext.training(1));
            assertNear(e.losses(), losses, 1e-13);
            assertNear(e.gradient(), expected, 1e-13);
        }
    }

    @Test
    void anilOnImagesEqualsAnilWithoutCache() {
        Network net = TestTasks.convNet(3);
        Episodes images = TestTasks.images(4);
        Maml learner = new Maml(
                net,
                Objective.CROSS_ENTROPY,
                Adaptation.HEAD,
                InnerLoop.of(Sgd.PLAIN, 0.3, 2, 2),
                QueryStatistics.BATCH,
                DType.FLOAT64);
        Params theta = theta(learner);
        Params leaf = theta.leaf();
        Params head = leaf.filter(n -> n.startsWith("head.")).expand(4);
        for (int t = 0; t < 2; t++) {
            Tensor loss = Losses.crossEntropy(net.apply(leaf.with(head), images.supportX()), images.supportY());
            head = head.addScaled(Autograd.gradient(loss.sum(), head, true), -0.3);
        }
        Tensor losses = Losses.crossEntropy(net.apply(leaf.with(head), images.queryX()), images.queryY());
        Params expected = Autograd.gradient(losses.sum(), leaf, false);
        for (MetaGradient exact : EXACT) {
            Estimate e = exact.estimate(learner, theta, images, TaskContext.training(1));
            assertNear(e.losses(), losses, 1e-12);
            assertNear(e.gradient(), expected, 1e-12);
        }
    }

    /** d F / d alpha = - grad F(phi_1) o grad L(theta), summed over tasks. */
    @Test
    void gradientOfLearnedRatesAfterOneStep() {
        Maml learner = new Maml(
                NET,
                Objective.SQUARED_ERROR,
                Adaptation.ALL,
                new InnerLoop(
                        Sgd.PLAIN,
                        0.05,
                        InnerLoop.Granularity.WEIGHT,
                        OptionalDouble.of(0.3),
                        OptionalDouble.empty(),
                        1,
                        1),
                QueryStatistics.BATCH,
                DType.FLOAT64);
        Params theta = theta(learner);
        Params weights = theta.filter(n -> !n.startsWith("rate."));
        Params rates = theta.child("rate");
        assertThat(rates.names()).isEqualTo(weights.names());
        rates.forEach((name, r) -> {
            assertThat(r.shape()).isEqualTo(weights.get(name).shape());
            for (double x : r.doubles()) {
                assertThat(x).isBetween(0.05, 0.3);
            }
        });
        Params start = weights.expand(tasks.size()).copy().leaf();
        Params inner = Autograd.gradient(supportLosses(start).sum(), start, false);
        Params phi = start.detach().sub(inner.zip(rates, Tensor::mul)).leaf();
        Params outer = Autograd.gradient(queryLosses(phi).sum(), phi, false);
        Params expected = outer.zip(inner, (o, i) -> o.mul(i).sum(0).neg());
        for (MetaGradient estimator : List.of(Unroll.FULL, Sweep.ALL, Unroll.FIRST_ORDER)) {
            assertNear(gradient(estimator, learner, theta).child("rate"), expected, 1e-13);
        }
    }

    @Test
    void predictionsComeFromTheAdaptedWeights() {
        Maml learner = maml(Adaptation.ALL, 3);
        Params theta = theta(learner);
        Params phi = TestTasks.adapted(learner, theta, tasks);
        assertNear(
                learner.predict(theta, phi, tasks, TestTasks.training(3)),
                NET.apply(phi, tasks.queryX(), Normalization.batch()),
                1e-14);
    }

    @Test
    void runningStatisticsAreRefused() {
        assertThatThrownBy(() -> new Maml(
                        NET,
                        Objective.SQUARED_ERROR,
                        Adaptation.ALL,
                        InnerLoop.of(Sgd.PLAIN, 0.1, 1, 1),
                        QueryStatistics.RUNNING,
                        DType.FLOAT64))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected batch or support");
    }

    @Test
    void whatIsBuiltIsWhatItsPartsSay() {
        Network network = Mlp.of(1, 4, 1);
        InnerLoop inner = InnerLoop.of(Sgd.PLAIN, 0.1, 1, 1);
        assertThat(Maml.builder(network, Objective.SQUARED_ERROR, inner).build())
                .isEqualTo(new Maml(
                        network, Objective.SQUARED_ERROR, Adaptation.ALL, inner, QueryStatistics.BATCH, DType.FLOAT32));
        assertThat(Maml.builder(network, Objective.SQUARED_ERROR, inner)
                        .adaptation(Adaptation.HEAD)
                        .perStep(PerStep.NOTHING)
                        .queryStatistics(QueryStatistics.SUPPORT)
                        .dtype(DType.FLOAT64)
                        .build())
                .isEqualTo(new Maml(
                        network,
                        Objective.SQUARED_ERROR,
                        Adaptation.HEAD,
                        inner,
                        QueryStatistics.SUPPORT,
                        DType.FLOAT64));
    }
}
