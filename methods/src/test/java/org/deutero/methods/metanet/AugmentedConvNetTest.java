package org.deutero.methods.metanet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.deutero.methods.TestTasks.assertNear;

import java.util.SplittableRandom;
import org.deutero.learn.TaskContext;
import org.deutero.learn.gradient.Unroll;
import org.deutero.methods.InScope;
import org.deutero.methods.TestTasks;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Initializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The network of the released code, and meta networks of it. */
@ExtendWith(InScope.class)
class AugmentedConvNetTest {
    private static final AugmentedConvNet SMALL = new AugmentedConvNet(2, 6, 2, 3, 4, 3, Initializer.FAN_IN_UNIFORM);

    private static MetaNetwork learner() {
        return new MetaNetwork(
                SMALL,
                new FastWeightGenerator(4, Initializer.FAN_IN_UNIFORM),
                5,
                false,
                true,
                true,
                false,
                DType.FLOAT64);
    }

    @Test
    void sizesAreThoseOfTheReleasedCode() {
        Params slow = new AugmentedConvNet(1, 28, 5, 64, 64, 5, Initializer.LECUN_UNIFORM)
                .init(new SplittableRandom(1), DType.FLOAT32);
        assertThat(slow.filter(name -> name.startsWith("conv")).numel()).isEqualTo(148_032);
        assertThat(slow.filter(name -> name.startsWith("fc")).numel()).isEqualTo(4096 + 64 * 5);
    }

    /** Responses are mixed in place of weights: with all attention on one item that is the item's own weights, and each task has its own. */
    @Test
    void aMixtureOfOneItemIsThatItem() {
        SplittableRandom rng = new SplittableRandom(4);
        Params slow = SMALL.init(rng, DType.FLOAT64);
        Params items = slow.expand(4)
                .map(w -> Tensors.normal(rng, DType.FLOAT64, w.shape()).reshape(split(w.shape())));
        Tensor x = TestTasks.images(2).queryX();
        Tensor attention = Tensors.zeros(DType.FLOAT64, 2, x.size(1), 2).add(Tensor.of(new double[] {0, 1}, 2));
        Tensor mixed = SMALL.mixed(slow, items, attention, x);
        assertThat(mixed.shape()).containsExactly(2, x.size(1), 3);
        Params second = items.map(w -> w.select(1, 1));
        assertNear(
                mixed.slice(0, 1, 2),
                SMALL.mixed(
                        slow,
                        second.map(w -> w.slice(0, 1, 2).unsqueeze(1)),
                        attention.slice(2, 1, 2).slice(0, 1, 2),
                        x.slice(0, 1, 2)),
                1e-12);
        assertThat(TestTasks.difference(mixed, SMALL.plain(slow, x))).isGreaterThan(1e-3);
    }

    private static long[] split(long[] shape) {
        long[] apart = new long[shape.length + 1];
        apart[0] = 2;
        apart[1] = shape[0] / 2;
        System.arraycopy(shape, 1, apart, 2, shape.length - 1);
        return apart;
    }

    @Test
    void gradientsAgreeWithFiniteDifferencesWhereSupportGradientsAreHeldFixed() {
        MetaNetwork learner = learner();
        Episodes tasks = TestTasks.images(2);
        TaskContext context = TaskContext.training(1);
        Params theta = learner.metaParameters(new SplittableRandom(3));
        assertThat(theta.names()).contains("m.conv.fc0.weight", "m.fc.fc0.weight", "d.conv.weight_ih", "d.fc.bias");
        Params gradient = Unroll.FULL.estimate(learner, theta, tasks, context).gradient();
        SplittableRandom rng = new SplittableRandom(7);
        // The generators alone: slow weights also decide the support gradients, which are constants by definition.
        Params direction = theta.map(t -> Tensors.normal(rng, t.dtype(), t.shape()));
        direction = direction.with(direction
                .filter(name -> name.startsWith("base") || name.startsWith("embed"))
                .zerosLike());
        double h = 1e-6;
        double slope = (loss(learner, theta.addScaled(direction, h), tasks, context)
                        - loss(learner, theta.addScaled(direction, -h), tasks, context))
                / (2 * h);
        assertThat(gradient.dot(direction).item()).isCloseTo(slope, within(1e-5 * gradient.norm() * direction.norm()));
        assertThat(Math.abs(slope)).isPositive();
    }

    private static double loss(MetaNetwork learner, Params theta, Episodes tasks, TaskContext context) {
        Params phi =
                learner.step(theta, Params.EMPTY, tasks, context.at(0, false)).state();
        return learner.metaLoss(theta, phi, tasks, context.at(1, false)).sum().item();
    }

    @Test
    void tasksDoNotMix() {
        MetaNetwork learner = learner();
        Params theta = learner.metaParameters(new SplittableRandom(3));
        Episodes tasks = TestTasks.images(2);
        Tensor together = logits(learner, theta, tasks);
        for (int i = 0; i < 2; i++) {
            assertNear(logits(learner, theta, tasks.slice(i, i + 1)), together.slice(0, i, i + 1), 1e-12);
        }
    }

    private static Tensor logits(MetaNetwork learner, Params theta, Episodes tasks) {
        TaskContext context = TaskContext.training(1);
        Params phi =
                learner.step(theta, Params.EMPTY, tasks, context.at(0, false)).state();
        return learner.predict(theta, phi, tasks, context.at(1, false));
    }
}
