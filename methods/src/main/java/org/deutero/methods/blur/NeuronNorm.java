package org.deutero.methods.blur;

import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * Normalisation of neurons, per neuron and state: (v - mean) / sqrt(variance + 1e-5) gamma + beta, variances biased. Where moments come from is an argument, as
 * everywhere.
 */
@FunctionalInterface
interface NeuronNorm {
    double EPSILON = 1e-5;

    /** Values as they are. */
    NeuronNorm NONE = (layer, v, genome) -> v;

    /** Moments of the batch at hand. */
    NeuronNorm BATCH = (layer, v, genome) -> scaled(centred(v), variance(v), genome);

    /**
     * Values normalised.
     *
     * @param layer name under which moments are kept
     * @param v [tasks, states, batch, units]
     */
    Tensor apply(String layer, Tensor v, Genome genome);

    /** Moments of the batch at hand, which are also written down: {@code layer.mean} and {@code layer.variance}, [tasks, states, 1, units]. */
    static NeuronNorm recording(Params.Builder moments) {
        return (layer, v, genome) -> {
            moments.put(layer + ".mean", v.meanKeep(2)).put(layer + ".variance", variance(v));
            return BATCH.apply(layer, v, genome);
        };
    }

    /** Moments as {@link #recording} wrote them. */
    static NeuronNorm fixed(Params moments) {
        return (layer, v, genome) ->
                scaled(v.sub(moments.get(layer + ".mean")), moments.get(layer + ".variance"), genome);
    }

    private static Tensor centred(Tensor v) {
        return v.sub(v.meanKeep(2));
    }

    private static Tensor variance(Tensor v) {
        return centred(v).square().meanKeep(2);
    }

    private static Tensor scaled(Tensor centred, Tensor variance, Genome genome) {
        return centred.div(variance.add(EPSILON).sqrt()).mul(genome.gamma()).add(genome.beta());
    }
}
