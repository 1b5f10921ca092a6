package org.deutero.methods.neuronml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.deutero.methods.TestTasks.assertNear;

import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.deutero.learn.TaskContext;
import org.deutero.learn.gradient.Unroll;
import org.deutero.methods.InScope;
import org.deutero.methods.QueryStatistics;
import org.deutero.methods.TestTasks;
import org.deutero.methods.maml.InnerLoop;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.ConvNet;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Normalization;
import org.deutero.tensor.optim.Sgd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Gates on channels behind a batch normalisation that has no scale, which takes a factor on weights away. */
@ExtendWith(InScope.class)
class ChannelGatesTest {
    private final Episodes images = TestTasks.images(3);

    private static NeuronMl learner(boolean scales) {
        ConvNet network = new ConvNet(
                2,
                6,
                2,
                4,
                ConvNet.Halving.MAX_POOL,
                false,
                Activation.RELU,
                ConvNet.Readout.FLATTEN,
                3,
                Initializer.FAN_IN_UNIFORM);
        return new NeuronMl(
                network,
                Objective.CROSS_ENTROPY,
                InnerLoop.of(Sgd.PLAIN, 0.2, 2, 3),
                new Gates(network, Gates.Granularity.PER_UNIT, Gates.Form.CLAMP, 0.9, OptionalDouble.empty(), scales),
                Structure.STANDARD,
                MaskSteps.NONE,
                1,
                QueryStatistics.BATCH,
                DType.FLOAT64);
    }

    private static TaskContext training(NeuronMl learner, Params theta) {
        return TaskContext.training(1, 0, learner.statistics(theta), values -> {});
    }

    /** How much the first channel of the last block says, whose gate is given. */
    private double strength(NeuronMl learner, double gate) {
        Params theta = learner.metaParameters(new SplittableRandom(3))
                .with(Params.of("gate.conv1.unit", Tensor.of(new double[] {gate, 0.9, 0.9, 0.9}, 4)));
        Params phi = learner.begin(theta, images, training(learner, theta).at(0, false));
        return learner.gates()
                .gated()
                .features(learner.adapted(phi), images.supportX(), Normalization.batch())
                .select(2, 0)
                .abs()
                .sum()
                .item();
    }

    @Test
    void aGateActsThroughBatchNormalisation() {
        NeuronMl acting = learner(true);
        double open = strength(acting, 0.8);
        assertThat(open).isPositive();
        assertThat(strength(acting, 0)).isZero();
        // Not to the last digit: the epsilon of normalisation counts for more where weights are smaller.
        assertThat(strength(acting, 0.4) / open).isCloseTo(0.5, within(0.005));
        NeuronMl printed = learner(false);
        assertThat(strength(printed, 0.4) / strength(printed, 0.8)).isCloseTo(1, within(0.005));
    }

    @Test
    void scalesThatAreGatesAreNeitherLearnedNorAdapted() {
        NeuronMl learner = learner(true);
        Params theta = learner.metaParameters(new SplittableRandom(3));
        assertThat(theta.names()).doesNotContain("norm0.weight").contains("gate.conv0.unit");
        TaskContext context = training(learner, theta);
        Params phi = learner.begin(theta, images, context.at(0, false));
        for (int t = 0; t < learner.steps(images); t++) {
            phi = learner.step(theta, phi, images, context.at(t, false)).state();
        }
        assertNear(phi.get("norm0.weight").select(0, 1), theta.get("gate.conv0.unit"), 1e-15);
        Params gradient = Unroll.FULL.estimate(learner, theta, images, context).gradient();
        assertThat(gradient.get("gate.conv1.unit").abs().sum().item()).isPositive();
    }
}
