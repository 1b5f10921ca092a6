package org.deutero.tensor.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.deutero.tensor.DType;
import org.deutero.tensor.InScope;
import org.deutero.tensor.Near;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(InScope.class)
class ConvNetShapesTest {
    private static ConvNet net(
            int channels, int size, int blocks, int filters, ConvNet.Halving halving, ConvNet.Readout readout) {
        return new ConvNet(
                channels,
                size,
                blocks,
                filters,
                halving,
                true,
                Activation.RELU,
                readout,
                0,
                Initializer.FAN_IN_UNIFORM);
    }

    /** 28-14-7-3-1 with pooling, 28-14-7-4-2 with strides; 84-42-21-10-5 with pooling. */
    @ParameterizedTest
    @CsvSource({
        "28, MAX_POOL, 1, 14",
        "28, MAX_POOL, 2, 7",
        "28, MAX_POOL, 3, 3",
        "28, MAX_POOL, 4, 1",
        "28, STRIDE, 1, 14",
        "28, STRIDE, 2, 7",
        "28, STRIDE, 3, 4",
        "28, STRIDE, 4, 2",
        "84, MAX_POOL, 4, 5"
    })
    void sidesAfterEachBlock(int size, ConvNet.Halving halving, int blocks, int side) {
        ConvNet net = net(1, size, blocks, 2, halving, ConvNet.Readout.FLATTEN);
        assertThat(net.width()).isEqualTo(2 * side * side);
        Params params = net.init(new SplittableRandom(1), DType.FLOAT32);
        Tensor features = net.apply(params, Tensors.zeros(DType.FLOAT32, 1, 2, 1, size, size));
        assertThat(features.shape()).containsExactly(1, 2, net.width());
    }

    @ParameterizedTest
    @CsvSource({"32, FLATTEN, 800", "64, FLATTEN, 1600", "32, MEAN, 32"})
    void widthsForMiniImageNet(int filters, ConvNet.Readout readout, int width) {
        ConvNet net = net(3, 84, 4, filters, ConvNet.Halving.MAX_POOL, readout);
        assertThat(net.width()).isEqualTo(width);
        Params params = net.init(new SplittableRandom(1), DType.FLOAT32);
        assertThat(net.apply(params, Tensors.zeros(DType.FLOAT32, 1, 1, 3, 84, 84))
                        .shape())
                .containsExactly(1, 1, width);
    }

    @Test
    void aHeadMayStartOtherwiseThanConvolutions() {
        Params params = new ConvNet(
                        1,
                        28,
                        4,
                        64,
                        ConvNet.Halving.STRIDE,
                        false,
                        Activation.RELU,
                        ConvNet.Readout.MEAN,
                        20,
                        Initializer.XAVIER_UNIFORM,
                        Initializer.STANDARD_NORMAL)
                .init(new SplittableRandom(1), DType.FLOAT64);
        assertThat(params.get("head.weight").square().mean().item()).isBetween(0.85, 1.15);
        assertThat(params.get("head.bias").abs().sum().item()).isZero();
        assertThat(params.get("conv1.weight").abs().flatten(0).max(0).item())
                .isLessThanOrEqualTo(Math.sqrt(6.0 / (2 * 9 * 64)));
    }

    @Test
    void publishedNumberOfParameters() {
        // Omniglot, 5-way: 4 convolutions of 64 filters with batch normalisation, then 64 x 5.
        ConvNet net = new ConvNet(
                1,
                28,
                4,
                64,
                ConvNet.Halving.MAX_POOL,
                true,
                Activation.RELU,
                ConvNet.Readout.FLATTEN,
                5,
                Initializer.FAN_IN_UNIFORM);
        long expected = (9 * 64 + 64) + 3 * (9 * 64 * 64 + 64) + 4 * 2 * 64 + (64 * 5 + 5);
        assertThat(net.init(new SplittableRandom(1), DType.FLOAT32).numel()).isEqualTo(expected);
    }

    @Test
    void poolingDropsTheOddRowAndFlattensChannelFirst() {
        ConvNet net = new ConvNet(
                1,
                5,
                1,
                2,
                ConvNet.Halving.MAX_POOL,
                true,
                Activation.RELU,
                ConvNet.Readout.FLATTEN,
                0,
                Initializer.FAN_IN_UNIFORM);
        // The kernel that copies the centre, with fixed moments 0 and 1: the network is a max-pool of the positive
        // part.
        double[] kernel = new double[18];
        kernel[4] = 1;
        kernel[13] = 2;
        double factor = Math.sqrt(1 + 1e-5);
        Params params = Params.builder()
                .put("conv0.weight", Tensor.of(kernel, 2, 1, 3, 3))
                .put("conv0.bias", Near.vector(0, 0))
                .put("norm0.weight", Near.vector(factor, factor))
                .put("norm0.bias", Near.vector(0, 0))
                .build();
        double[] pixels = new double[25];
        for (int i = 0; i < 25; i++) {
            pixels[i] = i;
        }
        Tensor y = net.apply(
                params, Tensor.of(pixels, 1, 1, 1, 5, 5), Normalization.fixed(net.initialMoments(DType.FLOAT64)));
        Near.assertNear(y, Tensor.of(new double[] {6, 8, 16, 18, 12, 16, 32, 36}, 1, 1, 8), 1e-12);
    }

    @Test
    void tooSmallImagesAreRefused() {
        assertThatThrownBy(() -> net(1, 15, 4, 8, ConvNet.Halving.MAX_POOL, ConvNet.Readout.FLATTEN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an image of 15x15 pixels is too small for 4 blocks that halve it");
    }

    @Test
    void otherImagesAreRefusedWithBothShapes() {
        ConvNet net = net(1, 28, 4, 2, ConvNet.Halving.MAX_POOL, ConvNet.Readout.FLATTEN);
        Params params = net.init(new SplittableRandom(1), DType.FLOAT32);
        assertThatThrownBy(() -> net.apply(params, Tensors.zeros(DType.FLOAT32, 1, 2, 3, 28, 28)))
                .hasMessageContaining("[tasks, n, 1, 28, 28]")
                .hasMessageContaining("[1, 2, 3, 28, 28]");
    }

    @Test
    void whatIsBuiltIsWhatItsNumbersSay() {
        assertThat(ConvNet.builder(3, 28).build()).isEqualTo(ConvNet.encoder(3, 28, 64));
        assertThat(ConvNet.builder(1, 9)
                        .blocks(2)
                        .filters(5)
                        .halving(ConvNet.Halving.STRIDE)
                        .normScale(false)
                        .activation(Activation.TANH)
                        .readout(ConvNet.Readout.MEAN)
                        .outputs(7)
                        .initializer(Initializer.XAVIER_UNIFORM)
                        .build())
                .isEqualTo(new ConvNet(
                        1,
                        9,
                        2,
                        5,
                        ConvNet.Halving.STRIDE,
                        false,
                        Activation.TANH,
                        ConvNet.Readout.MEAN,
                        7,
                        Initializer.XAVIER_UNIFORM));
    }
}
