package org.deutero.methods.spiking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.deutero.methods.InScope;
import org.deutero.methods.TestTasks;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Against autograd where e-prop is exact, and against the published online form, neuron by neuron, where it is not. */
@ExtendWith(InScope.class)
class EPropTest {
    private static final int TASKS = 2;
    private static final int STEPS = 12;
    private static final int N = 3;
    private static final int IN = 5;
    private static final int HIDDEN = 4;
    private static final int OUT = 2;
    private static final double ALPHA = 0.9;
    private static final double KAPPA = 0.8;
    private static final double THRESHOLD = 0.1;
    private static final FiringRate RATE = new FiringRate(0.7, 0.2);
    private static final EProp EPROP = new EProp(Surrogate.TRIANGLE, 1, 1, 1);

    private final LifNetwork network = new LifNetwork(IN, HIDDEN, OUT, ALPHA, KAPPA, THRESHOLD, Surrogate.TRIANGLE);
    private final SplittableRandom rng = new SplittableRandom(5);
    private final Tensor input = Tensors.uniform(rng, 0, 1, DType.FLOAT64, TASKS, STEPS, N, IN)
            .lt(0.3)
            .to(DType.FLOAT64);
    private final Tensor target = Tensors.normal(rng, DType.FLOAT64, TASKS, N, OUT);

    private Params weights(double recurrent) {
        return Params.builder()
                .put("in", Tensors.normal(rng, DType.FLOAT64, TASKS, HIDDEN, IN).mul(0.08))
                .put(
                        "rec",
                        Tensors.normal(rng, DType.FLOAT64, TASKS, HIDDEN, HIDDEN)
                                .mul(recurrent))
                .put("out", Tensors.normal(rng, DType.FLOAT64, TASKS, OUT, HIDDEN))
                .build();
    }

    private Tensor losses(Params weights) {
        LifNetwork.Activity activity = network.run(weights, input);
        Tensor away = network.outputs(weights, activity).sub(target);
        return away.square().sum(1, 2).add(RATE.losses(activity.spikes()));
    }

    private Params byRule(EProp rule, Params weights) {
        LifNetwork.Activity activity = network.run(weights, input);
        Tensor error = network.outputs(weights, activity).sub(target).mul(2);
        return rule.gradient(network, weights, input, activity, error, RATE.signal(activity.spikes()));
    }

    private Params byAutograd(Params weights) {
        Params leaf = weights.leaf();
        return Autograd.gradient(losses(leaf).sum(), leaf, false);
    }

    @Test
    void withoutRecurrentWeightsItIsTheGradient() {
        Params weights = weights(0);
        Params exact = byAutograd(weights);
        exact.forEach((name, g) -> assertThat(g.abs().sum().item()).as(name).isGreaterThan(0.01));
        TestTasks.assertNear(byRule(EPROP, weights), exact, 1e-10);
    }

    /** The whole point of the approximation: what a spike does through other neurons is left out. */
    @Test
    void withRecurrentWeightsItIsNot() {
        Params weights = weights(0.1);
        Params difference = byRule(EPROP, weights).sub(byAutograd(weights));
        assertThat(difference.get("in").abs().sum().item()).isGreaterThan(1e-3);
        assertThat(difference.get("rec").abs().sum().item()).isGreaterThan(1e-3);
        assertThat(difference.get("out").abs().sum().item()).isLessThan(1e-10);
    }

    @Test
    void factorsScaleTheParts() {
        Params weights = weights(0.1);
        Params plain = byRule(EPROP, weights);
        Params scaled = byRule(new EProp(Surrogate.TRIANGLE, 2, 3, 0.1), weights);
        TestTasks.assertNear(scaled.get("in"), plain.get("in").mul(2), 1e-12);
        TestTasks.assertNear(scaled.get("rec"), plain.get("rec").mul(3), 1e-12);
        TestTasks.assertNear(scaled.get("out"), plain.get("out").mul(0.1), 1e-12);
    }

    /** v, z and readouts step by step; traces filtered by the membrane, then by the readout; errors and rates multiplied at every step. */
    @Test
    void itIsThePublishedSumOverTime() {
        Params weights = weights(0.1);
        Params rule = byRule(EPROP, weights);
        double[][] expected = new double[3][];
        expected[0] = new double[TASKS * HIDDEN * IN];
        expected[1] = new double[TASKS * HIDDEN * HIDDEN];
        expected[2] = new double[TASKS * OUT * HIDDEN];
        double[] outputs = new double[TASKS * N * OUT];
        for (int task = 0; task < TASKS; task++) {
            double[] rates = new double[HIDDEN];
            double[][][] spikes = new double[N][][];
            for (int n = 0; n < N; n++) {
                Online run = new Online(weights, task, n);
                run.learn(new double[OUT], new double[HIDDEN]);
                spikes[n] = run.z;
                for (int k = 0; k < OUT; k++) {
                    outputs[(task * N + n) * OUT + k] = run.mean[k];
                }
                for (int j = 0; j < HIDDEN; j++) {
                    for (int t = 0; t < STEPS; t++) {
                        rates[j] += run.z[t][j] / (STEPS * N);
                    }
                }
            }
            for (int n = 0; n < N; n++) {
                double[] error = new double[OUT];
                for (int k = 0; k < OUT; k++) {
                    int at = (task * N + n) * OUT + k;
                    error[k] = 2 * (outputs[at] - target.doubles()[at]) / STEPS;
                }
                double[] direct = new double[HIDDEN];
                for (int j = 0; j < HIDDEN; j++) {
                    direct[j] = 2 * RATE.strength() * (rates[j] - RATE.target()) / (STEPS * N);
                }
                Online run = new Online(weights, task, n);
                run.learn(error, direct);
                add(expected[0], task, run.in);
                add(expected[1], task, run.rec);
                add(expected[2], task, run.out);
            }
        }
        assertThat(network.outputs(weights, network.run(weights, input)).doubles())
                .containsExactly(outputs, within(1e-12));
        assertThat(rule.get("in").doubles()).containsExactly(expected[0], within(1e-10));
        assertThat(rule.get("rec").doubles()).containsExactly(expected[1], within(1e-10));
        assertThat(rule.get("out").doubles()).containsExactly(expected[2], within(1e-10));
    }

    private static void add(double[] all, int task, double[][] part) {
        int i = task * part.length * part[0].length;
        for (double[] row : part) {
            for (double value : row) {
                all[i++] += value;
            }
        }
    }

    /** One example of one task, in plain numbers. */
    private final class Online {
        private final double[][] win;
        private final double[][] wrec;
        private final double[][] wout;
        private final double[][] x = new double[STEPS][IN];
        private final double[][] z = new double[STEPS][HIDDEN];
        private final double[] mean = new double[OUT];
        private final double[][] in = new double[HIDDEN][IN];
        private final double[][] rec = new double[HIDDEN][HIDDEN];
        private final double[][] out = new double[OUT][HIDDEN];

        Online(Params weights, int task, int n) {
            win = matrix(weights.get("in").select(0, task));
            wrec = matrix(weights.get("rec").select(0, task));
            wout = matrix(weights.get("out").select(0, task));
            for (int t = 0; t < STEPS; t++) {
                x[t] = input.select(0, task).select(0, t).select(0, n).doubles();
            }
        }

        private static double[][] matrix(Tensor t) {
            double[][] rows = new double[(int) t.size(0)][];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = t.select(0, i).doubles();
            }
            return rows;
        }

        /** Errors are the same at every step, since the loss sees the time mean. */
        void learn(double[] error, double[] direct) {
            double[] v = new double[HIDDEN];
            double[] o = new double[OUT];
            double[] before = new double[HIDDEN];
            double[] xbar = new double[IN];
            double[] zbar = new double[HIDDEN];
            double[] readoutTrace = new double[HIDDEN];
            double[][] slowIn = new double[HIDDEN][IN];
            double[][] slowRec = new double[HIDDEN][HIDDEN];
            for (int t = 0; t < STEPS; t++) {
                for (int i = 0; i < IN; i++) {
                    xbar[i] = ALPHA * xbar[i] + x[t][i];
                }
                for (int i = 0; i < HIDDEN; i++) {
                    zbar[i] = ALPHA * zbar[i] + before[i];
                }
                for (int j = 0; j < HIDDEN; j++) {
                    v[j] = ALPHA * v[j] + dot(win[j], x[t]) + dot(wrec[j], before) - THRESHOLD * before[j];
                    z[t][j] = v[j] > THRESHOLD ? 1 : 0;
                    double psi = 0.3 * Math.max(0, 1 - Math.abs((v[j] - THRESHOLD) / THRESHOLD));
                    readoutTrace[j] = KAPPA * readoutTrace[j] + z[t][j];
                    double signal = 0;
                    for (int k = 0; k < OUT; k++) {
                        signal += error[k] * wout[k][j];
                    }
                    for (int i = 0; i < IN; i++) {
                        slowIn[j][i] = KAPPA * slowIn[j][i] + psi * xbar[i];
                        in[j][i] += signal * slowIn[j][i] + direct[j] * psi * xbar[i];
                    }
                    for (int i = 0; i < HIDDEN; i++) {
                        slowRec[j][i] = KAPPA * slowRec[j][i] + psi * zbar[i];
                        rec[j][i] += signal * slowRec[j][i] + direct[j] * psi * zbar[i];
                    }
                }
                for (int k = 0; k < OUT; k++) {
                    o[k] = KAPPA * o[k] + dot(wout[k], z[t]);
                    mean[k] += o[k] / STEPS;
                    for (int j = 0; j < HIDDEN; j++) {
                        out[k][j] += error[k] * readoutTrace[j];
                    }
                }
                before = z[t].clone();
            }
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
