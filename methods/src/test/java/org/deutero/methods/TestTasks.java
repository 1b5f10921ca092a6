package org.deutero.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.deutero.learn.Learner;
import org.deutero.learn.Predictor;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.ConvNet;
import org.deutero.tensor.nn.Initializer;

/** Small float64 tasks and what tests of all methods do with them. */
public final class TestTasks {
    private TestTasks() {}

    /** Three regressions from two numbers to one: 6 support and 5 query points. */
    public static Episodes regression() {
        SplittableRandom rng = new SplittableRandom(1);
        return new Episodes(normal(rng, 3, 6, 2), normal(rng, 3, 6, 1), normal(rng, 3, 5, 2), normal(rng, 3, 5, 1), 0);
    }

    /** Classifications into three classes of images [2, 6, 6], two shots and two queries each, in class-major order. */
    public static Episodes images(int tasks) {
        SplittableRandom rng = new SplittableRandom(2);
        return new Episodes(
                normal(rng, tasks, 6, 2, 6, 6),
                labels(tasks, 0, 0, 1, 1, 2, 2),
                normal(rng, tasks, 6, 2, 6, 6),
                labels(tasks, 0, 0, 1, 1, 2, 2),
                3);
    }

    /** Labels, the same for every task. */
    public static Tensor labels(int tasks, long... labels) {
        return Tensor.of(labels, 1, labels.length).expand(tasks, -1);
    }

    /** A network for {@link #images}. */
    public static ConvNet convNet(int outputs) {
        return new ConvNet(
                2,
                6,
                2,
                4,
                ConvNet.Halving.MAX_POOL,
                true,
                Activation.RELU,
                ConvNet.Readout.FLATTEN,
                outputs,
                Initializer.FAN_IN_UNIFORM);
    }

    private static Tensor normal(RandomGenerator rng, long... shape) {
        return Tensors.normal(rng, DType.FLOAT64, shape);
    }

    /** Tasks in another order. */
    public static Episodes tasksAt(Episodes e, long... order) {
        Tensor index = Tensor.of(order, order.length);
        return new Episodes(
                e.supportX().indexSelect(0, index),
                e.supportY().indexSelect(0, index),
                e.queryX().indexSelect(0, index),
                e.queryY().indexSelect(0, index),
                e.way());
    }

    /** Support items in another order. */
    public static Episodes supportAt(Episodes e, long... order) {
        Tensor index = Tensor.of(order, order.length);
        return new Episodes(
                e.supportX().indexSelect(1, index),
                e.supportY().indexSelect(1, index),
                e.queryX(),
                e.queryY(),
                e.way());
    }

    /** One query only. */
    public static Episodes query(Episodes e, int i) {
        return new Episodes(
                e.supportX(),
                e.supportY(),
                e.queryX().slice(1, i, i + 1),
                e.queryY().slice(1, i, i + 1),
                e.way());
    }

    /** A context of meta-training. */
    public static StepContext training(int step) {
        return TaskContext.training(1).at(step, false);
    }

    /** A context of use. */
    public static StepContext evaluation(int step, Params statistics) {
        return TaskContext.evaluation(1, statistics).at(step, false);
    }

    /** The state after all steps of meta-training. */
    public static Params adapted(Learner<Episodes> learner, Params theta, Episodes tasks) {
        return adapted(learner, theta, tasks, TaskContext.training(1));
    }

    /** The state after all steps of meta-training in this context. */
    public static Params adapted(Learner<Episodes> learner, Params theta, Episodes tasks, TaskContext context) {
        Params phi = learner.begin(theta, tasks, context.at(0, false));
        for (int t = 0; t < learner.steps(tasks); t++) {
            phi = learner.step(theta, phi, tasks, context.at(t, false)).state();
        }
        return phi;
    }

    /** Outputs after all steps of use. */
    public static Tensor outputs(Predictor<Episodes> learner, Params theta, Episodes tasks, Params statistics) {
        Params phi = learner.begin(theta, tasks, evaluation(0, statistics));
        int steps = learner.evaluationSteps(tasks);
        for (int t = 0; t < steps; t++) {
            phi = learner.step(theta, phi, tasks, evaluation(t, statistics)).state();
        }
        return learner.predict(theta, phi, tasks, evaluation(steps, statistics));
    }

    /** Demands equal shapes and elements that agree to a bound. */
    public static void assertNear(Tensor actual, Tensor expected, double bound) {
        assertThat(actual.shape()).isEqualTo(expected.shape());
        assertThat(actual.doubles()).containsExactly(expected.doubles(), within(bound));
    }

    /** Demands equal names and elements that agree to a bound. */
    public static void assertNear(Params actual, Params expected, double bound) {
        assertThat(actual.names()).containsExactlyInAnyOrderElementsOf(expected.names());
        actual.forEach((name, t) -> assertThat(t.doubles())
                .as(name)
                .containsExactly(expected.get(name).doubles(), within(bound)));
    }

    /** The largest difference of any two elements. */
    public static double difference(Tensor a, Tensor b) {
        return a.sub(b).abs().reshape(-1).max(0).item();
    }
}
