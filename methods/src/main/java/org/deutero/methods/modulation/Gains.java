package org.deutero.methods.modulation;

import java.util.List;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.ConvNet;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.nn.Network;

/**
 * A gain and a shift for every neuron of the hidden layers, h = act((W x + b) o gain + shift), as a change of parameters: gain o W, gain o b + shift. In a convolutional network the neurons
 * are channels and the layers those of normalisation, which would undo a gain before them.
 *
 * @param network the network that is modulated
 */
record Gains(Network network) {
    /** Refuses a network without neurons to modulate. */
    Gains {
        boolean fits = network instanceof Mlp || (network instanceof ConvNet conv && conv.normScale());
        if (!fits) {
            throw new IllegalArgumentException(
                    "gains need a perceptron, or a convolutional network whose normalisation has a factor");
        }
    }

    static final String GAIN = "gain";
    static final String SHIFT = "shift";

    /** Hidden layers with neurons to modulate. */
    private List<String> layers() {
        return network.layers().stream()
                .filter(layer -> !layer.equals(network.headLayer()))
                .filter(layer -> network instanceof Mlp || layer.startsWith("norm"))
                .toList();
    }

    /** Gains of one and shifts of zero, {@code gain.<layer>} and {@code shift.<layer>} [units]. */
    Params neutral(Params weights) {
        Params.Builder neutral = Params.builder();
        for (String layer : layers()) {
            Tensor bias = weights.get(layer + ".bias");
            neutral.put(GAIN + "." + layer, Tensors.onesLike(bias));
            neutral.put(SHIFT + "." + layer, Tensors.zerosLike(bias));
        }
        return neutral.build();
    }

    /**
     * Parameters under gains and shifts.
     *
     * @param weights shared or [tasks, ...]
     * @param modulation {@code gain.<layer>} and {@code shift.<layer>} [tasks, units]
     */
    Params apply(Params weights, Params modulation) {
        Params.Builder changed = Params.builder();
        for (String layer : layers()) {
            Tensor gain = modulation.get(GAIN + "." + layer);
            Tensor bias = weights.get(layer + ".bias");
            changed.put(layer + ".bias", bias.mul(gain).add(modulation.get(SHIFT + "." + layer)));
            Tensor weight = weights.get(layer + ".weight");
            changed.put(layer + ".weight", weight.mul(network instanceof Mlp ? gain.unsqueeze(2) : gain));
        }
        return weights.with(changed.build());
    }
}
