package org.deutero.methods.hebbian;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Layers of tanh units without biases, the last one linear, whose weights are rewritten by an {@link AbcdRule} after every forward pass (Najarro, Risi 2020, arXiv 2007.02686). Weights start at random and are divided by their
 * largest after every change.
 *
 * <p>Meta-parameters: coefficients {@code l0.a, ...}; or, of a network that is not plastic, weights {@code l0.w} alone, [in, out]. Weights are named {@code l0, l1, ...}. All tensors may have leading dimensions.
 *
 * @param rule of the synapses
 * @param plastic whether weights change at all; otherwise this is the network with learned weights to compare with
 * @param hidden units of the hidden layers
 * @param range weights start uniform in [-range, range)
 */
public record HebbianNetwork(AbcdRule rule, boolean plastic, List<Integer> hidden, double range) {
    private static final String W = "w";
    /** Keeps a layer of zeros from being divided by 0. */
    private static final double SMALL = 1e-8;

    /** Copies the list. */
    public HebbianNetwork {
        hidden = List.copyOf(hidden);
    }

    private List<Integer> sizes(int in, int out) {
        List<Integer> sizes = new ArrayList<>();
        sizes.add(in);
        sizes.addAll(hidden);
        sizes.add(out);
        return sizes;
    }

    private static String name(int layer) {
        return "l" + layer;
    }

    private int layers() {
        return hidden.size() + 1;
    }

    /** Meta-parameters. */
    public Params init(RandomGenerator rng, DType dtype, int in, int out) {
        List<Integer> sizes = sizes(in, out);
        Params.Builder theta = Params.builder();
        for (int l = 0; l < layers(); l++) {
            theta.put(
                    name(l),
                    plastic
                            ? rule.init(rng, dtype, sizes.get(l), sizes.get(l + 1))
                            : Params.of(W, weight(rng, dtype, sizes.get(l), sizes.get(l + 1))));
        }
        return theta.build();
    }

    private Tensor weight(RandomGenerator rng, DType dtype, long... shape) {
        return Tensors.uniform(rng, -range, range, dtype, shape);
    }

    /** Random weights [leading..., in, out] at the start of a life; none for a network that is not plastic. */
    public Params start(RandomGenerator rng, DType dtype, int in, int out, long... leading) {
        List<Integer> sizes = sizes(in, out);
        Params.Builder weights = Params.builder();
        for (int l = 0; plastic && l < layers(); l++) {
            long[] shape = Arrays.copyOf(leading, leading.length + 2);
            shape[leading.length] = sizes.get(l);
            shape[leading.length + 1] = sizes.get(l + 1);
            weights.put(name(l), weight(rng, dtype, shape));
        }
        return weights.build();
    }

    /** Activations of all layers, the input [..., n, in] first. */
    public List<Tensor> forward(Params theta, Params weights, Tensor x) {
        List<Tensor> activations = new ArrayList<>(List.of(x));
        for (int l = 0; l < layers(); l++) {
            Tensor w = plastic ? weights.get(name(l)) : theta.get(name(l) + "." + W);
            Tensor sum = activations.get(l).matmul(w);
            activations.add(l + 1 < layers() ? sum.tanh() : sum);
        }
        return activations;
    }

    /** Weights after activations [..., 1, units] of one forward pass. */
    public Params update(Params theta, Params weights, List<Tensor> activations) {
        Params.Builder next = Params.builder();
        for (int l = 0; plastic && l < layers(); l++) {
            Tensor change = rule.change(theta.child(name(l)), activations.get(l), activations.get(l + 1));
            Tensor w = weights.get(name(l)).add(change);
            int rank = w.rank();
            Tensor largest =
                    w.abs().flatten(rank - 2).max(rank - 2).unsqueeze(rank - 2).unsqueeze(rank - 2);
            next.put(name(l), w.div(largest.add(SMALL)));
        }
        return next.build();
    }
}
