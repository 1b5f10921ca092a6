package org.deutero.methods.plastic;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.LayerNorm;
import org.deutero.tensor.nn.Linear;

/**
 * A recurrent layer that attends to its recent past by fast weights A(t) = lambda A(t-1) + eta h(t) h(t)' (Ba, Hinton, Mnih, Leibo, Ionescu 2016, arXiv 1610.06258):
 *
 * <pre>
 * h_0(t+1) = relu(W h(t) + C x(t));  h_{s+1}(t+1) = relu(LN(W h(t) + C x(t) + A(t) h_s(t+1))),  s = 0..S-1
 * </pre>
 *
 * <p>A is never formed: A(t) h = eta sum over tau of lambda^(t-tau) h(tau) (h(tau) . h), attention over past activity. Parameters: {@code recurrent} W [units, units], {@code input} C with a bias, and {@code norm}. The state holds {@code past}
 * [tasks, t, units].
 *
 * @param inputs numbers in an input
 * @param units number of units
 * @param decay lambda
 * @param rate eta; 0 for the recurrent network with layer normalisation to compare with
 * @param loops S, times that fast weights act within a step
 */
public record FastWeightCell(int inputs, int units, double decay, double rate, int loops) implements RecurrentCell {
    private static final String RECURRENT = "recurrent";
    private static final String INPUT = "input";
    private static final String NORM = "norm";
    private static final String PAST = "past";
    /** W starts as so much of the identity. */
    private static final double IDENTITY = 0.05;

    /** Refuses a cell without an inner loop, in which nothing would be normalised. */
    public FastWeightCell {
        if (loops < 1) {
            throw new IllegalArgumentException("fast weights need at least 1 inner loop, not " + loops);
        }
    }

    private LayerNorm norm() {
        return new LayerNorm(units, 1e-5);
    }

    @Override
    public Params init(RandomGenerator rng, DType dtype) {
        return Params.builder()
                .put(RECURRENT, Tensors.eye(units, dtype).mul(IDENTITY))
                .put(INPUT, new Linear(inputs, units, Initializer.FAN_IN_UNIFORM).init(rng, dtype))
                .put(NORM, norm().init(dtype))
                .build();
    }

    @Override
    public Params start(Params theta, int tasks) {
        Tensor w = theta.get(RECURRENT);
        Tensor silence = Tensors.zeros(w.dtype(), tasks, 1, units).to(w.device());
        Tensor nothing = Tensors.zeros(w.dtype(), tasks, 0, units).to(w.device());
        return Params.builder().put(ACTIVITY, silence).put(PAST, nothing).build();
    }

    @Override
    public Params step(Params theta, Params state, Tensor input) {
        Tensor past = state.get(PAST);
        Tensor slow = state.get(ACTIVITY)
                .matmul(theta.get(RECURRENT).transpose(-2, -1))
                .add(Linear.apply(theta.child(INPUT), input));
        Tensor weights = weights((int) past.size(1)).to(past.dtype()).to(past.device());
        Tensor h = slow.relu();
        for (int s = 0; s < loops; s++) {
            Tensor sum = rate == 0 || past.size(1) == 0 ? slow : slow.add(attend(past, weights, h));
            h = norm().apply(theta.child(NORM), sum).relu();
        }
        return Params.builder()
                .put(ACTIVITY, h)
                .put(PAST, Tensors.cat(List.of(past, h), 1))
                .build();
    }

    /** A h, [tasks, 1, units]. */
    private static Tensor attend(Tensor past, Tensor weights, Tensor h) {
        return h.matmul(past.transpose(1, 2)).mul(weights).matmul(past);
    }

    /** eta lambda^age of n past activities, the youngest last. */
    private Tensor weights(int n) {
        double[] weights = new double[n];
        for (int i = 0; i < n; i++) {
            weights[i] = rate * Math.pow(decay, n - 1 - i);
        }
        return Tensor.of(weights, n);
    }
}
