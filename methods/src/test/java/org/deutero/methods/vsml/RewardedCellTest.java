package org.deutero.methods.vsml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.deutero.methods.InScope;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A synapse that is given everything, against a loop over its numbers. */
@ExtendWith(InScope.class)
class RewardedCellTest {
    private static final int N = 3;
    private static final int M = 2;
    private static final double GATE_BIAS = 0.7;

    private final SplittableRandom rng = new SplittableRandom(1);

    private Tensor normal(long... shape) {
        return Tensors.normal(rng, DType.FLOAT64, shape);
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static double[] head(Params theta, String direction, double[] h) {
        double[] weight = theta.get("head_" + direction + ".weight").doubles();
        double[] message = theta.get("head_" + direction + ".bias").doubles();
        for (int m = 0; m < M; m++) {
            for (int n = 0; n < N; n++) {
                message[m] += weight[m * N + n] * h[n];
            }
        }
        return message;
    }

    @Test
    void aSynapseIsAnLstmWithTheseInputsInThisOrder() {
        VsmlRule rule = new VsmlRule(N, M, 2, GATE_BIAS, Reduction.MEAN, false, true, true);
        Params theta = rule.init(rng, DType.FLOAT64).map(t -> normal(t.shape()));
        Tensor h0 = normal(1, N, 1, 1);
        Tensor c0 = normal(1, N, 1, 1);
        Messages in = new Messages(normal(1, 1, 1), normal(1, M, 1));
        Messages own = new Messages(normal(1, M, 1), normal(1, M, 1));
        Tensor reward = normal(1);
        Synapses after = new SynapseCell(rule, theta.expand(1)).visit(new Synapses(h0, c0), in, reward, own);

        double[] weight = theta.get("lstm.weight").doubles();
        double[] bias = theta.get("lstm.bias").doubles();
        double[] h = h0.doubles();
        double[] c = c0.doubles();
        double[] forward = own.forward().doubles();
        double[] backward = own.backward().doubles();
        for (int tick = 0; tick < 2; tick++) {
            double[] x = {
                in.forward().item(),
                0,
                in.backward().doubles()[0],
                in.backward().doubles()[1],
                reward.item(),
                forward[0],
                forward[1],
                backward[0],
                backward[1],
                h[0],
                h[1],
                h[2]
            };
            double[] g = bias.clone();
            for (int row = 0; row < 4 * N; row++) {
                for (int i = 0; i < x.length; i++) {
                    g[row] += weight[row * x.length + i] * x[i];
                }
            }
            for (int n = 0; n < N; n++) {
                c[n] = sigmoid(g[2 * N + n] + GATE_BIAS) * c[n] + sigmoid(g[n] - GATE_BIAS) * Math.tanh(g[N + n]);
                h[n] = sigmoid(g[3 * N + n]) * Math.tanh(c[n]);
            }
            forward = head(theta, "forward", h);
            backward = head(theta, "backward", h);
        }
        assertThat(after.h().doubles()).containsExactly(h, within(1e-13));
        assertThat(after.c().doubles()).containsExactly(c, within(1e-13));
    }
}
