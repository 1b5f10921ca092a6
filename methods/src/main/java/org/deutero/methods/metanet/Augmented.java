package org.deutero.methods.metanet;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/** A network without biases whose layers have slow and fast weights: a hidden layer is relu(h W) + relu(h W*), the last one the sum. */
sealed interface Augmented permits AugmentedNetwork, AugmentedConvNet {
    /** Numbers that it puts out. */
    int outputs();

    /** Slow weights. */
    Params init(RandomGenerator rng, DType dtype);

    /** Prefixes of the layers that share a generator of fast weights; the empty one for all of them. */
    default List<String> groups() {
        return List.of("");
    }

    /** Outputs [tasks, n, out] of the slow weights alone. */
    Tensor plain(Params slow, Tensor x);

    /**
     * Keys [tasks, n, width]: the last hidden layer before its non-linearity.
     *
     * @param fast one set of fast weights for each task; {@link Params#EMPTY} for none
     */
    Tensor keys(Params slow, Params fast, Tensor x);

    /**
     * Outputs [tasks, n, out] with a mixture of fast weights for each input. Layers are linear in their weights, so responses are mixed instead, before the non-linearity: no weights are made for inputs.
     *
     * @param memory fast weights [tasks, items, ...]
     * @param attention [tasks, n, items]
     */
    Tensor mixed(Params slow, Params memory, Tensor attention, Tensor x);
}
