package org.deutero.methods.blur;

import org.deutero.tensor.Tensor;

/** Neurons with several states: [tasks, states, batch, units]. */
final class States {
    private States() {}

    /**
     * What neurons look like through a matrix of genes: the state l of a unit is sum_k genes[k, l] a_k.
     *
     * @param a [tasks, s, batch, units]; states from s on are 0, as in the input layer, which has only one
     * @param genes [tasks, k, k]
     * @return [tasks, k, batch, units]
     */
    static Tensor mixed(Tensor a, Tensor genes) {
        Tensor used = genes.slice(1, 0, a.size(1)).transpose(1, 2);
        return used.matmul(a.reshape(a.size(0), a.size(1), -1)).reshape(a.size(0), genes.size(2), a.size(2), a.size(3));
    }

    /**
     * The unit 1 in every state, which stands for the bias, seen likewise.
     *
     * @return [tasks, k, 1, 1]
     */
    static Tensor mixedUnit(Tensor genes) {
        return genes.sum(1).unsqueeze(2).unsqueeze(3);
    }
}
