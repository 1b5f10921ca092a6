package org.deutero.methods.protomaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.deutero.methods.TestTasks.assertNear;

import java.util.Arrays;
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
import org.deutero.tensor.nn.Headless;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.nn.Network;
import org.deutero.tensor.optim.Sgd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InScope.class)
class ProtoMamlTest {
    private static final Network ENCODER = new Headless(Mlp.of(72, 6, 4));

    private static ProtoMaml learner(int steps, boolean encoderToo) {
        return new ProtoMaml(
                ENCODER, 1, encoderToo, Sgd.PLAIN, 0.05, steps, steps, QueryStatistics.SUPPORT, DType.FLOAT64);
    }

    private static Params theta() {
        return learner(0, true).metaParameters(new SplittableRandom(2));
    }

    /** W = 2 c, b = -|c|^2: the same probabilities, and the same meta-gradient through them. */
    @Test
    void withoutStepsItIsAPrototypicalNetwork() {
        Episodes tasks = TestTasks.images(3);
        MetricLearner protonet =
                new MetricLearner(ENCODER, Prototypes.EUCLIDEAN, QueryStatistics.SUPPORT, DType.FLOAT64);
        for (boolean encoderToo : new boolean[] {true, false}) {
            ProtoMaml none = learner(0, encoderToo);
            assertNear(
                    TestTasks.outputs(none, theta(), tasks, Params.EMPTY).logSoftmax(2),
                    TestTasks.outputs(protonet, theta(), tasks, Params.EMPTY).logSoftmax(2),
                    1e-10);
            Params expected = Unroll.FULL
                    .estimate(protonet, theta(), tasks, TaskContext.training(1))
                    .gradient();
            Params gradient = Unroll.FULL
                    .estimate(none, theta(), tasks, TaskContext.training(1))
                    .gradient();
            for (String name : expected.names()) {
                assertNear(gradient.get(name), expected.get(name), 1e-9);
            }
        }
    }

    /** The meta-gradient goes through the head's start and through the steps, against central differences. */
    @Test
    void theMetaGradientIsWhatDifferencesSay() {
        Episodes tasks = TestTasks.images(2);
        for (boolean encoderToo : new boolean[] {true, false}) {
            ProtoMaml learner = learner(2, encoderToo);
            Params gradient = Unroll.FULL
                    .estimate(learner, theta(), tasks, TaskContext.training(1))
                    .gradient();
            Params direction = learner.metaParameters(new SplittableRandom(9));
            double slope = gradient.dot(direction).item();
            double h = 1e-5;
            double difference = (loss(learner, theta().addScaled(direction, h), tasks)
                            - loss(learner, theta().addScaled(direction, -h), tasks))
                    / (2 * h);
            assertThat(slope).isCloseTo(difference, within(1e-5 * Math.abs(difference) + 1e-8));
        }
    }

    private static double loss(ProtoMaml learner, Params theta, Episodes tasks) {
        return Unroll.FULL
                .estimate(learner, theta, tasks, TaskContext.training(1))
                .losses()
                .sum()
                .item();
    }

    @Test
    void stepsLowerTheSupportLoss() {
        Episodes tasks = TestTasks.images(2);
        for (boolean encoderToo : new boolean[] {true, false}) {
            ProtoMaml learner = learner(5, encoderToo);
            Params phi = learner.begin(theta(), tasks, TestTasks.evaluation(0, Params.EMPTY));
            Tensor before = learner.innerLoss(theta(), phi, tasks, TestTasks.evaluation(0, Params.EMPTY));
            for (int t = 0; t < 5; t++) {
                phi = learner.step(theta(), phi, tasks, TestTasks.evaluation(t, Params.EMPTY))
                        .state();
            }
            Tensor after = learner.innerLoss(theta(), phi, tasks, TestTasks.evaluation(5, Params.EMPTY));
            assertThat(Arrays.stream(before.sub(after).doubles()).min().orElse(0))
                    .isPositive();
        }
    }
}
