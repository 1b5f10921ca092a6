package org.deutero.tensor.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.InScope;
import org.deutero.tensor.Near;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rules as functions that are themselves differentiated. */
@ExtendWith(InScope.class)
class DifferentiatedOptimizersTest {
    /** The slope of a first step with respect to a gradient that is zero in its first element. */
    private static double[] slopeAtZeroGradient(Adam rule) {
        Params params = Params.of("x", Near.vector(1, 1));
        Params gradient = Params.of("x", Near.vector(0, 2)).leaf();
        Params next = rule.update(gradient, rule.init(params), params, Rates.constant(0.1), 0)
                .params();
        return Autograd.gradient(next.get("x").sum(), gradient, false).get("x").doubles();
    }

    @Test
    void adamFromAZeroGradientHasNoSlopeWithoutEpsilonRoot() {
        assertThat(slopeAtZeroGradient(Adam.DEFAULT)[0]).isNaN();
    }

    @Test
    void adamFromAZeroGradientHasAFiniteSlopeWithEpsilonRoot() {
        double[] slope = slopeAtZeroGradient(Adam.DIFFERENTIABLE);
        // d/dg of g / (sqrt(g^2 + root) + epsilon) at 0.
        assertThat(slope[0]).isCloseTo(-0.1 / (1e-6 + 1e-8), within(1e-6));
        assertThat(slope[1]).isFinite();
    }

    /** d x_T / d x_0, d rate, d momentum over five steps on sum sin(x) against central differences. */
    @Test
    void derivativesOfWholeTrajectoriesMatchDifferences() {
        for (Optimizer rule : List.of(Sgd.PLAIN, new Sgd(0.7, false), new Sgd(0.7, true), Adam.DIFFERENTIABLE)) {
            Params point = Params.builder()
                    .put("x", Near.vector(0.4, -1.1))
                    .put("rate", Near.vector(0.05))
                    .build();
            Params leaf = point.leaf();
            Params exact = Autograd.gradient(end(rule, leaf), leaf, false);
            Params direction = Near.normalLike(3, point);
            double h = 1e-6;
            double difference = (end(rule, point.addScaled(direction, h)).item()
                            - end(rule, point.addScaled(direction, -h)).item())
                    / (2 * h);
            assertThat(exact.dot(direction).item()).isCloseTo(difference, within(1e-7));
            assertThat(Math.abs(exact.get("rate").item())).isGreaterThan(1e-3);
        }
    }

    private static Tensor end(Optimizer rule, Params point) {
        Params x = point.filter("x"::equals);
        Params state = rule.init(x);
        for (int t = 0; t < 5; t++) {
            Params g = x.map(Tensor::cos);
            Optimizer.Update update = rule.update(g, state, x, Rates.of(Params.of("x", point.get("rate"))), t);
            x = update.params();
            state = update.state();
        }
        return x.get("x").mul(Near.vector(1, 2)).sum();
    }
}
