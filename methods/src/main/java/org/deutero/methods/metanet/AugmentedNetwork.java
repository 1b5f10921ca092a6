package org.deutero.methods.metanet;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Functional;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Linear;

/**
 * A perceptron without biases whose layers have slow and fast weights: a hidden layer is relu(h W') + relu(h W*'), the last one the sum. Parameters {@code fc<l>.weight} [out, in], of all tasks or [tasks, out, in].
 *
 * @param sizes units of input, hidden layers and output; one hidden layer or more
 * @param initializer how slow weights start
 */
record AugmentedNetwork(List<Integer> sizes, Initializer initializer) implements Augmented {
    AugmentedNetwork {
        sizes = List.copyOf(sizes);
        if (sizes.size() < 3) {
            throw new IllegalArgumentException(
                    "an augmented network needs at least one hidden layer, not sizes " + sizes);
        }
    }

    private static String weight(int layer) {
        return "fc" + layer + ".weight";
    }

    @Override
    public int outputs() {
        return sizes.get(sizes.size() - 1);
    }

    int layers() {
        return sizes.size() - 1;
    }

    @Override
    public Params init(RandomGenerator rng, DType dtype) {
        Params.Builder params = Params.builder();
        for (int l = 0; l < layers(); l++) {
            params.put(
                    weight(l),
                    new Linear(sizes.get(l), sizes.get(l + 1), initializer)
                            .init(rng, dtype)
                            .get("weight"));
        }
        return params.build();
    }

    /** The fast response of a layer to its input [tasks, n, in], [tasks, n, out]; null for none. */
    @FunctionalInterface
    private interface Fast {
        Tensor response(String weight, Tensor h);
    }

    @Override
    public Tensor plain(Params slow, Tensor x) {
        return run(slow, (weight, h) -> null, x, layers());
    }

    @Override
    public Tensor keys(Params slow, Params fast, Tensor x) {
        return run(slow, (weight, h) -> fast.isEmpty() ? null : product(h, fast.get(weight)), x, layers() - 1);
    }

    @Override
    public Tensor mixed(Params slow, Params memory, Tensor attention, Tensor x) {
        return run(
                slow,
                (weight, h) -> {
                    Tensor all = memory.get(weight);
                    long items = all.size(1);
                    Tensor responses = product(h, all.reshape(all.size(0), -1, all.size(3)))
                            .reshape(h.size(0), h.size(1), items, -1);
                    return attention.unsqueeze(3).mul(responses).sum(2);
                },
                x,
                layers());
    }

    /** The first layers, the last of these without a non-linearity. */
    private static Tensor run(Params slow, Fast fast, Tensor x, int layers) {
        Tensor h = Functional.vectors(x);
        for (int l = 0; l < layers; l++) {
            Tensor own = product(h, slow.get(weight(l)));
            Tensor added = fast.response(weight(l), h);
            boolean last = l == layers - 1;
            Tensor first = last ? own : own.relu();
            h = added == null ? first : first.add(last ? added : added.relu());
        }
        return h;
    }

    private static Tensor product(Tensor h, Tensor weight) {
        return h.matmul(weight.transpose(-2, -1));
    }
}
