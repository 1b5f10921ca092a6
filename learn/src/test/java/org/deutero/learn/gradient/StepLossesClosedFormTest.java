package org.deutero.learn.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.learn.InScope;
import org.deutero.learn.InnerGradient;
import org.deutero.learn.Learner;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.gradient.adjoint.IdentityJacobian;
import org.deutero.learn.gradient.adjoint.Sweep;
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Inner loss a phi^2/2 - lin phi, so phi_{t+1} = r phi_t + alpha lin with r = 1 - alpha a; every step meets the loss
 * k phi_{t+1} + d lin + e phi_t, and the end (phi_T - c)^2/2. All derivatives are short formulas.
 */
@ExtendWith(InScope.class)
class StepLossesClosedFormTest {
    private static final double A = 0.8;
    private static final double ALPHA = 0.3;
    private static final double R = 1 - ALPHA * A;
    private static final double C = 2;
    private static final double K = 0.7;
    private static final double D = 0.4;
    private static final double E = -0.6;
    private static final double LIN = 0.7;
    private static final double INIT = 1.5;
    private static final int STEPS = 6;

    private record One() implements TaskBatch<One> {
        @Override
        public int size() {
            return 1;
        }

        @Override
        public One slice(int from, int to) {
            return this;
        }

        @Override
        public One repeat(int times) {
            throw new UnsupportedOperationException("there is only one task");
        }
    }

    private static final class Scalar implements Learner<One> {
        @Override
        public Params metaParameters(RandomGenerator rng) {
            return Params.builder()
                    .put("lin", Tensor.of(new double[] {LIN}))
                    .put("init", Tensor.of(new double[] {INIT}))
                    .build();
        }

        @Override
        public Params begin(Params theta, One tasks, StepContext context) {
            return Params.of("phi", theta.get("init")).expand(1);
        }

        @Override
        public Step step(Params theta, Params phi, One tasks, StepContext context) {
            InnerGradient.Loss loss =
                    (th, p) -> p.get("phi").square().mul(A / 2).sub(p.get("phi").mul(th.get("lin")));
            Params next =
                    phi.addScaled(InnerGradient.of(loss, theta, phi, context).gradient(), -ALPHA);
            Tensor met = next.get("phi")
                    .mul(K)
                    .add(theta.get("lin").mul(D))
                    .add(phi.get("phi").mul(E));
            return new Step(next, met);
        }

        @Override
        public int steps(One tasks) {
            return STEPS;
        }

        @Override
        public Tensor metaLoss(Params theta, Params phi, One tasks, StepContext context) {
            return phi.get("phi").sub(C).square().mul(0.5);
        }
    }

    private static double phi(int t) {
        return Math.pow(R, t) * INIT + (1 - Math.pow(R, t)) * LIN / A;
    }

    private static void check(MetaGradient estimator, double lin, double init) {
        Scalar learner = new Scalar();
        Estimate e = estimator.estimate(learner, learner.metaParameters(null), new One(), TaskContext.training(1));
        double loss = (phi(STEPS) - C) * (phi(STEPS) - C) / 2;
        for (int t = 0; t < STEPS; t++) {
            loss += K * phi(t + 1) + D * LIN + E * phi(t);
        }
        assertThat(e.losses().item()).as(estimator.name()).isCloseTo(loss, within(1e-13));
        assertThat(e.gradient().get("lin").item()).as(estimator.name()).isCloseTo(lin, within(1e-13));
        assertThat(e.gradient().get("init").item()).as(estimator.name()).isCloseTo(init, within(1e-13));
    }

    @Test
    void exact() {
        double end = phi(STEPS) - C;
        double lin = end * (1 - Math.pow(R, STEPS)) / A;
        double init = end * Math.pow(R, STEPS);
        for (int t = 0; t < STEPS; t++) {
            lin += K * (1 - Math.pow(R, t + 1)) / A + D + E * (1 - Math.pow(R, t)) / A;
            init += K * Math.pow(R, t + 1) + E * Math.pow(R, t);
        }
        for (MetaGradient exact : List.of(Unroll.FULL, Sweep.ALL, Sweep.SQRT)) {
            check(exact, lin, init);
        }
    }

    /** Inner gradients are constants: a state is the start minus numbers. */
    @Test
    void firstOrder() {
        double end = phi(STEPS) - C;
        check(Unroll.FIRST_ORDER, STEPS * D, end + STEPS * (K + E));
    }

    /** A_t = 1 for the end's loss; a loss on the way sees theta through its own step only, its state taken as constant. */
    @Test
    void identity() {
        double end = phi(STEPS) - C;
        check(new IdentityJacobian(), STEPS * (ALPHA * end + K * ALPHA + D), end);
    }
}
