package org.deutero.methods.spiking;

import java.util.List;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * e-prop (Bellec et al. 2020, Nature Communications 11, 3625): learning in a recurrent spiking network without going back in time. A synapse from i to j keeps an eligibility trace e_{ji,t} = psi_{j,t} ybar_{i,t},
 * the pseudo-derivative of j's spike times what reached j from i, filtered by the membrane; the gradient of its weight is taken as the sum over t of L_{j,t} e_{ji,t}, where L_{j,t} is the derivative of the loss by
 * the spike z_{j,t} on its way to the readout only. What a spike does through other neurons is left out, so without recurrent weights the gradient is exact.
 *
 * <p>Online one filters traces by the readout's decay and multiplies them by the readouts' errors, sum_t error_t sum_{s<=t} kappa^{t-s} e_s. Here the same sum is taken in the other order: an error of the time mean
 * reaches e_t with the share {@link LifNetwork#shares} c_t, and traces of all synapses come out of one product of matrices.
 *
 * <p>The error is that of the loss, which compares targets with the time mean; the paper's code compares them with the readout of every time step.
 *
 * @param pseudo pseudo-derivative of a spike
 * @param in factor on the gradient of input weights
 * @param rec factor on that of recurrent weights
 * @param out factor on that of readout weights
 */
public record EProp(Surrogate pseudo, double in, double rec, double out) {
    /** Factors of the contrastive meta-learning paper: the readout learns at a tenth. */
    public static final EProp SLOW_READOUT = new EProp(Surrogate.TRIANGLE, 1, 1, 0.1);

    /**
     * The rule's gradient of a loss of the outputs and the spikes, like {@code weights}.
     *
     * @param weights each task's own
     * @param input spikes [tasks, steps, n, inputs]
     * @param activity the run on them
     * @param error derivative of the loss by outputs, [tasks, n, outputs]
     * @param direct derivative of the loss by spikes other than through the readout; broadcasts to [tasks, steps, n, hidden]
     */
    public Params gradient(
            LifNetwork network,
            Params weights,
            Tensor input,
            LifNetwork.Activity activity,
            Tensor error,
            Tensor direct) {
        Tensor z = activity.spikes();
        int steps = (int) z.size(1);
        Tensor learning = network.shares(steps, z)
                .mul(error.matmul(weights.get("out")).unsqueeze(1))
                .add(direct);
        Tensor psi = pseudo.slope(activity.membrane().sub(network.threshold()), network.threshold());
        Tensor signal = rows(learning.mul(psi)).transpose(1, 2);
        Tensor before = Tensors.cat(List.of(Tensors.zerosLike(z.slice(1, 0, 1)), z.slice(1, 0, steps - 1)), 1);
        return Params.builder()
                .put("in", signal.matmul(rows(network.filtered(input))).mul(in))
                .put("rec", signal.matmul(rows(network.filtered(before))).mul(rec))
                .put(
                        "out",
                        error.transpose(1, 2).matmul(network.features(activity)).mul(out))
                .build();
    }

    /** [tasks, steps, n, units] to [tasks, steps * n, units]. */
    private static Tensor rows(Tensor train) {
        return train.reshape(train.size(0), -1, train.size(3));
    }
}
