package org.deutero.methods.blur;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Neurons on the way forward and back through a network (equations 5 and 6 of the paper; neurons start at 0 for every batch).
 *
 * <p>Synapses: {@code forward<l>} [tasks, k, n_l + 1, n_{l+1}], the last row that of the bias unit, and, unless directions are symmetric, {@code backward<l>} [tasks, k, n_{l+1}, n_l].
 *
 * @param rule the rule
 * @param genome its genes
 * @param synapses of all layers
 */
record BidirectionalPass(BlurRule rule, Genome genome, Params synapses) {
    private static final double EPSILON = 1e-9;

    static String forwardName(int layer) {
        return "forward" + layer;
    }

    static String backwardName(int layer) {
        return "backward" + layer;
    }

    /** Layers of synapses. */
    int layers() {
        return (int)
                synapses.names().stream().filter(n -> n.startsWith("forward")).count();
    }

    /**
     * The way forward.
     *
     * @param x [tasks, batch, features]
     * @return states of every layer, the input's first state included: [tasks, 1 or k, batch, units]
     */
    List<Tensor> forward(Tensor x, NeuronNorm norm) {
        List<Tensor> layers = new ArrayList<>();
        layers.add(x.unsqueeze(1));
        int last = layers() - 1;
        for (int l = 0; l <= last; l++) {
            Tensor a = layers.get(l);
            Tensor w = weights(synapses.get(forwardName(l)));
            Tensor z = States.mixed(a, genome.nu())
                    .matmul(w.slice(2, 0, a.size(3)))
                    .add(States.mixedUnit(genome.nu()).mul(w.slice(2, a.size(3), w.size(2))));
            Tensor v = norm.apply(Integer.toString(l + 1), z.mul(genome.neuronUpdate()), genome);
            layers.add((l == last ? rule.last() : rule.hidden()).apply(v));
        }
        return layers;
    }

    /**
     * The way back, from the feedback down to the first hidden layer; the input layer stays as it is.
     *
     * @param forward states on the way forward
     * @param feedback [tasks, batch, outputs], which becomes the second state of the last layer; further states become 0
     */
    List<Tensor> backward(List<Tensor> forward, Tensor feedback) {
        List<Tensor> layers = new ArrayList<>(forward);
        int last = forward.size() - 1;
        layers.set(last, told(forward.get(last), feedback));
        NeuronNorm norm = rule.batchNorm();
        for (int l = last - 1; l >= 1; l--) {
            Tensor u = States.mixed(layers.get(l + 1), genome.mu()).matmul(backwardWeights(l));
            UnaryOperator<Tensor> finish = v -> rule.backward().apply(norm.apply("back", v, genome));
            layers.set(l, rule.backwardUpdate().apply(forward.get(l), u, genome, finish));
        }
        return layers;
    }

    private static Tensor told(Tensor outputs, Tensor feedback) {
        List<Tensor> states = new ArrayList<>(List.of(outputs.slice(1, 0, 1), feedback.unsqueeze(1)));
        if (outputs.size(1) > 2) {
            states.add(Tensors.zerosLike(outputs.slice(1, 2, outputs.size(1))));
        }
        return Tensors.cat(states, 1);
    }

    private Tensor backwardWeights(int layer) {
        if (!rule.symmetricDirections()) {
            return weights(synapses.get(backwardName(layer)));
        }
        Tensor w = synapses.get(forwardName(layer));
        return weights(w.slice(2, 0, w.size(2) - 1).transpose(2, 3));
    }

    /** Synapses as activations see them: normalised over sources if the rule says so. */
    private Tensor weights(Tensor w) {
        if (!rule.normalization().synapses()) {
            return w;
        }
        Tensor unit = w.div(w.square().sumKeep(2).add(EPSILON).sqrt());
        return genome.rescale() == null ? unit : unit.mul(genome.rescale());
    }
}
