package org.deutero.tensor.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.Test;

/** Warps start as nothing at all, bit for bit, and bend what they are put upon. */
class WarpedNetworkTest {
    private static final Optional<Activation> NONE = Optional.empty();
    private static final Optional<Activation> RELU = Optional.of(Activation.RELU);
    private static final Optional<Activation> TANH = Optional.of(Activation.TANH);

    private static Warp warp(
            int layers, int width, boolean residual, boolean before, boolean after, Optional<Activation> activation) {
        return new Warp(layers, width, residual, before, after, activation, Warp.Start.IDENTITY);
    }

    private static final List<Warp> IDENTITIES = List.of(
            Warp.AFFINE,
            warp(3, 8, false, false, false, NONE),
            warp(2, 8, false, false, false, RELU),
            warp(1, 0, true, false, false, TANH),
            warp(2, 8, true, true, false, RELU));

    private static ConvNet images() {
        return ConvNet.builder(1, 12).blocks(2).filters(6).outputs(3).build();
    }

    private static Mlp vectors() {
        return new Mlp(List.of(3, 7, 7, 2), Activation.RELU, Initializer.FAN_IN_UNIFORM);
    }

    private static Tensor input(BlockNetwork network) {
        SplittableRandom rng = new SplittableRandom(3);
        return network.maps()
                ? Tensors.normal(rng, DType.FLOAT32, 2, 5, 1, 12, 12)
                : Tensors.normal(rng, DType.FLOAT32, 2, 5, 3);
    }

    @Test
    void identityWarpsChangeNoBit() {
        try (Scope s = Scope.open()) {
            for (BlockNetwork plain : List.of(images(), vectors())) {
                Tensor x = input(plain);
                for (Warp warp : IDENTITIES) {
                    for (boolean head : new boolean[] {false, true}) {
                        WarpedNetwork warped = new WarpedNetwork(plain, warp, head);
                        Params params = warped.init(new SplittableRandom(1), DType.FLOAT32);
                        Params own = params.filter(name -> !WarpedNetwork.isWarp(name));
                        // Of each task's own and shared: both ways through the network.
                        for (boolean tasks : new boolean[] {false, true}) {
                            Params p = tasks ? params.with(own.expand(2)) : params;
                            Params q = tasks ? own.expand(2) : own;
                            assertThat(warped.apply(p, x).floats())
                                    .as("%s %s", plain, warp)
                                    .containsExactly(plain.apply(q, x).floats());
                        }
                    }
                }
            }
        }
    }

    @Test
    void whatCannotBeTheIdentityIsRefused() {
        assertThatThrownBy(() -> new WarpedNetwork(vectors(), warp(1, 0, false, true, false, NONE), false))
                .hasMessageContaining("it has a normalisation that nothing goes around; expected a random start");
        assertThatThrownBy(() -> new WarpedNetwork(vectors(), warp(1, 0, true, false, true, NONE), false))
                .hasMessageContaining("it ends in a normalisation");
        assertThatThrownBy(() -> new WarpedNetwork(vectors(), warp(2, 6, false, false, false, NONE), false))
                .hasMessageContaining("narrower, 6, than what it is put upon, 7");
        assertThatThrownBy(() -> new WarpedNetwork(vectors(), warp(1, 0, false, false, false, TANH), false))
                .hasMessageContaining("its activation TANH alters what it gets");
    }

    /** f(a) - f(b) of a warp depends on a - b alone if it is affine, and not if it bends. */
    @Test
    void linearWarpsHaveOneJacobianEverywhere() {
        try (Scope s = Scope.open()) {
            SplittableRandom rng = new SplittableRandom(5);
            for (Optional<Activation> activation : List.of(NONE, TANH)) {
                Warp warp = new Warp(2, 9, true, false, false, activation, Warp.Start.RANDOM);
                for (boolean maps : new boolean[] {false, true}) {
                    Params params = warp.init(rng, DType.FLOAT64, 4, maps);
                    long[] shape = maps ? new long[] {2, 4, 5, 5} : new long[] {1, 3, 4};
                    Tensor a = Tensors.normal(rng, DType.FLOAT64, shape);
                    Tensor b = Tensors.normal(rng, DType.FLOAT64, shape);
                    Tensor d = Tensors.normal(rng, DType.FLOAT64, shape);
                    double defect = difference(warp, params, maps, a, d)
                            .sub(difference(warp, params, maps, b, d))
                            .abs()
                            .sum()
                            .item();
                    if (activation.isEmpty()) {
                        assertThat(defect).isLessThan(1e-10);
                    } else {
                        assertThat(defect).isGreaterThan(1e-3);
                    }
                }
            }
        }
    }

    private static Tensor difference(Warp warp, Params params, boolean maps, Tensor at, Tensor step) {
        return apply(warp, params, maps, at.add(step)).sub(apply(warp, params, maps, at));
    }

    private static Tensor apply(Warp warp, Params params, boolean maps, Tensor x) {
        return maps
                ? warp.maps("w", params, 0, x, Normalization.batch())
                : warp.vectors("w", params, x, Normalization.batch());
    }

    /** Normalisation inside warps goes by the same rules as in the network: given moments are used, recorded ones have the names of the initial ones. */
    @Test
    void momentsOfWarpsHaveNames() {
        try (Scope s = Scope.open()) {
            for (BlockNetwork plain : List.of(images(), vectors())) {
                Warp warp = new Warp(2, 8, true, true, true, RELU, Warp.Start.RANDOM);
                WarpedNetwork warped = new WarpedNetwork(plain, warp, true);
                Params params = warped.init(new SplittableRandom(1), DType.FLOAT32);
                Params own = params.with(
                        params.filter(name -> !WarpedNetwork.isWarp(name)).expand(2));
                Normalization.Recording recording = Normalization.recording();
                Tensor x = input(plain);
                warped.apply(own, x, recording);
                if (plain.maps()) {
                    assertThat(recording.moments().names())
                            .containsExactlyInAnyOrderElementsOf(
                                    warped.initialMoments(DType.FLOAT32).names());
                    Tensor fixed = warped.apply(own, x, Normalization.fixed(recording.moments()));
                    assertThat(fixed.shape()).containsExactly(2, 5, 3);
                }
            }
        }
    }
}
