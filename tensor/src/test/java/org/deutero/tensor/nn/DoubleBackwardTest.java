package org.deutero.tensor.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.InScope;
import org.deutero.tensor.Near;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.Architectures.Case;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Second derivatives of every layer and network: the Hessian is symmetric, the same in both modes, and the slope of the gradient. */
@ExtendWith(InScope.class)
class DoubleBackwardTest {
    /** A loss with curvature everywhere: sum of sin(y + 1). */
    private static Tensor loss(Case c, Params params, Tensor x) {
        return c.apply(params, x).add(1).sin().sum();
    }

    @TestFactory
    Stream<DynamicTest> hessianIsSymmetricAndMatchesDifferencesOfTheGradient() {
        return Architectures.all().stream()
                .map(c -> DynamicTest.dynamicTest(c.name(), () -> {
                    try (Scope s = Scope.open()) {
                        for (Params point : new Params[] {
                            c.params(), c.params().expand(Architectures.TASKS).copy()
                        }) {
                            // Inputs are part of the point: layers below need the derivative of the derivative, too.
                            check(c, point.under("w").with(Params.of("x", c.x())));
                        }
                    }
                }));
    }

    private static void check(Case c, Params point) {
        Params u = Near.normalLike(11, point);
        Params v = Near.normalLike(12, point);
        Params hu = Autograd.hessianVector(p -> loss(c, p.child("w"), p.get("x")), point, u);
        Params hv = Autograd.hessianVector(p -> loss(c, p.child("w"), p.get("x")), point, v);
        double uhv = u.dot(hv).item();
        assertThat(Math.abs(uhv)).isGreaterThan(1e-6);
        assertThat(v.dot(hu).item()).isCloseTo(uhv, within(1e-9 * (1 + Math.abs(uhv))));
        Params forward = Autograd.jvp(p -> gradient(c, p), point, v);
        assertThat(forward.sub(hv).norm()).as("forward over reverse").isLessThan(1e-10 * (1 + hv.norm()));
        double h = 1e-7;
        Params slope = gradient(c, point.addScaled(v, h))
                .sub(gradient(c, point.addScaled(v, -h)))
                .mul(0.5 / h);
        assertThat(slope.sub(hv).norm()).isLessThan(1e-5 * (1 + hv.norm()));
    }

    private static Params gradient(Case c, Params point) {
        Params leaf = point.leaf();
        return Autograd.gradient(loss(c, leaf.child("w"), leaf.get("x")), leaf, false);
    }
}
