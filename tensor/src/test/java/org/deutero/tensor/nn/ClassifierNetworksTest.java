package org.deutero.tensor.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.Test;

/** Networks of ordinary classification: as many weights as are published, layers that are theirs, and tasks that do not mix. */
class ClassifierNetworksTest {
    private static final Initializer HE = Initializer.KAIMING_UNIFORM;

    private static List<Network> small() {
        return List.of(
                new ResNet(3, 8, 1, 4, false, 5, HE),
                new ResNet(3, 8, 2, 8, true, 5, HE),
                new ResNet10(3, 8, 2, ResNet10.Stem.SMALL, ConvNet.Readout.MEAN, 5, HE),
                new ResNet10(3, 8, 2, ResNet10.Stem.LARGE, ConvNet.Readout.FLATTEN, 5, HE),
                new PooledConvNet(3, 8, List.of(4, 6), List.of(7), 5, HE));
    }

    @Test
    void sizesArePublishedOnes() {
        try (Scope s = Scope.open()) {
            // ResNet-32 has 464,154 weights without biases of its 31 convolutions, which have 1,136 channels.
            assertThat(new ResNet(3, 32, 5, 16, false, 10, HE)
                            .init(new SplittableRandom(1), DType.FLOAT32)
                            .numel())
                    .isEqualTo(464_154 + 1_136);
            assertThat(new PooledConvNet(1, 14, List.of(16, 32), List.of(64), 10, HE)
                            .init(new SplittableRandom(1), DType.FLOAT32)
                            .numel())
                    .isEqualTo(16 * 9 + 16 + 32 * 16 * 9 + 32 + 288 * 64 + 64 + 64 * 10 + 10);
        }
    }

    @Test
    void layersAreThoseOfTheParameters() {
        try (Scope s = Scope.open()) {
            for (Network net : small()) {
                Params params = net.init(new SplittableRandom(1), DType.FLOAT64);
                List<String> layers = params.names().stream()
                        .map(name -> name.substring(0, name.lastIndexOf('.')))
                        .distinct()
                        .toList();
                assertThat(layers).containsExactlyElementsOf(net.layers());
            }
        }
    }

    @Test
    void tasksDoNotMix() {
        try (Scope s = Scope.open()) {
            for (Network net : small()) {
                SplittableRandom rng = new SplittableRandom(2);
                Params params = net.init(rng, DType.FLOAT64);
                Tensor x = Tensors.normal(rng, DType.FLOAT64, 2, 6, 3, 8, 8);
                Tensor shared = net.apply(params, x);
                assertThat(shared.shape()).containsExactly(2, 6, 5);
                Tensor own = net.apply(params.expand(2).map(Tensor::contiguous), x);
                assertThat(own.doubles()).containsExactly(shared.doubles(), within(1e-10));
                Tensor alone = net.apply(params, x.slice(0, 1, 2));
                assertThat(alone.doubles())
                        .containsExactly(shared.slice(0, 1, 2).doubles(), within(1e-10));

                Params leaf = params.leaf();
                Params slope = Autograd.gradient(net.apply(leaf, x).square().sum(), leaf, false);
                assertThat(slope.get("conv" + (net instanceof PooledConvNet ? "0" : "") + ".weight")
                                .abs()
                                .sum()
                                .item())
                        .isPositive();
            }
        }
    }

    @Test
    void runningAveragesHaveTheirNames() {
        try (Scope s = Scope.open()) {
            for (Network net : small().subList(0, 4)) {
                SplittableRandom rng = new SplittableRandom(2);
                Params params = net.init(rng, DType.FLOAT64);
                Normalization.Recording seen = Normalization.recording();
                net.apply(params, Tensors.normal(rng, DType.FLOAT64, 1, 6, 3, 8, 8), seen);
                assertThat(seen.moments().names())
                        .containsExactlyInAnyOrderElementsOf(
                                net.initialMoments(DType.FLOAT64).names());
            }
            assertThatThrownBy(() -> new ResNet(3, 3, 1, 4, false, 5, HE))
                    .hasMessageContaining("cannot be halved twice");
        }
    }
}
