package org.deutero.tensor.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.deutero.tensor.InScope;
import org.deutero.tensor.Near;
import org.deutero.tensor.Params;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each rule against a loop over plain numbers, for the gradient of sum sin(2 x) + x^2 / 2 and seven steps. */
@ExtendWith(InScope.class)
class OptimizersAgainstLoopsTest {
    private static final double RATE = 0.05;
    private static final int STEPS = 7;
    private static final double[] START = {0.3, -1.2, 2.5};

    private static double slope(double x) {
        return 2 * Math.cos(2 * x) + x;
    }

    /** Runs the rule on two tensors of one and two elements. */
    private static double[] run(Optimizer rule) {
        return run(rule, 2);
    }

    /** @param row of the second tensor's shape, [2] or [1, 2] */
    private static double[] run(Optimizer rule, long... row) {
        Params params = Params.builder()
                .put("a", Near.vector(START[0]))
                .put("b.c", Near.vector(START[1], START[2]).reshape(row))
                .build();
        Params state = rule.init(params);
        for (int t = 0; t < STEPS; t++) {
            Params gradients = params.map(p -> p.mul(2).cos().mul(2).add(p));
            Optimizer.Update update = rule.update(gradients, state, params, Rates.constant(RATE), t);
            params = update.params();
            state = update.state();
        }
        return params.flatten().doubles();
    }

    private static void compare(Optimizer rule, double... expected) {
        assertThat(run(rule)).containsExactly(expected, within(1e-13));
    }

    @Test
    void plainDescent() {
        double[] x = START.clone();
        for (int t = 0; t < STEPS; t++) {
            for (int i = 0; i < x.length; i++) {
                x[i] -= RATE * slope(x[i]);
            }
        }
        compare(Sgd.PLAIN, x);
    }

    @Test
    void momentumWithoutDampening() {
        double[] x = START.clone();
        double[] v = new double[x.length];
        for (int t = 0; t < STEPS; t++) {
            for (int i = 0; i < x.length; i++) {
                v[i] = 0.9 * v[i] + slope(x[i]);
                x[i] -= RATE * v[i];
            }
        }
        compare(new Sgd(0.9, false), x);
    }

    @Test
    void nesterovMomentum() {
        double[] x = START.clone();
        double[] v = new double[x.length];
        for (int t = 0; t < STEPS; t++) {
            for (int i = 0; i < x.length; i++) {
                double g = slope(x[i]);
                v[i] = 0.8 * v[i] + g;
                x[i] -= RATE * (g + 0.8 * v[i]);
            }
        }
        compare(new Sgd(0.8, true), x);
    }

    private static double[] adam(double beta1, double beta2, double epsilon, double root, double decay) {
        return adam(beta1, beta2, epsilon, root, 0, decay, decay, decay);
    }

    /** @param decays of each of the elements */
    private static double[] adam(double beta1, double beta2, double epsilon, double root, double l2, double... decays) {
        double[] x = START.clone();
        double[] m = new double[x.length];
        double[] v = new double[x.length];
        for (int t = 1; t <= STEPS; t++) {
            for (int i = 0; i < x.length; i++) {
                double g = slope(x[i]) + l2 * x[i];
                m[i] = beta1 * m[i] + (1 - beta1) * g;
                v[i] = beta2 * v[i] + (1 - beta2) * g * g;
                double first = m[i] / (1 - Math.pow(beta1, t));
                double second = v[i] / (1 - Math.pow(beta2, t));
                // As torch.optim.AdamW: decay first, then the step from the gradient at the old point.
                x[i] = x[i] * (1 - RATE * decays[i]) - RATE * first / (Math.sqrt(second + root) + epsilon);
            }
        }
        return x;
    }

    @Test
    void adam() {
        compare(new Adam(0.9, 0.999, 1e-8, 0, 0), adam(0.9, 0.999, 1e-8, 0, 0));
        // A large epsilon tells its place from others.
        compare(new Adam(0.7, 0.9, 0.3, 0, 0), adam(0.7, 0.9, 0.3, 0, 0));
        compare(new Adam(0.7, 0.9, 0.3, 0.2, 0), adam(0.7, 0.9, 0.3, 0.2, 0));
    }

    @Test
    void adamWithoutFirstMoment() {
        compare(new Adam(0, 0.999, 1e-8, 0, 0), adam(0, 0.999, 1e-8, 0, 0));
    }

    @Test
    void adamW() {
        compare(new Adam(0.9, 0.99, 1e-8, 0, 0.4), adam(0.9, 0.99, 1e-8, 0, 0.4));
    }

    /** Two vectors, then a vector and a matrix. */
    @Test
    void vectorsMayBeSparedTheDecay() {
        Adam rule = new Adam(0.9, 0.99, 1e-8, 0, 0.4, false);
        compare(rule, adam(0.9, 0.99, 1e-8, 0, 0, 0, 0, 0));
        assertThat(run(rule, 1, 2)).containsExactly(adam(0.9, 0.99, 1e-8, 0, 0, 0, 0.4, 0.4), within(1e-13));
    }

    @Test
    void weightDecayAddsToTheGradientBeforeTheMoments() {
        compare(new WeightDecay(new Adam(0.9, 0.99, 1e-8, 0, 0), 0.4), adam(0.9, 0.99, 1e-8, 0, 0.4, 0, 0, 0));
        compare(new WeightDecay(new Adam(0.9, 0.99, 1e-8, 0, 0), 0), adam(0.9, 0.99, 1e-8, 0, 0));
        assertThatThrownBy(() -> new WeightDecay(Adam.DEFAULT, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rulesLeaveWhatTheyAreGivenAsItWas() {
        for (Optimizer rule : List.of(new Sgd(0.9, true), Adam.DEFAULT)) {
            Params params = Params.of("x", Near.vector(1, 2));
            Params gradients = Params.of("x", Near.vector(3, 4));
            Params state = rule.init(params);
            rule.update(gradients, state, params, Rates.constant(1), 0);
            assertThat(params.get("x").doubles()).containsExactly(1, 2);
            assertThat(gradients.get("x").doubles()).containsExactly(3, 4);
            assertThat(state.norm()).isZero();
        }
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        for (double bad : new double[] {-0.1, 1, Double.NaN}) {
            assertThatThrownBy(() -> new Sgd(bad, false))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("momentum must lie in [0, 1), not " + bad);
            assertThatThrownBy(() -> new Adam(bad, 0.9, 1e-8, 0, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("betas must lie in [0, 1), not " + bad + " and 0.9");
            assertThatThrownBy(() -> new Adam(0.9, bad, 1e-8, 0, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("betas must lie in [0, 1), not 0.9 and " + bad);
        }
        assertThatThrownBy(() -> new Adam(0.9, 0.9, -1, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("epsilon, epsilonRoot and decay must not be negative");
    }
}
