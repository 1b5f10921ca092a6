package org.deutero.tensor.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.Test;

/** ResNet-10: its size, its slopes, and where it can be modulated. */
class ResNet10Test {
    private static final ResNet10 PUBLISHED = network(3, 224, 64, ResNet10.Stem.LARGE);

    private static ResNet10 network(int channels, int size, int width, ResNet10.Stem stem) {
        return new ResNet10(channels, size, width, stem, ConvNet.Readout.FLATTEN, 0, Initializer.NORMAL_FAN_OUT);
    }

    @Test
    void sizeIsThatOfTheClosedForm() {
        // Kernels of the stem, of the first block, and of each block that doubles its channels; two numbers a channel
        // of a normalisation.
        int expected = 64 * 3 * 49 + 2 * 64 + 2 * 64 * 64 * 9 + 4 * 64;
        for (int in : new int[] {64, 128, 256}) {
            int out = 2 * in;
            expected += in * out * 9 + out * out * 9 + in * out + 6 * out;
        }
        try (Scope s = Scope.open()) {
            assertThat(PUBLISHED.init(new SplittableRandom(1), DType.FLOAT32).numel())
                    .isEqualTo(expected)
                    .isEqualTo(4_905_792);
        }
        assertThat(PUBLISHED.side()).isEqualTo(7);
        assertThat(PUBLISHED.featureWidth()).isEqualTo(512 * 49);
        assertThat(PUBLISHED.modulatedWidths()).containsExactly(64, 128, 128, 256, 256, 512, 512);
    }

    @Test
    void featuresAreMapsOfTheSideSaid() {
        try (Scope s = Scope.open()) {
            for (ResNet10.Stem stem : ResNet10.Stem.values()) {
                for (int size : new int[] {7, 20, 33}) {
                    ResNet10 net = network(1, size, 1, stem);
                    Params params = net.init(new SplittableRandom(1), DType.FLOAT32);
                    Tensor x = Tensors.normal(new SplittableRandom(2), DType.FLOAT32, 2, 3, 1, size, size);
                    assertThat(net.features(params, x, Normalization.batch()).shape())
                            .containsExactly(2, 3, net.featureWidth());
                }
            }
        }
    }

    @Test
    void firstAndSecondDerivativesAreThoseOfDifferences() {
        try (Scope s = Scope.open()) {
            SplittableRandom rng = new SplittableRandom(3);
            for (ResNet10.Stem stem : ResNet10.Stem.values()) {
                ResNet10 net = network(1, 12, 2, stem);
                Params at = net.init(rng, DType.FLOAT64);
                Tensor x = Tensors.normal(rng, DType.FLOAT64, 1, 5, 1, 12, 12);
                Params direction = at.map(t -> Tensors.normal(rng, DType.FLOAT64, t.shape()));
                double h = 1e-6;
                Params up = at.addScaled(direction, h).leaf();
                Params down = at.addScaled(direction, -h).leaf();
                Params leaf = at.leaf();
                Params gradient = Autograd.gradient(loss(net, leaf, x), leaf, true);
                double slope = (loss(net, up, x).item() - loss(net, down, x).item()) / (2 * h);
                assertThat(gradient.dot(direction).item()).isCloseTo(slope, within(1e-6 * gradient.norm()));

                Params curvature = Autograd.gradient(gradient.dot(direction), leaf, false);
                Params differences = Autograd.gradient(loss(net, up, x), up, false)
                        .addScaled(Autograd.gradient(loss(net, down, x), down, false), -1)
                        .mul(1 / (2 * h));
                assertThat(curvature.norm()).isGreaterThan(1e-3);
                assertThat(curvature.addScaled(differences, -1).norm()).isLessThan(1e-5 * curvature.norm());
            }
        }
    }

    private static Tensor loss(ResNet10 net, Params params, Tensor x) {
        return net.features(params, x, Normalization.batch()).square().mean();
    }

    @Test
    void whatIsModulatedIsTheEndOfBothWaysThroughABlock() {
        try (Scope s = Scope.open()) {
            SplittableRandom rng = new SplittableRandom(4);
            ResNet10 net = network(1, 12, 2, ResNet10.Stem.SMALL);
            Params params = net.init(rng, DType.FLOAT64);
            Tensor x = Tensors.normal(rng, DType.FLOAT64, 2, 4, 1, 12, 12);
            List<Integer> places = new ArrayList<>();
            List<Integer> widths = new ArrayList<>();
            Tensor shut = net.features(params, x, Normalization.batch(), (place, task, h) -> {
                if (task == 1) {
                    places.add(place);
                    widths.add((int) h.size(1));
                }
                return task == 1 && place >= 5 ? h.mul(0) : h;
            });
            Tensor open = net.features(params, x, Normalization.batch());
            assertThat(places).containsExactly(0, 1, 2, 3, 4, 5, 6);
            assertThat(widths).containsExactlyElementsOf(net.modulatedWidths());
            assertThat(shut.select(0, 0).doubles())
                    .containsExactly(open.select(0, 0).doubles(), within(1e-12));
            assertThat(shut.select(0, 1).abs().sum().item()).isZero();
            assertThat(open.select(0, 1).abs().sum().item()).isPositive();
        }
    }
}
