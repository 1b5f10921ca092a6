package org.deutero.methods.neuronml;

import java.util.Arrays;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.ConvNet;
import org.deutero.tensor.nn.Network;

/**
 * Learned gates in [0, 1] on the parameters of a network: the structure M.
 *
 * <p>Meta-parameters {@code gate.<parameter>} of the parameter's shape, or {@code gate.<layer>.unit} [units] for hidden layers, where the gate of a unit acts on
 * all that comes into it: weights, bias, and in an image network the scale and shift of the normalisation that follows, without which a factor on the weights
 * would be taken away again. A normalisation that has no scale gets one: the gate itself, which nothing else moves. Nothing gates the last layer's outputs, which tasks need.
 *
 * @param network which is gated
 * @param granularity what has a gate of its own
 * @param form how gates are kept within [0, 1]
 * @param start of all gates, in (0, 1)
 * @param hardAbove if present, gates are 1 above this and 0 elsewhere; their gradient passes straight through (Bengio, Leonard, Courville 2013)
 * @param scales whether gates on channels are the scale of a normalisation that has none; otherwise they are taken away there, as the printed form has it
 */
public record Gates(
        Network network, Granularity granularity, Form form, double start, OptionalDouble hardAbove, boolean scales) {
    private static final String PREFIX = "gate";

    /** What has a gate of its own. */
    public enum Granularity {
        /** Every weight and bias, those of the last layer included. */
        PER_WEIGHT,
        /** Every unit of a perceptron's hidden layers, every channel of convolutions. */
        PER_UNIT
    }

    /** How gates are kept within [0, 1]. */
    public enum Form {
        /** Cut off; after every meta-update the meta-parameters themselves are, too. */
        CLAMP,
        /** Sigmoid of free numbers: never quite closed, so every gate can open again. */
        SIGMOID
    }

    /** Gates that are scales where a normalisation has none. */
    public Gates(Network network, Granularity granularity, Form form, double start, OptionalDouble hardAbove) {
        this(network, granularity, form, start, hardAbove, true);
    }

    /** Checks ranges, and that there is something to gate. */
    public Gates {
        if (!(start > 0 && start < 1)) {
            throw new IllegalArgumentException("gates must start between 0 and 1, not at " + start);
        }
        if (hardAbove.isPresent() && !(hardAbove.getAsDouble() > 0 && hardAbove.getAsDouble() < 1)) {
            throw new IllegalArgumentException("hard gates need a threshold between 0 and 1, not " + hardAbove);
        }
        if (granularity == Granularity.PER_UNIT && network.layers().size() < 2) {
            throw new IllegalArgumentException("gates on units need a network with a hidden layer");
        }
    }

    /** The network that gated parameters are for: with scales where gates are scales. */
    Network gated() {
        return areScales() ? ((ConvNet) network).withNormScale() : network;
    }

    private boolean areScales() {
        return scales && granularity == Granularity.PER_UNIT && network instanceof ConvNet net && !net.normScale();
    }

    /** Weights with a scale of 1 where the gate is the scale. */
    Params withScales(Params weights) {
        if (!areScales()) {
            return weights;
        }
        Map<String, Tensor> ones = new TreeMap<>();
        weights.filter(name -> name.startsWith("norm") && name.endsWith(".bias"))
                .forEach((name, shift) -> ones.put(scaleBeside(name), Tensors.onesLike(shift)));
        return weights.with(Params.of(ones));
    }

    private static String scaleBeside(String shift) {
        return shift.substring(0, shift.length() - "bias".length()) + "weight";
    }

    /** A gradient that leaves scales alone that are gates. */
    Params still(Params gradient) {
        return areScales()
                ? gradient.with(gradient.filter(name -> name.startsWith("norm") && name.endsWith(".weight"))
                        .zerosLike())
                : gradient;
    }

    /** Whether a meta-parameter is a gate. */
    public static boolean isGate(String name) {
        return name.startsWith(PREFIX + ".");
    }

    /** The gates before training. */
    Params init(Params weights) {
        double raw = form == Form.SIGMOID ? Math.log(start / (1 - start)) : start;
        Map<String, Tensor> gates = new TreeMap<>();
        weights.forEach((name, w) -> {
            long[] shape = granularity == Granularity.PER_UNIT ? new long[] {w.size(0)} : w.shape();
            if (isGated(name)) {
                gates.put(gateOf(name), Tensors.full(raw, w.dtype(), shape));
            }
        });
        return Params.of(gates).under(PREFIX);
    }

    private boolean isGated(String parameter) {
        return granularity == Granularity.PER_WEIGHT || !parameter.startsWith(network.headLayer() + ".");
    }

    private String gateOf(String parameter) {
        return granularity == Granularity.PER_WEIGHT ? parameter : layerOf(parameter) + ".unit";
    }

    /** The layer whose units a parameter acts on: a normalisation belongs to the convolution before it. */
    static String layerOf(String parameter) {
        return parameter.substring(0, parameter.lastIndexOf('.')).replaceFirst("^norm", "conv");
    }

    /**
     * Values of gates, in [0, 1].
     *
     * @param meta {@code gate.*}, possibly among others
     */
    Params values(Params meta) {
        return meta.child(PREFIX).map(this::value);
    }

    private Tensor value(Tensor raw) {
        Tensor soft = form == Form.SIGMOID ? raw.sigmoid() : raw.clamp(0, 1);
        if (hardAbove.isEmpty()) {
            return soft;
        }
        Tensor hard = soft.gt(hardAbove.getAsDouble()).to(soft.dtype());
        return soft.add(hard.sub(soft).detach());
    }

    /**
     * A factor for every gated parameter, in a shape that multiplies it.
     *
     * @param meta {@code gate.*}, possibly among others
     * @param weights which they gate; both lead with the task dimension, or none does
     */
    Params factors(Params meta, Params weights) {
        Params values = values(meta);
        Params.Builder factors = Params.builder();
        weights.forEach((name, w) -> {
            if (isGated(name)) {
                Tensor value = values.get(gateOf(name));
                long[] shape = Arrays.copyOf(value.shape(), w.rank());
                Arrays.fill(shape, value.rank(), shape.length, 1);
                factors.put(name, value.reshape(shape));
            }
        });
        return factors.build();
    }

    /** Parameters, or gradients of them, times their factors; what has no gate stays. */
    static Params apply(Params factors, Params weights) {
        return weights.with(factors.zip(weights.filter(factors::has), (g, w) -> w.mul(g)));
    }

    /**
     * Gates within their bounds.
     *
     * @param meta {@code gate.*}, possibly among others
     */
    Params project(Params meta) {
        return form == Form.SIGMOID
                ? meta
                : meta.with(meta.filter(Gates::isGate).map(g -> g.clamp(0, 1)));
    }
}
