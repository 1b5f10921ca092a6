package org.deutero.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.deutero.learn.capability.Servable;
import org.deutero.methods.cavia.Cavia;
import org.deutero.methods.cavia.FeatureWise;
import org.deutero.methods.hyper.Cnaps;
import org.deutero.methods.hyper.CnapsTest;
import org.deutero.methods.hyper.Hypernetwork;
import org.deutero.methods.maml.Adaptation;
import org.deutero.methods.maml.InnerLoop;
import org.deutero.methods.maml.LossWeights;
import org.deutero.methods.maml.Maml;
import org.deutero.methods.maml.PerStep;
import org.deutero.methods.memorization.Bottleneck;
import org.deutero.methods.memorization.MrMaml;
import org.deutero.methods.memorization.Noise;
import org.deutero.methods.metric.FullContext;
import org.deutero.methods.metric.Matching;
import org.deutero.methods.metric.MetricLearner;
import org.deutero.methods.metric.Prototypes;
import org.deutero.methods.metric.Relation;
import org.deutero.methods.neuralprocess.ConditionalHead;
import org.deutero.methods.neuronml.Gates;
import org.deutero.methods.neuronml.NeuronMlTest;
import org.deutero.methods.pretrained.ClassLayer;
import org.deutero.methods.pretrained.NewHead;
import org.deutero.methods.pretrained.Pretrained;
import org.deutero.methods.protomaml.ProtoMaml;
import org.deutero.methods.reptile.MiniBatches;
import org.deutero.methods.reptile.Reptile;
import org.deutero.methods.snail.Snail;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.Headless;
import org.deutero.tensor.nn.Identity;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.optim.Sgd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is kept of a task answers as the learner itself does, for any numbers of examples in any order. */
@ExtendWith(InScope.class)
class ServableTest {
    private static final QueryStatistics SUPPORT = QueryStatistics.SUPPORT;

    private static Maml maml(Adaptation adaptation) {
        return new Maml(
                TestTasks.convNet(3),
                Objective.CROSS_ENTROPY,
                adaptation,
                InnerLoop.of(Sgd.PLAIN, 0.3, 2, 3),
                SUPPORT,
                DType.FLOAT64);
    }

    /** Of four ways, one more than tasks have. */
    private static MetricLearner classifier(QueryStatistics statistics) {
        return new MetricLearner(
                new Headless(TestTasks.convNet(5)),
                new ConditionalHead(Mlp.of(25, 6, 4), 4),
                statistics,
                DType.FLOAT64);
    }

    private static MrMaml regularised(Bottleneck.Form form, int outputs) {
        return new MrMaml(
                new Bottleneck(form, new Headless(TestTasks.convNet(outputs)), 5, -2, 0, Noise.DRAWN),
                0.1,
                Mlp.of(5, 6, 3),
                Objective.CROSS_ENTROPY,
                InnerLoop.of(Sgd.PLAIN, 0.3, 2, 3),
                SUPPORT,
                DType.FLOAT64);
    }

    private static List<Servable<Episodes>> learners() {
        return List.of(
                maml(Adaptation.ALL),
                maml(Adaptation.HEAD),
                new Maml(
                        TestTasks.convNet(3),
                        Objective.CROSS_ENTROPY,
                        Adaptation.ALL_BUT_NORM,
                        InnerLoop.learned(Sgd.PLAIN, 0.3, InnerLoop.Granularity.TENSOR_AND_STEP, 2, 3),
                        new PerStep(LossWeights.LAST, true),
                        SUPPORT,
                        DType.FLOAT64),
                regularised(Bottleneck.Form.WEIGHTS, 5),
                regularised(Bottleneck.Form.ACTIVATIONS, 10),
                new Cavia(
                        new FeatureWise(TestTasks.convNet(3), 4, 1, true),
                        Objective.CROSS_ENTROPY,
                        Sgd.PLAIN,
                        1,
                        2,
                        3,
                        SUPPORT,
                        DType.FLOAT64),
                new Reptile(
                        TestTasks.convNet(3),
                        Objective.CROSS_ENTROPY,
                        Sgd.PLAIN,
                        0.3,
                        2,
                        3,
                        MiniBatches.shuffled(4, 4),
                        SUPPORT,
                        DType.FLOAT64),
                NeuronMlTest.with(SUPPORT, Gates.Granularity.PER_WEIGHT),
                NeuronMlTest.with(SUPPORT, Gates.Granularity.PER_UNIT),
                classifier(SUPPORT),
                classifier(QueryStatistics.RUNNING),
                new MetricLearner(TestTasks.convNet(0), Prototypes.EUCLIDEAN, SUPPORT, DType.FLOAT64),
                new MetricLearner(TestTasks.convNet(0), Prototypes.EUCLIDEAN, QueryStatistics.RUNNING, DType.FLOAT64),
                new MetricLearner(new Identity(), Prototypes.EUCLIDEAN, SUPPORT, DType.FLOAT64),
                new ProtoMaml(TestTasks.convNet(0), 1, true, Sgd.PLAIN, 0.1, 2, 2, SUPPORT, DType.FLOAT64),
                // All examples in one batch: their order must not matter.
                new Pretrained(
                        TestTasks.convNet(0),
                        TestTasks.convNet(0).width(),
                        ClassLayer.COSINE,
                        7,
                        new NewHead(0.1, 0.9, 0.9, 0.001, 3, 100),
                        DType.FLOAT64),
                new MetricLearner(
                        TestTasks.convNet(0),
                        new Matching(
                                Matching.Kernel.COSINE,
                                Optional.of(new FullContext(TestTasks.convNet(0).width(), 2))),
                        SUPPORT,
                        DType.FLOAT64),
                new MetricLearner(
                        TestTasks.convNet(0),
                        new Relation(
                                TestTasks.convNet(0).width(),
                                0,
                                4,
                                Relation.Reduction.MEAN,
                                Relation.Loss.SQUARED_ERROR),
                        QueryStatistics.RUNNING,
                        DType.FLOAT64),
                new MetricLearner(
                        TestTasks.convNet(0),
                        Snail.of(
                                TestTasks.convNet(0).width(),
                                3,
                                new Snail.Sizes(List.of(3, 3), List.of(2, 2), 2, 7, 1)),
                        QueryStatistics.RUNNING,
                        DType.FLOAT64),
                CnapsTest.learner(),
                new Hypernetwork(
                        Mlp.of(75, 8, 6),
                        new FastNetwork(TestTasks.convNet(3), Objective.CROSS_ENTROPY, SUPPORT),
                        3,
                        DType.FLOAT64));
    }

    /** Full-context embeddings and SNAIL go through the support set in its order, as published. */
    private static boolean inContext(Servable<Episodes> learner) {
        return learner instanceof MetricLearner metric
                && (metric.head().sequential()
                        || (metric.head() instanceof Matching matching
                                && matching.context().isPresent()));
    }

    /** Three examples of class 2, two of class 0, one of class 1. */
    private static Episodes uneven() {
        Episodes e = TestTasks.images(1);
        return new Episodes(e.supportX(), TestTasks.labels(1, 2, 0, 2, 1, 0, 2), e.queryX(), e.queryY(), 3);
    }

    private static Params solution(Servable<Episodes> learner, Params theta, Episodes task) {
        Params statistics = learner.statistics().map(t -> t.add(0.3));
        Params phi = learner.begin(theta, task, TestTasks.evaluation(0, statistics));
        int steps = learner.evaluationSteps(task);
        for (int t = 0; t < steps; t++) {
            phi = learner.step(theta, phi, task, TestTasks.evaluation(t, statistics))
                    .state();
        }
        return learner.solution(theta, phi, task, TestTasks.evaluation(steps, statistics));
    }

    @Test
    void theSolutionAnswersAsTheLearnerDoes() {
        for (Servable<Episodes> learner : learners()) {
            Params theta = learner.metaParameters(new SplittableRandom(3));
            Params statistics = learner.statistics().map(t -> t.add(0.3));
            Tensor expected = TestTasks.outputs(learner, theta, uneven(), statistics);
            Params solution = solution(learner, theta, uneven());
            Tensor x = uneven().queryX().select(0, 0);
            TestTasks.assertNear(learner.answer(solution, x), expected.select(0, 0), 1e-11);
            for (int i = 0; i < x.size(0); i++) {
                Tensor alone = learner.answer(solution, x.slice(0, i, i + 1));
                TestTasks.assertNear(alone.squeeze(0), expected.select(0, 0).select(0, i), 1e-11);
            }
        }
    }

    /** Whoever draws mini-batches by row number sees another order of rows as other batches; all others must not. */
    @Test
    void theOrderOfExamplesDoesNotMatter() {
        Episodes other = TestTasks.supportAt(uneven(), 3, 5, 1, 0, 4, 2);
        for (Servable<Episodes> learner : learners()) {
            if (!(learner instanceof Reptile) && !inContext(learner)) {
                Params theta = learner.metaParameters(new SplittableRandom(3));
                Tensor x = uneven().queryX().select(0, 0);
                TestTasks.assertNear(
                        learner.answer(solution(learner, theta, other), x),
                        learner.answer(solution(learner, theta, uneven()), x),
                        1e-10);
            }
        }
    }

    /** An example that is given twice counts twice for gradients, which weigh examples alike, and not at all for a class of nothing else. */
    @Test
    void unequalClassesAreWeighedByTheirExamples() {
        Maml learner = maml(Adaptation.ALL);
        Params theta = learner.metaParameters(new SplittableRandom(3));
        Episodes twice = TestTasks.supportAt(uneven(), 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5);
        Params phi = learner.begin(theta, uneven(), TestTasks.evaluation(0, Params.EMPTY));
        Tensor once = learner.innerLoss(theta, phi, uneven(), TestTasks.evaluation(0, Params.EMPTY));
        TestTasks.assertNear(learner.innerLoss(theta, phi, twice, TestTasks.evaluation(0, Params.EMPTY)), once, 1e-12);

        MetricLearner centroids = new MetricLearner(new Identity(), Prototypes.EUCLIDEAN, SUPPORT, DType.FLOAT64);
        Params thrice = solution(centroids, Params.EMPTY, TestTasks.supportAt(uneven(), 0, 1, 2, 3, 3, 3, 4, 5));
        TestTasks.assertNear(
                thrice.get("memory.prototypes"),
                solution(centroids, Params.EMPTY, uneven()).get("memory.prototypes"),
                1e-12);
        Tensor only = uneven().supportX().select(0, 0).select(0, 3).reshape(-1);
        TestTasks.assertNear(thrice.get("memory.prototypes").select(0, 1), only, 1e-12);
    }

    @Test
    void onlyNetworksWithAHeadLimitTheClasses() {
        for (Servable<Episodes> learner : learners()) {
            boolean anyWay = learner instanceof MetricLearner metric
                    ? !metric.head().fixedClasses()
                    : learner instanceof ProtoMaml || learner instanceof Pretrained || learner instanceof Cnaps;
            assertThat(learner.fixedOutputs()).isEqualTo(!anyWay);
        }
    }

    @Test
    void transductivePrototypesAreRefused() {
        MetricLearner learner =
                new MetricLearner(TestTasks.convNet(0), Prototypes.EUCLIDEAN, QueryStatistics.BATCH, DType.FLOAT64);
        Params theta = learner.metaParameters(new SplittableRandom(3));
        assertThatThrownBy(() -> solution(learner, theta, uneven()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("together with queries");
    }
}
