package org.deutero.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.deutero.learn.TaskContext;
import org.deutero.learn.gradient.Unroll;
import org.deutero.learn.gradient.adjoint.IdentityJacobian;
import org.deutero.learn.gradient.adjoint.Sweep;
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.junit.jupiter.api.Test;

/**
 * L = a phi^2/2 - theta phi, F = (phi_T - c)^2/2 with a = 0.8, theta = 0.7, c = 2, alpha = 0.3, T = 6, phi_0 = 1.5: with r = 1 - alpha a the
 * exact derivative is (phi_T - c) (1 - r^T)/a.
 */
class ScalarClosedFormTest {
    private static final double A = 0.8;
    private static final double C = 2;
    private static final double RATE = 0.3;
    private static final int STEPS = 6;

    private static Tensor constant(double value, long... shape) {
        return Tensor.of(new double[] {value}, shape);
    }

    private static Params gradient(MetaGradient estimator) {
        QuadraticTasks tasks = new QuadraticTasks(
                constant(A, 1, 1, 1), constant(0, 1, 1), constant(1, 1, 1, 1), constant(1, 1, 1, 1), constant(C, 1, 1));
        // exp(-800) is 0: no weight decay.
        Params theta = Params.builder()
                .put("lin", constant(0.7, 1))
                .put("log_decay", constant(-800, 1))
                .put("init", constant(1.5, 1))
                .build();
        Estimate estimate =
                estimator.estimate(new QuadraticLearner(RATE, STEPS, 0), theta, tasks, TaskContext.training(0));
        return estimate.gradient();
    }

    @Test
    void printedValues() {
        double r = 1 - RATE * A;
        double end = Math.pow(r, STEPS) * 1.5 + (1 - Math.pow(r, STEPS)) * 0.7 / A;
        assertThat(end).isCloseTo(0.995437455, within(1e-9));
        try (Scope s = Scope.open()) {
            for (MetaGradient exact : new MetaGradient[] {Unroll.FULL, Sweep.ALL, Sweep.SQRT}) {
                Params g = gradient(exact);
                assertThat(g.get("lin").item()).isCloseTo((end - C) * (1 - Math.pow(r, STEPS)) / A, within(1e-14));
                assertThat(g.get("lin").item()).isCloseTo(-1.013729268, within(2e-9));
                assertThat(g.get("init").item()).isCloseTo(-0.193579130, within(2e-9));
            }
            assertThat(gradient(Unroll.FIRST_ORDER).get("init").item()).isCloseTo(-1.004562545, within(2e-9));
            assertThat(gradient(Unroll.FIRST_ORDER).get("lin").item()).isZero();
            assertThat(gradient(new IdentityJacobian()).get("lin").item()).isCloseTo(-1.808212580, within(2e-9));
        }
    }
}
