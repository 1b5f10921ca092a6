package org.deutero.tensor.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.deutero.tensor.Near.assertNear;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.deutero.tensor.DType;
import org.deutero.tensor.InScope;
import org.deutero.tensor.Near;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.attention.Transformer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** All at once, one at a time and each as if it came next are one function of the past, and of nothing that comes later. */
@ExtendWith(InScope.class)
class TransformerTest {
    private static final int TIME = 6;
    private static final int TASKS = 3;
    private final Transformer network =
            new Transformer(5, 4, 8, 2, 2, 3, 16, TIME + 1, 0.1, Activation.GELU_TANH, 1e-5);
    private final Params theta = network.init(new SplittableRandom(1), DType.FLOAT64);
    private final Tensor x = Near.normal(2, TASKS, TIME, 5);

    private Tensor byStep(Params params, Tensor inputs) {
        Params state = network.start(params, TASKS);
        List<Tensor> outputs = new ArrayList<>();
        for (int t = 0; t < TIME; t++) {
            CausalNetwork.Run run = network.step(params, state, inputs.slice(1, t, t + 1));
            state = run.state();
            outputs.add(run.outputs());
            assertThat(state.numel() / TASKS).isEqualTo(network.carried(t + 1));
        }
        assertNear(state, network.run(params, inputs).state(), bound(params));
        return Tensors.cat(outputs, 1);
    }

    private static double bound(Params params) {
        return params.get("position").dtype() == DType.FLOAT32 ? 1e-6 : 1e-12;
    }

    @Test
    void oneTokenAtATimeIsTheSame() {
        assertNear(byStep(theta, x), network.sequence(theta, x), 1e-12);
        Params own = theta.expand(TASKS).addScaled(Near.normalLike(3, theta.expand(TASKS)), 0.2);
        assertNear(byStep(own, x), network.sequence(own, x), 1e-12);
        Params single = theta.to(DType.FLOAT32);
        Tensor inputs = x.to(DType.FLOAT32);
        assertNear(byStep(single, inputs), network.sequence(single, inputs), 1e-6);
    }

    @Test
    void alternativesDoNotSeeEachOther() {
        Params state = network.run(theta, x).state();
        Tensor several = Near.normal(4, TASKS, 3, 5);
        Tensor together = network.alternatives(theta, false, state, several);
        for (int i = 0; i < 3; i++) {
            Tensor one = several.slice(1, i, i + 1);
            Tensor whole = network.sequence(theta, Tensors.cat(List.of(x, one), 1));
            assertNear(together.slice(1, i, i + 1), whole.slice(1, TIME, TIME + 1), 1e-12);
        }
    }

    @Test
    void whatComesLaterChangesNothingBefore() {
        Tensor before = network.sequence(theta, x);
        Tensor later = Tensors.cat(List.of(x.slice(1, 0, 3), Near.normal(5, TASKS, TIME - 3, 5)), 1);
        Tensor after = network.sequence(theta, later);
        assertNear(after.slice(1, 0, 3), before.slice(1, 0, 3), 0);
        assertThat(after.sub(before).slice(1, 3, TIME).abs().sum().item()).isGreaterThan(0.1);
    }

    @Test
    void aCourseLongerThanThePositionsIsRefused() {
        assertThatThrownBy(() -> network.sequence(theta, Near.normal(6, 1, TIME + 2, 5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a transformer of 7 positions cannot go through 8 moments; expected at least as many"
                        + " positions");
    }

    /** What blocks add to h has the same size for any number of them. */
    @Test
    void weightsStartScaledByTheNumberOfLayers() {
        Transformer wide = new Transformer(50, 4, 64, 8, 2, 32, 256, 100, 0.5, Activation.GELU_TANH, 1e-5);
        Params start = wide.init(new SplittableRandom(7), DType.FLOAT64);
        assertThat(deviation(start.get("block3.query.weight"))).isCloseTo(Math.sqrt(2.0 / 8 / 64), within(0.005));
        assertThat(deviation(start.get("block3.fc1.weight"))).isCloseTo(Math.sqrt(2.0 / 8 / 256), within(0.001));
        // Cut off at two deviations, these have 0.88 of the deviation that they are drawn with.
        assertThat(deviation(start.get("embed.weight"))).isCloseTo(0.8796 / Math.sqrt(50), within(0.005));
        assertThat(deviation(start.get("position"))).isCloseTo(0.5 * 0.8796, within(0.01));
    }

    private static double deviation(Tensor weight) {
        return Math.sqrt(weight.square().mean().item());
    }

    /** 105k weights at the sizes of the reduced experiment. */
    @Test
    void numberOfParameters() {
        Transformer small = new Transformer(69, 5, 64, 2, 4, 16, 256, 40, 0.1, Activation.GELU_TANH, 1e-5);
        assertThat(small.init(new SplittableRandom(1), DType.FLOAT32).numel())
                .isEqualTo(69 * 64
                        + 64
                        + 40 * 64
                        + 2 * (4 * (64 * 64 + 64) + 2 * 128 + 2 * 64 * 256 + 320)
                        + 128
                        + 64 * 5
                        + 5);
    }
}
