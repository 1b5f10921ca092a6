package org.deutero.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deutero.methods.TestTasks.assertNear;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.deutero.learn.Predictor;
import org.deutero.learn.TaskContext;
import org.deutero.learn.gradient.Unroll;
import org.deutero.methods.cavia.Cavia;
import org.deutero.methods.cavia.FeatureWise;
import org.deutero.methods.imaml.ImplicitMaml;
import org.deutero.methods.imaml.Proximity;
import org.deutero.methods.maml.Adaptation;
import org.deutero.methods.maml.InnerLoop;
import org.deutero.methods.maml.InnerLoop.Granularity;
import org.deutero.methods.maml.LossWeights;
import org.deutero.methods.maml.Maml;
import org.deutero.methods.maml.PerStep;
import org.deutero.methods.metric.MetricLearner;
import org.deutero.methods.metric.Prototypes;
import org.deutero.methods.neuronml.Gates;
import org.deutero.methods.neuronml.NeuronMlTest;
import org.deutero.methods.reptile.MiniBatches;
import org.deutero.methods.reptile.Reptile;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.optim.Adam;
import org.deutero.tensor.optim.Sgd;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** What must not matter to any classifier: the order of tasks, of support items, of queries, and the numbering of classes. */
@ExtendWith(InScope.class)
class SymmetriesTest {
    /** More tasks than classes: nothing may confuse the two. */
    private static final int TASKS = 5;

    private static Maml maml(Adaptation adaptation, InnerLoop inner, QueryStatistics statistics) {
        return new Maml(TestTasks.convNet(3), Objective.CROSS_ENTROPY, adaptation, inner, statistics, DType.FLOAT64);
    }

    private static Map<String, Predictor<Episodes>> learners() {
        InnerLoop plain = InnerLoop.of(Sgd.PLAIN, 0.3, 2, 3);
        Map<String, Predictor<Episodes>> learners = new LinkedHashMap<>();
        for (Adaptation adaptation : Adaptation.values()) {
            for (QueryStatistics s : new QueryStatistics[] {QueryStatistics.BATCH, QueryStatistics.SUPPORT}) {
                learners.put("MAML " + adaptation + " " + s, maml(adaptation, plain, s));
            }
            learners.put(
                    "Meta-SGD " + adaptation,
                    maml(
                            adaptation,
                            new InnerLoop(
                                    Sgd.PLAIN,
                                    0.3,
                                    Granularity.WEIGHT,
                                    OptionalDouble.of(0.4),
                                    OptionalDouble.empty(),
                                    2,
                                    2),
                            QueryStatistics.BATCH));
        }
        learners.put(
                "MAML with inner Adam",
                maml(Adaptation.ALL, InnerLoop.of(Adam.DIFFERENTIABLE, 0.01, 2, 2), QueryStatistics.BATCH));
        for (QueryStatistics s : new QueryStatistics[] {QueryStatistics.BATCH, QueryStatistics.SUPPORT}) {
            learners.put(
                    "MAML++ " + s,
                    new Maml(
                            TestTasks.convNet(3),
                            Objective.CROSS_ENTROPY,
                            Adaptation.ALL_BUT_NORM,
                            InnerLoop.learned(Sgd.PLAIN, 0.3, Granularity.TENSOR_AND_STEP, 2, 3),
                            new PerStep(new LossWeights.Annealed(10, 5), true),
                            s,
                            DType.FLOAT64));
        }
        for (QueryStatistics s : new QueryStatistics[] {QueryStatistics.BATCH, QueryStatistics.SUPPORT}) {
            learners.put(
                    "CAVIA " + s,
                    new Cavia(
                            new FeatureWise(TestTasks.convNet(3), 3, 1, true),
                            Objective.CROSS_ENTROPY,
                            Sgd.PLAIN,
                            1,
                            2,
                            2,
                            s,
                            DType.FLOAT64));
        }
        for (Proximity.Course course : Proximity.Course.values()) {
            learners.put(
                    "iMAML " + course,
                    new ImplicitMaml(
                            TestTasks.convNet(3),
                            Objective.CROSS_ENTROPY,
                            InnerLoop.of(Sgd.PLAIN, 0.2, 3, 3),
                            new Proximity(2, 1, course),
                            QueryStatistics.BATCH,
                            DType.FLOAT64));
        }
        for (Gates.Granularity granularity : Gates.Granularity.values()) {
            learners.put(
                    "NeuronML " + granularity,
                    NeuronMlTest.learner(TestTasks.convNet(3), Objective.CROSS_ENTROPY, granularity));
        }
        MiniBatches full = (tasks, context) -> {
            int n = tasks.supportSize() + (context.training() ? tasks.querySize() : 0);
            return Tensors.range(n).unsqueeze(0).expand(tasks.size(), -1);
        };
        learners.put(
                "Reptile with full batches",
                new Reptile(
                        TestTasks.convNet(3),
                        Objective.CROSS_ENTROPY,
                        Sgd.PLAIN,
                        0.1,
                        2,
                        2,
                        full,
                        QueryStatistics.BATCH,
                        DType.FLOAT64));
        for (QueryStatistics s : QueryStatistics.values()) {
            learners.put(
                    "prototypes " + s, new MetricLearner(TestTasks.convNet(0), Prototypes.EUCLIDEAN, s, DType.FLOAT64));
        }
        return learners;
    }

    private static Stream<DynamicTest> each(Consumer<Predictor<Episodes>> check) {
        return learners().entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> {
                    try (Scope s = Scope.open()) {
                        check.accept(e.getValue());
                    }
                }));
    }

    private static Params theta(Predictor<Episodes> learner) {
        return learner.metaParameters(new SplittableRandom(3));
    }

    private static Tensor outputs(Predictor<Episodes> learner, Episodes tasks) {
        return TestTasks.outputs(learner, theta(learner), tasks, learner.statistics());
    }

    private static Tensor losses(Predictor<Episodes> learner, Episodes tasks) {
        Params theta = theta(learner);
        Params phi = TestTasks.adapted(learner, theta, tasks);
        return learner.metaLoss(theta, phi, tasks, TestTasks.training(learner.steps(tasks)));
    }

    @TestFactory
    Stream<DynamicTest> permutingTasksPermutesLossesAndOutputs() {
        return each(learner -> {
            Episodes tasks = TestTasks.images(TASKS);
            Tensor order = Tensor.of(new long[] {3, 0, 4, 1, 2}, TASKS);
            Episodes permuted = TestTasks.tasksAt(tasks, order.longs());
            assertNear(losses(learner, permuted), losses(learner, tasks).indexSelect(0, order), 1e-11);
            assertNear(outputs(learner, permuted), outputs(learner, tasks).indexSelect(0, order), 1e-11);
            assertThat(TestTasks.difference(losses(learner, permuted), losses(learner, tasks)))
                    .isGreaterThan(1e-3);
        });
    }

    @TestFactory
    Stream<DynamicTest> aTaskLearnsTheSameAloneAndInCompany() {
        return each(learner -> {
            Episodes tasks = TestTasks.images(TASKS);
            for (int i = 0; i < TASKS; i++) {
                assertNear(
                        losses(learner, tasks.slice(i, i + 1)),
                        losses(learner, tasks).slice(0, i, i + 1),
                        1e-11);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> orderOfSupportItemsDoesNotMatter() {
        return each(learner -> {
            Episodes tasks = TestTasks.images(TASKS);
            Episodes shuffled = TestTasks.supportAt(tasks, 4, 0, 3, 1, 5, 2);
            assertNear(outputs(learner, shuffled), outputs(learner, tasks), 1e-10);
            assertNear(losses(learner, shuffled), losses(learner, tasks), 1e-10);
        });
    }

    @TestFactory
    Stream<DynamicTest> supportLabelsMatter() {
        return each(learner -> {
            Episodes tasks = TestTasks.images(TASKS);
            Episodes other = new Episodes(
                    tasks.supportX(), TestTasks.labels(TASKS, 1, 2, 0, 2, 1, 0), tasks.queryX(), tasks.queryY(), 3);
            assertThat(TestTasks.difference(outputs(learner, other), outputs(learner, tasks)))
                    .isGreaterThan(1e-3);
        });
    }

    /** Class c becomes c + 1: outputs move by one place. A learned head must be renumbered with them. */
    @TestFactory
    Stream<DynamicTest> numberingOfClassesDoesNotMatter() {
        return each(learner -> {
            Episodes tasks = TestTasks.images(TASKS);
            Episodes renamed = new Episodes(
                    tasks.supportX(),
                    TestTasks.labels(TASKS, 1, 1, 2, 2, 0, 0),
                    tasks.queryX(),
                    TestTasks.labels(TASKS, 1, 1, 2, 2, 0, 0),
                    3);
            Tensor oldPlace = Tensor.of(new long[] {2, 0, 1}, 3);
            Params theta = theta(learner);
            Params moved = theta.with(theta.filter(n -> n.contains("head."))
                    // Rates of whole tensors, [steps], know no classes.
                    .map(t -> t.size(0) == 3 ? t.indexSelect(0, oldPlace) : t));
            Tensor expected = TestTasks.outputs(learner, theta, tasks, learner.statistics());
            Tensor actual = TestTasks.outputs(learner, moved, renamed, learner.statistics());
            assertNear(actual, expected.indexSelect(2, oldPlace), 1e-10);
        });
    }

    @TestFactory
    Stream<DynamicTest> everyLearnerCanBeTrainedThroughItsSteps() {
        return each(learner -> {
            Params theta = theta(learner);
            var estimate = Unroll.FULL.estimate(
                    learner, theta, TestTasks.images(TASKS), TaskContext.training(1, 0, learner.statistics(), p -> {}));
            assertThat(estimate.gradient().allFinite()).isTrue();
            estimate.gradient().forEach((name, g) -> {
                // A convolution's bias is taken away by the normalisation that follows.
                if (!name.matches(".*conv\\d\\.bias")) {
                    assertThat(g.abs().sum().item()).as(name).isGreaterThan(1e-6);
                }
            });
        });
    }

    /** Without batch statistics of queries each query is answered by itself; with them queries see each other. */
    @TestFactory
    Stream<DynamicTest> queriesSeeEachOtherWithBatchStatisticsOnly() {
        return each(learner -> {
            Episodes tasks = TestTasks.images(TASKS);
            Tensor together = outputs(learner, tasks);
            boolean batch = !learner.toString().contains("queryStatistics=SUPPORT")
                    && !learner.toString().contains("queryStatistics=RUNNING");
            double largest = 0;
            for (int i = 0; i < tasks.querySize(); i++) {
                Tensor alone = outputs(learner, TestTasks.query(tasks, i));
                largest = Math.max(largest, TestTasks.difference(alone, together.slice(1, i, i + 1)));
            }
            if (batch) {
                assertThat(largest).isGreaterThan(1e-2);
            } else {
                assertThat(largest).isLessThan(1e-11);
            }
        });
    }
}
