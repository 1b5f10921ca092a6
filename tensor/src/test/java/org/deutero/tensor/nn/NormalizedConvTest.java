package org.deutero.tensor.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deutero.tensor.Near.assertNear;

import java.util.SplittableRandom;
import java.util.function.Function;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.DType;
import org.deutero.tensor.Functional;
import org.deutero.tensor.InScope;
import org.deutero.tensor.Near;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Normalisation by moments of patches against convolution, normalisation and pooling one after the other. */
@ExtendWith(InScope.class)
class NormalizedConvTest {
    private static Tensor plain(Conv2d conv, BatchNorm norm, Params p, Normalization normalization, int pool) {
        Tensor y = conv.one(p.child("conv"), p.get("x").channelsLast());
        Tensor h = norm.one("norm", 0, p.child("norm"), y, normalization);
        return pool == 1 ? h : Functional.maxPool2d(h, pool);
    }

    private static Tensor fused(Conv2d conv, BatchNorm norm, Params p, Normalization normalization, int pool) {
        NormalizedConv both = new NormalizedConv(conv, norm);
        assertThat(both.suits(normalization)).isTrue();
        Tensor x = p.get("x").channelsLast();
        return both.one("norm", p.child("conv"), p.child("norm"), x, normalization, pool);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 2, true", "3, 1, 1, 2, true", "1, 2, 1, 1, true", "3, 2, 0, 1, false", "2, 1, 0, 2, false"})
    void valueGradientAndSecondDerivative(int in, int stride, int padding, int pool, boolean scale) {
        Conv2d conv = new Conv2d(in, 5, 3, stride, padding, Initializer.FAN_IN_UNIFORM);
        BatchNorm norm = new BatchNorm(5, scale, 1e-5);
        Params start = Params.builder()
                .put("conv", conv.init(new SplittableRandom(1), DType.FLOAT64))
                .put("norm", norm.init(DType.FLOAT64))
                .put("x", Near.normal(2, 4, in, 9, 8))
                .build();
        // Factors of either sign.
        Params point = start.addScaled(Near.normalLike(3, start), 0.8);
        Normalization.Recording expected = Normalization.recording();
        Normalization.Recording met = Normalization.recording();
        assertNear(fused(conv, norm, point, met, pool), plain(conv, norm, point, expected, pool), 1e-12);
        expected.moments().forEach((name, value) -> assertNear(met.moments().get(name), value, 1e-12));

        Function<Params, Tensor> loss =
                p -> fused(conv, norm, p, Normalization.batch(), pool).sin().sum();
        Function<Params, Tensor> plainLoss =
                p -> plain(conv, norm, p, Normalization.batch(), pool).sin().sum();
        assertSame(gradient(loss, point), gradient(plainLoss, point));
        Params v = Near.normalLike(4, point);
        Params curved = Autograd.hessianVector(loss, point, v);
        assertSame(curved, Autograd.hessianVector(plainLoss, point, v));
        assertSame(Autograd.jvp(p -> gradient(loss, p), point, v), curved);
    }

    /** Nothing of a bias that is subtracted again is left, not even what rounding leaves. */
    @Test
    void biasHasNoGradient() {
        Conv2d conv = new Conv2d(1, 3, 3, 1, 1, Initializer.FAN_IN_UNIFORM);
        BatchNorm norm = new BatchNorm(3, true, 1e-5);
        Params point = Params.builder()
                .put("conv", conv.init(new SplittableRandom(1), DType.FLOAT32))
                .put("norm", norm.init(DType.FLOAT32))
                .put("x", Near.normal(2, 4, 1, 6, 6).to(DType.FLOAT32))
                .build();
        Params gradient = gradient(
                p -> fused(conv, norm, p, Normalization.batch(), 2).sin().sum(), point);
        assertThat(gradient.get("conv.bias").floats()).containsOnly(0);
    }

    private static Params gradient(Function<Params, Tensor> loss, Params point) {
        Params leaf = point.leaf();
        return Autograd.gradient(loss.apply(leaf), leaf, false);
    }

    private static void assertSame(Params actual, Params expected) {
        expected.forEach((name, value) -> assertNear(
                actual.get(name),
                value,
                1e-12 * (1 + value.abs().reshape(-1).max(0).item())));
    }
}
