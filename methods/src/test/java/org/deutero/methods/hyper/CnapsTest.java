package org.deutero.methods.hyper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.deutero.learn.TaskContext;
import org.deutero.learn.gradient.Unroll;
import org.deutero.methods.InScope;
import org.deutero.methods.QueryStatistics;
import org.deutero.methods.TestTasks;
import org.deutero.methods.metric.MetricLearner;
import org.deutero.methods.metric.Prototypes;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Normalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** First the backbone alone, then everything but the backbone. */
@ExtendWith(InScope.class)
public class CnapsTest {
    private static final int SWITCH = 5;
    private static final int TASKS = 4;

    private final Cnaps learner = learner();
    private final Episodes tasks = TestTasks.images(TASKS);
    private final Params theta = learner.metaParameters(new SplittableRandom(3));

    /** A small one, for three classes of small images. */
    public static Cnaps learner() {
        return Cnaps.of(TestTasks.convNet(0), 3, SWITCH, 0.5, DType.FLOAT64);
    }

    private TaskContext at(long iteration) {
        Params statistics = learner.statistics().map(t -> t.add(0.3));
        return TaskContext.training(1, iteration, statistics, observed -> {});
    }

    private Params gradient(long iteration) {
        return Unroll.FULL.estimate(learner, theta, tasks, at(iteration)).gradient();
    }

    @Test
    void theBackboneIsTrainedAloneThenNotAtAll() {
        Params first = gradient(SWITCH - 1);
        Params second = gradient(SWITCH);
        for (String part : new String[] {"encoder", "film", "classifier"}) {
            assertThat(first.child(part).norm()).isZero();
            assertThat(second.child(part).norm()).as(part).isGreaterThan(1e-6);
        }
        assertThat(first.child("backbone").norm()).isGreaterThan(1e-3);
        assertThat(second.child("backbone").norm()).isZero();
    }

    @Test
    void atFirstItIsAPrototypicalNetwork() {
        MetricLearner prototypes =
                new MetricLearner(TestTasks.convNet(0), Prototypes.EUCLIDEAN, QueryStatistics.RUNNING, DType.FLOAT64);
        Params backbone = theta.child("backbone");
        Params expected = TestTasks.adapted(prototypes, backbone, tasks, at(0));
        Params phi = TestTasks.adapted(learner, theta, tasks, at(0));
        TestTasks.assertNear(
                learner.metaLoss(theta, phi, tasks, at(0).at(1, false)),
                prototypes.metaLoss(backbone, expected, tasks, at(0).at(1, false)),
                1e-13);
    }

    /** Without what is generated, a class has the mean of its features as weights: gamma = 1, beta = 0, w = nu, b = 0. */
    @Test
    void withScalesAndPerceptronsAtZeroTheClassifierIsTheMean() {
        Params none = theta.with(theta.filter(n -> n.endsWith("rho") || n.startsWith("classifier."))
                .zerosLike());
        TaskContext context = at(SWITCH);
        Params phi = TestTasks.adapted(learner, none, tasks, context);
        Normalization fixed = Normalization.fixed(context.statistics());
        Tensor support = TestTasks.convNet(0).features(theta.child("backbone"), tasks.supportX(), fixed);
        Tensor queries = TestTasks.convNet(0).features(theta.child("backbone"), tasks.queryX(), fixed);
        Tensor expected = queries.matmul(
                Prototypes.means(support, tasks.supportY(), tasks.way()).transpose(1, 2));
        TestTasks.assertNear(learner.predict(none, phi, tasks, context.at(1, false)), expected, 1e-12);
    }

    @Test
    void theScalesArePenalised() {
        TaskContext context = at(SWITCH);
        Params phi = TestTasks.adapted(learner, theta, tasks, context);
        Cnaps free = Cnaps.of(TestTasks.convNet(0), 3, SWITCH, 0, DType.FLOAT64);
        Tensor difference = learner.metaLoss(theta, phi, tasks, context.at(1, false))
                .sub(free.metaLoss(theta, phi, tasks, context.at(1, false)));
        double squares = Math.pow(theta.filter(n -> n.endsWith("rho")).norm(), 2);
        assertThat(squares).isGreaterThan(1e-7);
        assertThat(difference.mean().item()).isCloseTo(0.5 * squares, within(1e-12));
    }

    /** After the backbone was frozen as well as before, which is what the test of all methods looks at. */
    @Test
    void everyTaskAdaptsUnderItsOwnTheta() {
        TaskContext context = at(SWITCH);
        SplittableRandom rng = new SplittableRandom(8);
        Params own = theta.expand(TASKS)
                .map(t -> t.add(Tensors.normal(rng, DType.FLOAT64, t.shape()).mul(0.05)));
        double[] together = losses(own, context.withOwnTheta());
        for (int i = 0; i < TASKS; i++) {
            assertThat(together[i]).isCloseTo(losses(own.task(i), context)[i], within(1e-11));
        }
    }

    private double[] losses(Params meta, TaskContext context) {
        Params phi = TestTasks.adapted(learner, meta, tasks, context);
        return learner.metaLoss(meta, phi, tasks, context.at(1, false)).doubles();
    }
}
