package org.deutero.methods.weighting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.deutero.learn.TaskContext;
import org.deutero.learn.capability.ModelTraining;
import org.deutero.learn.gradient.ExampleWeights;
import org.deutero.learn.gradient.Unroll;
import org.deutero.learn.meta.BilevelMetaAlgorithm;
import org.deutero.learn.meta.Contribution;
import org.deutero.learn.meta.Descent;
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.learn.meta.MetaState;
import org.deutero.methods.TestTasks;
import org.deutero.methods.maml.MamlMethods;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.optim.Adam;
import org.deutero.tensor.optim.Sgd;
import org.junit.jupiter.api.Test;

/** Gates, samplers and weights on a network with batch normalisation: the cheap gradient is the one by double backward, and virtual steps leave no trace. */
class WeightingTest {
    private static final WeightNet NET = new WeightNet(8, WeightNet.Input.LOSS, WeightNet.Weighting.NORMALISED);
    private static final Alignment MEAN = new Alignment(0.3, Alignment.Pooling.MEAN);
    private static final Alignment MOMENTS = new Alignment(0.3, Alignment.Pooling.MOMENTS);
    private static final List<String> SAMPLED = List.of("conv1.weight", "norm1.bias", "head.weight", "head.bias");

    private static Classifier classifier(DType dtype) {
        return new Classifier(TestTasks.convNet(3), ModelTraining.of(new Sgd(0.9, false), 0.5), dtype);
    }

    private static SampledGate sampled(int layers, GateSampler.Pooling pooling, boolean lastOnly, boolean throughStep) {
        FixedGate always = FixedGate.last(TestTasks.convNet(3), 0);
        return new SampledGate(
                always, SAMPLED, new GateSampler(layers, 5, 2, pooling), 1.5, 0.1, lastOnly, throughStep);
    }

    private static List<MetaWeightNet> learners(DType dtype) {
        Classifier c = classifier(dtype);
        GateSampler.Pooling paper = GateSampler.Pooling.MEAN;
        GateSampler.Pooling released = GateSampler.Pooling.STANDARDISED_SUM;
        FixedGate last = FixedGate.last(c.network(), 1);
        WeightNet log = new WeightNet(8, WeightNet.Input.LOG, WeightNet.Weighting.MEAN);
        return List.of(
                new MetaWeightNet(c, NET, 0),
                new MetaWeightNet(c, log, 0.2),
                new MetaWeightNet(c, NET, 0, last, 0.1, MEAN),
                new MetaWeightNet(c, NET, 0, last, 0.1, MOMENTS),
                new MetaWeightNet(c, NET, 0, sampled(2, paper, false, false), 0.1, MEAN),
                new MetaWeightNet(c, NET, 0, sampled(3, released, true, true), 0.1, MOMENTS));
    }

    private static Params gradient(MetaGradient estimator, MetaWeightNet learner, Params theta, Episodes tasks) {
        Estimate found = estimator.estimate(
                BilevelMetaAlgorithm.hyperPart(learner, theta),
                theta.filter(name -> !name.startsWith("model.")),
                tasks,
                TaskContext.training(3));
        return found.gradient();
    }

    @Test
    void theCheapGradientIsTheExactOne() {
        for (DType dtype : List.of(DType.FLOAT64, DType.FLOAT32)) {
            try (Scope s = Scope.open()) {
                Episodes tasks = TestTasks.images(2).to(dtype);
                for (MetaWeightNet learner : learners(dtype)) {
                    Params theta = learner.metaParameters(new SplittableRandom(4));
                    Params exact = gradient(Unroll.FULL, learner, theta, tasks);
                    Params cheap = gradient(ExampleWeights.EXACT, learner, theta, tasks);
                    double bound = dtype == DType.FLOAT64 ? 1e-9 : 1e-5;
                    assertThat(exact.child("weight-net").norm()).isGreaterThan(1e-4);
                    assertThat(cheap.sub(exact).norm() / exact.norm()).isLessThan(bound);
                    if (learner.gate() instanceof SampledGate) {
                        assertThat(exact.child("sampler").norm()).isGreaterThan(1e-4);
                    }
                }
            }
        }
    }

    @Test
    void aGateOfTheEstimatorIsThatOfTheLearner() {
        try (Scope s = Scope.open()) {
            Episodes tasks = TestTasks.images(1).to(DType.FLOAT64);
            Classifier c = classifier(DType.FLOAT64);
            MetaWeightNet open = new MetaWeightNet(c, NET, 0);
            Params theta = open.metaParameters(new SplittableRandom(4));
            for (int layers : new int[] {1, 3, 5, 9}) {
                MetaWeightNet gated =
                        new MetaWeightNet(c, NET, 0, FixedGate.last(c.network(), layers), 0.1, Alignment.NONE);
                Params expected = gradient(Unroll.FULL, gated, theta, tasks);
                Params found = gradient(ExampleWeights.last(layers), open, theta, tasks);
                assertThat(found.sub(expected).norm() / expected.norm()).isLessThan(1e-9);
            }
        }
    }

    @Test
    void aDifferenceComesClose() {
        try (Scope s = Scope.open()) {
            Episodes tasks = TestTasks.images(1).to(DType.FLOAT64);
            MetaWeightNet learner = learners(DType.FLOAT64).get(0);
            Params theta = learner.metaParameters(new SplittableRandom(4));
            Params exact = gradient(Unroll.FULL, learner, theta, tasks);
            Params close =
                    gradient(new ExampleWeights(ExampleWeights.Tangent.DIFFERENCE, 1e-4, 0), learner, theta, tasks);
            assertThat(close.sub(exact).norm() / exact.norm()).isBetween(1e-12, 1e-5);
        }
    }

    @Test
    void onlyTheModelsOwnStepIsObserved() {
        try (Scope s = Scope.open()) {
            MetaWeightNet learner = learners(DType.FLOAT32).get(4);
            var algorithm = new BilevelMetaAlgorithm<>(learner, ExampleWeights.EXACT, Descent.of(Adam.DEFAULT, 0.01));
            Episodes tasks = TestTasks.images(1).to(DType.FLOAT32);
            MetaState start = algorithm.init(new SplittableRandom(1));
            Contribution virtual = algorithm.contribute(start, 0, tasks, 5);
            MetaState hyper = algorithm.update(start, List.of(virtual)).state();
            assertThat(hyper.theta().get("model.head.weight").doubles())
                    .isEqualTo(start.theta().get("model.head.weight").doubles());
            assertThat(hyper.theta().get("sampler.head.bias.l0.weight").doubles())
                    .isNotEqualTo(
                            start.theta().get("sampler.head.bias.l0.weight").doubles());
            assertThat(hyper.statistics().flatten().doubles())
                    .isEqualTo(start.statistics().flatten().doubles());
            MetaState trained = algorithm
                    .update(hyper, List.of(algorithm.contribute(hyper, 0, tasks, 5)))
                    .state();
            assertThat(trained.statistics().flatten().doubles())
                    .isNotEqualTo(start.statistics().flatten().doubles());
        }
    }

    /** With logits far apart the gates are known, and so are the budget and what passes. */
    @Test
    void gatesChangeGradientsAndNotValues() {
        try (Scope s = Scope.open()) {
            SampledGate gate = sampled(2, GateSampler.Pooling.MEAN, false, false);
            Params model = classifier(DType.FLOAT64).init(new SplittableRandom(1));
            Params own =
                    gate.init(new SplittableRandom(2), model, DType.FLOAT64).map(t -> t.mul(0));
            own = own.with(Params.of("head.weight.l1.bias", Tensor.of(new double[] {50, -50}, 2)))
                    .with(Params.of("conv1.weight.l1.bias", Tensor.of(new double[] {-50, 50}, 2)))
                    .with(Params.of("norm1.bias.l1.bias", Tensor.of(new double[] {-50, 50}, 2)))
                    .with(Params.of("head.bias.l1.bias", Tensor.of(new double[] {50, -50}, 2)));
            Params gradient = model.expand(2).map(t -> t.add(1)).leaf();
            Gate.Passed passed =
                    gate.pass(own, gradient, TaskContext.training(1).at(0, true));
            passed.gradient().forEach((name, g) -> {
                assertThat(g.doubles()).isEqualTo(gradient.get(name).doubles());
                assertThat(g.requiresGrad()).as(name).isEqualTo(name.startsWith("head."));
            });
            // Two gates are open, where the budget is 1.5.
            assertThat(passed.loss().doubles()).containsExactly(new double[] {0.025, 0.025}, within(1e-12));
        }
    }

    @Test
    void whatCannotBeIsRefused() {
        TaskShape classes = TaskShape.images(1, 8, 3);
        Options method = Options.at("method", Map.of());
        var other = MamlMethods.MAML.learner(method, Options.at("network", Map.of("blocks", 1)), classes);
        assertThatThrownBy(() -> ExampleWeights.EXACT.require(other))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("weights of training examples");
    }
}
