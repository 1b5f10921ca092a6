package org.deutero.tensor.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.DType;
import org.deutero.tensor.Functional;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Losses;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Hessian-vector products by forward mode over reverse mode equal those by reverse over reverse, for all that networks are made of. */
class ForwardOverReverseTest {
    private static final int WAY = 3;
    private static final double[] MOMENTS = {0.5, -1, 2, 1};

    static Stream<Arguments> networks() {
        Stream<Arguments> perceptrons = Arrays.stream(Activation.values())
                .map(a -> Arguments.of("mlp " + a, new Mlp(List.of(16, 5, WAY), a, Initializer.FAN_IN_UNIFORM)));
        Stream<Arguments> images = Arrays.stream(ConvNet.Halving.values())
                .flatMap(h -> Arrays.stream(ConvNet.Readout.values())
                        .map(r -> Arguments.of(
                                "conv " + h + " " + r,
                                new ConvNet(
                                        1, 4, 2, 4, h, true, Activation.RELU, r, WAY, Initializer.FAN_IN_UNIFORM))));
        return Stream.concat(perceptrons, images);
    }

    private static void agree(Function<Params, Tensor> loss, Params point, SplittableRandom rng) {
        Params direction = point.map(t -> Tensors.normal(rng, DType.FLOAT64, t.shape()));
        Params reverse = Autograd.hessianVector(loss, point, direction);
        Params forward =
                Autograd.jvp(p -> GradMode.on(() -> Autograd.gradient(loss.apply(p), p, false)), point, direction);
        assertThat(reverse.norm()).isGreaterThan(1e-6);
        assertThat(forward.sub(reverse).norm()).isLessThan(1e-12 * reverse.norm());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void ofCrossEntropy(String name, Network network) {
        try (Scope s = Scope.open()) {
            SplittableRandom rng = new SplittableRandom(3);
            Tensor x = Tensors.normal(rng, DType.FLOAT64, 2, 6, 1, 4, 4);
            Tensor labels = Tensor.of(new long[] {0, 1, 2, 0, 1, 2, 2, 1, 0, 2, 1, 0}, 2, 6);
            Params shared = network.init(rng, DType.FLOAT64);
            agree(p -> Losses.crossEntropy(network.apply(p, x), labels).sum(), shared, rng);
            // Each task its own weights, expanded from shared ones: strides of zero.
            agree(p -> Losses.crossEntropy(network.apply(p, x), labels).sum(), shared.expand(2), rng);
        }
    }

    @ParameterizedTest
    @MethodSource("functions")
    void ofSoftmaxAndItsKin(Function<Tensor, Tensor> function) {
        try (Scope s = Scope.open()) {
            SplittableRandom rng = new SplittableRandom(5);
            Tensor probe = Tensors.normal(rng, DType.FLOAT64, 3, 4);
            Params x = Params.of("x", Tensors.normal(rng, DType.FLOAT64, 3, 4));
            agree(p -> function.apply(p.get("x")).mul(probe).sum(), x, rng);
        }
    }

    static Stream<Function<Tensor, Tensor>> functions() {
        return Stream.of(
                x -> x.softmax(1),
                x -> x.logSoftmax(1),
                x -> x.logSumExp(1).unsqueeze(1),
                x -> x.square().add(1).sqrt(),
                x -> x.exp().log().sigmoid(),
                x -> Functional.layerNorm(x, x.select(0, 0), x.select(0, 1), 1e-5),
                x -> Functional.batchNorm(x, x.select(0, 0), x.select(0, 1), 1e-5),
                // Given moments are constants.
                x -> Functional.batchNorm(
                                x.exp(),
                                Tensor.of(MOMENTS, 4),
                                Tensor.of(MOMENTS, 4).square().add(1),
                                x.select(0, 0),
                                x.select(0, 2),
                                1e-5)
                        .tanh(),
                x -> x.matmul(x.transpose(0, 1)).matmul(x));
    }
}
