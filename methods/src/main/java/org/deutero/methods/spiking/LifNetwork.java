package org.deutero.methods.spiking;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * A recurrent network of leaky integrate-and-fire neurons with leaky readouts, as in Bellec et al. 2020 (Nature Communications 11, 3625):
 *
 * <pre>
 * v_t = alpha v_{t-1} + W_in x_t + W_rec z_{t-1} - threshold z_{t-1}     (no derivative through the last term, the reset)
 * z_t = 1[v_t > threshold]
 * o_t = kappa o_{t-1} + W_out z_t,                                        output = mean of o_t over time
 * </pre>
 *
 * <p>All states start at zero. Weights, each task's own: {@code in} [tasks, hidden, inputs], {@code rec} [tasks, hidden, hidden], {@code out} [tasks, outputs, hidden].
 *
 * @param inputs spike trains that come in
 * @param hidden neurons
 * @param outputs readouts
 * @param alpha decay of the membrane in a time step
 * @param kappa decay of the readout in a time step
 * @param threshold of a spike
 * @param surrogate derivative of a spike where autograd takes one
 */
public record LifNetwork(
        int inputs, int hidden, int outputs, double alpha, double kappa, double threshold, Surrogate surrogate) {
    /** Factors on Kaiming's normal deviation, sqrt(2 / fan in), of {@code in}, {@code rec} and {@code out}. */
    private static final double[] GAINS = {0.1, 0.01, 0.1};

    /** Membranes and readouts with a time constant of 30 steps, threshold 0.1: the network of the contrastive meta-learning paper. */
    public static LifNetwork of(int inputs, int hidden, int outputs) {
        double decay = Math.exp(-1.0 / 30);
        return new LifNetwork(inputs, hidden, outputs, decay, decay, 0.1, Surrogate.FAST_SIGMOID);
    }

    /**
     * What happened in a run.
     *
     * @param membrane v [tasks, steps, n, hidden]
     * @param spikes z, of the same shape
     */
    public record Activity(Tensor membrane, Tensor spikes) {}

    /** Random weights without a task dimension. */
    public Params init(RandomGenerator rng, DType dtype) {
        return Params.builder()
                .put("in", normal(rng, dtype, GAINS[0], hidden, inputs))
                .put("rec", normal(rng, dtype, GAINS[1], hidden, hidden))
                .put("out", normal(rng, dtype, GAINS[2], outputs, hidden))
                .build();
    }

    private static Tensor normal(RandomGenerator rng, DType dtype, double gain, int out, int in) {
        return Tensors.normal(rng, dtype, out, in).mul(gain * Math.sqrt(2.0 / in));
    }

    /**
     * Runs the network.
     *
     * @param weights each task's own
     * @param input spikes [tasks, steps, n, inputs]
     */
    public Activity run(Params weights, Tensor input) {
        int tasks = (int) input.size(0);
        int steps = (int) input.size(1);
        int n = (int) input.size(2);
        Tensor current = input.reshape(tasks, -1, inputs)
                .matmul(weights.get("in").transpose(1, 2))
                .reshape(tasks, steps, n, hidden);
        Tensor recurrent = weights.get("rec").transpose(1, 2);
        List<Tensor> membrane = new ArrayList<>(steps);
        List<Tensor> spikes = new ArrayList<>(steps);
        Tensor v = current.select(1, 0);
        for (int t = 0; t < steps; t++) {
            if (t > 0) {
                Tensor z = spikes.get(t - 1);
                v = current.select(1, t)
                        .addScaled(v, alpha)
                        .addScaled(z.detach(), -threshold)
                        .baddbmm(z, recurrent);
            }
            membrane.add(v);
            spikes.add(surrogate.spike(v.sub(threshold), threshold));
        }
        return new Activity(Tensors.stack(membrane, 1), Tensors.stack(spikes, 1));
    }

    /** What a readout's time mean sees of every neuron: sum_t c_t z_t, [tasks, n, hidden], with the {@link #shares} c_t. */
    Tensor features(Activity activity) {
        Tensor z = activity.spikes();
        return shares((int) z.size(1), z).mul(z).sum(1);
    }

    /** Time means of the readouts, [tasks, n, outputs]. */
    public Tensor outputs(Params weights, Activity activity) {
        return features(activity).matmul(weights.get("out").transpose(1, 2));
    }

    /**
     * How much a spike of a time step adds to the time mean of a readout of weight 1: c_t = (1/T) sum over s from t to T - 1 of kappa^{s-t}.
     *
     * @return [1, steps, 1, 1]
     */
    Tensor shares(int steps, Tensor like) {
        double[] shares = new double[steps];
        double sum = 0;
        for (int t = steps - 1; t >= 0; t--) {
            sum = 1 + kappa * sum;
            shares[t] = sum / steps;
        }
        return Tensor.of(shares, 1, steps, 1, 1).to(like.dtype()).to(like.device());
    }

    /** A train [tasks, steps, n, units] filtered by the membrane: y_t = alpha y_{t-1} + x_t. */
    Tensor filtered(Tensor train) {
        int steps = (int) train.size(1);
        double[] kernel = new double[steps * steps];
        for (int t = 0; t < steps; t++) {
            for (int s = 0; s <= t; s++) {
                kernel[t * steps + s] = Math.pow(alpha, t - s);
            }
        }
        Tensor k = Tensor.of(kernel, steps, steps).to(train.dtype()).to(train.device());
        return k.matmul(train.flatten(2)).reshape(train.shape());
    }
}
