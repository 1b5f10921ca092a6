package org.deutero.methods.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.deutero.methods.TestTasks.assertNear;

import java.util.List;
import java.util.SplittableRandom;
import org.deutero.learn.Seeds;
import org.deutero.learn.gradient.Unroll;
import org.deutero.learn.gradient.adjoint.Sweep;
import org.deutero.learn.meta.Descent;
import org.deutero.learn.meta.GradientMetaAlgorithm;
import org.deutero.learn.meta.MetaState;
import org.deutero.methods.InScope;
import org.deutero.methods.QueryStatistics;
import org.deutero.methods.TestTasks;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Identity;
import org.deutero.tensor.nn.Linear;
import org.deutero.tensor.nn.Network;
import org.deutero.tensor.nn.Normalization;
import org.deutero.tensor.optim.Sgd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InScope.class)
class PrototypesTest {
    private static final MetricLearner CENTROIDS =
            new MetricLearner(new Identity(), Prototypes.EUCLIDEAN, QueryStatistics.SUPPORT, DType.FLOAT64);

    @Test
    void classesMayHaveDifferentNumbersOfShots() {
        Tensor x = Tensor.of(new double[] {1, 10, 3, 20, 8, 30}, 1, 6, 1);
        Tensor means = Prototypes.means(x, TestTasks.labels(1, 0, 1, 0, 1, 0, 1), 2);
        assertThat(means.doubles()).containsExactly(new double[] {4, 20}, within(1e-14));
        Tensor uneven = Prototypes.means(x, TestTasks.labels(1, 0, 2, 0, 1, 0, 0), 3);
        assertThat(uneven.doubles()).containsExactly(new double[] {10.5, 20, 10}, within(1e-14));
    }

    @Test
    void logitsAreMinusSquaredDistances() {
        Tensor features = Tensor.of(new double[] {1, 2, -1, 0}, 1, 2, 2);
        Tensor prototypes = Tensor.of(new double[] {0, 0, 4, 6, 1, 2}, 1, 3, 2);
        assertThat(Prototypes.minusSquaredDistances(features, prototypes).doubles())
                .containsExactly(new double[] {-5, -25, 0, -1, -61, -8}, within(1e-13));
    }

    /** Up to what all classes share, prototypes are a linear layer with weights 2 c and biases -|c|^2. */
    @Test
    void prototypesAreALinearHead() {
        Episodes tasks = TestTasks.images(4);
        Params phi = CENTROIDS
                .step(Params.EMPTY, Params.EMPTY, tasks, TestTasks.evaluation(0, Params.EMPTY))
                .state();
        Tensor c = phi.get("prototypes");
        Params head = Params.builder()
                .put("weight", c.mul(2))
                .put("bias", c.square().sum(2).neg())
                .build();
        Tensor linear = Linear.apply(head, tasks.queryX().flatten(2));
        Tensor logits = CENTROIDS.predict(Params.EMPTY, phi, tasks, TestTasks.evaluation(1, Params.EMPTY));
        assertNear(logits.logSoftmax(2), linear.logSoftmax(2), 1e-11);
    }

    @Test
    void anInputAtAPrototypeBelongsToIt() {
        Episodes tasks = TestTasks.images(4);
        Episodes own = new Episodes(
                tasks.supportX(),
                tasks.supportY(),
                tasks.supportX()
                        .indexSelect(1, Tensor.of(new long[] {0, 2, 4}, 3))
                        .add(tasks.supportX().indexSelect(1, Tensor.of(new long[] {1, 3, 5}, 3)))
                        .mul(0.5),
                TestTasks.labels(4, 0, 1, 2),
                3);
        Tensor logits = TestTasks.outputs(CENTROIDS, Params.EMPTY, own, Params.EMPTY);
        assertThat(logits.argmax(2).longs()).containsExactly(0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2);
        assertNear(logits.max(2), Tensors.zeros(DType.FLOAT64, 4, 3), 1e-11);
    }

    @Test
    void beforeAnyExperienceAllClassesAreAlike() {
        Tensor logits = CENTROIDS.predict(
                Params.EMPTY, Params.EMPTY, TestTasks.images(2), TestTasks.evaluation(0, Params.EMPTY));
        assertThat(logits.shape()).containsExactly(2, 6, 3);
        assertThat(logits.abs().sum().item()).isZero();
    }

    /** After updates from uneven shards, running moments are the exponential average of what each batch had. */
    @Test
    void runningStatisticsAreTheExponentialAverageOfRecordedMoments() {
        Network encoder = TestTasks.convNet(0);
        MetricLearner learner =
                new MetricLearner(encoder, Prototypes.EUCLIDEAN, QueryStatistics.RUNNING, DType.FLOAT64);
        for (var estimator : List.of(Unroll.FULL, Sweep.ALL)) {
            var algorithm = new GradientMetaAlgorithm<>(learner, estimator, Descent.of(Sgd.PLAIN, 0.05));
            MetaState state = algorithm.init(Seeds.generator(1, "x"));
            Params expected = encoder.initialMoments(DType.FLOAT64);
            assertNear(state.statistics(), expected, 0);
            Episodes tasks = TestTasks.images(5);
            for (int i = 0; i < 4; i++) {
                Normalization.Recording recording = Normalization.recording();
                encoder.apply(state.theta(), Tensors.cat(List.of(tasks.supportX(), tasks.queryX()), 1), recording);
                expected = expected.mul(0.9).addScaled(recording.moments().map(t -> t.mean(0)), 0.1);
                state = algorithm
                        .update(
                                state,
                                List.of(
                                        algorithm.contribute(state, tasks.slice(0, 3), 1),
                                        algorithm.contribute(state, tasks.slice(3, 5), 2)))
                        .state();
                assertNear(state.statistics(), expected, 1e-12);
                tasks = TestTasks.tasksAt(tasks, 4, 3, 2, 1, 0);
            }
        }
    }

    @Test
    void useWithRunningStatisticsTakesThemFromTheState() {
        Network encoder = TestTasks.convNet(0);
        MetricLearner learner =
                new MetricLearner(encoder, Prototypes.EUCLIDEAN, QueryStatistics.RUNNING, DType.FLOAT64);
        Params theta = learner.metaParameters(new SplittableRandom(1));
        Params moments = learner.statistics().map(t -> t.add(0.3));
        Episodes tasks = TestTasks.images(2);
        Normalization fixed = Normalization.fixed(moments);
        Tensor support = encoder.features(theta, tasks.supportX(), fixed);
        Tensor expected = Prototypes.minusSquaredDistances(
                encoder.features(theta, tasks.queryX(), fixed), Prototypes.means(support, tasks.supportY(), 3));
        assertNear(TestTasks.outputs(learner, theta, tasks, moments), expected, 1e-12);
    }
}
