package org.deutero.methods.spiking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.deutero.methods.InScope;
import org.deutero.methods.TestTasks;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A spike is a step whose derivatives, of any order and in both modes, are the surrogate's. */
@ExtendWith(InScope.class)
class SurrogateTest {
    private static final double THRESHOLD = 0.1;
    private static final double[] POINTS = {-0.5, -0.0999, -0.04, -0.003, 0.002, 0.05, 0.0999, 0.3};

    private static Tensor points(double shift) {
        double[] shifted = POINTS.clone();
        for (int i = 0; i < shifted.length; i++) {
            shifted[i] += shift;
        }
        return Tensor.of(shifted, shifted.length);
    }

    private static double slope(Surrogate surrogate, double u) {
        return surrogate == Surrogate.FAST_SIGMOID
                ? 1 / Math.pow(100 * Math.abs(u) + 1, 2)
                : 0.3 * Math.max(0, 1 - Math.abs(u / THRESHOLD));
    }

    @ParameterizedTest
    @EnumSource
    void theValueIsAStepAndTheSlopeTheSurrogates(Surrogate surrogate) {
        Params at = Params.of("u", points(0).leaf());
        Tensor spikes = surrogate.spike(at.get("u"), THRESHOLD);
        double[] slopes = Autograd.gradient(spikes.sum(), at, false).get("u").doubles();
        double[] direct = surrogate.slope(points(0), THRESHOLD).doubles();
        double[] forward = Autograd.jvp(
                        p -> p.map(u -> surrogate.spike(u, THRESHOLD)),
                        Params.of("u", points(0)),
                        Params.of("u", points(0).mul(0).add(1)))
                .get("u")
                .doubles();
        for (int i = 0; i < POINTS.length; i++) {
            assertThat(spikes.doubles()[i]).isEqualTo(POINTS[i] > 0 ? 1 : 0);
            assertThat(new double[] {slopes[i], direct[i], forward[i]})
                    .containsOnly(new double[] {slope(surrogate, POINTS[i])}, within(1e-15));
        }
    }

    @ParameterizedTest
    @EnumSource
    void secondDerivativesAreThoseOfTheSurrogate(Surrogate surrogate) {
        Tensor second = Autograd.hessianVector(
                        p -> surrogate.spike(p.get("u"), THRESHOLD).sum(),
                        Params.of("u", points(0)),
                        Params.of("u", points(0).mul(0).add(1)))
                .get("u");
        double h = 1e-7;
        Tensor differences = surrogate
                .slope(points(h), THRESHOLD)
                .sub(surrogate.slope(points(-h), THRESHOLD))
                .div(2 * h);
        TestTasks.assertNear(second, differences, 1e-5);
    }
}
