package org.deutero.methods.blur;

import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * How a genome starts.
 *
 * @param matrices nu, mu, pre and post
 * @param deviation of random matrices; 1 in the released code
 * @param neuronKeep f
 * @param neuronUpdate eta
 * @param synapseKeep f~
 * @param synapseUpdate eta~; the released code has -0.001
 * @param saturation multiplier of the saturating term, if there is one
 */
public record GenomeStart(
        Matrices matrices,
        double deviation,
        double neuronKeep,
        double neuronUpdate,
        double synapseKeep,
        double synapseUpdate,
        double saturation) {

    /** How the matrices start. */
    public enum Matrices {
        /** Those of back-propagation in the first two states, zeros elsewhere. */
        BACKPROP,
        /** Independent normal numbers. */
        RANDOM
    }

    /** The genome of back-propagation with a learning rate: exact under {@link BlurRule#backpropagation}. */
    public static GenomeStart backpropagation(double rate) {
        return new GenomeStart(Matrices.BACKPROP, 0, 1, 1, 1, -rate, 0);
    }

    /** Meta-parameters for a rule. */
    Params init(BlurRule rule, GeneScales scales, RandomGenerator rng, DType dtype) {
        int k = rule.states();
        Params.Builder genes = Params.builder()
                .put(Genome.NEURON_KEEP, number(neuronKeep, dtype, 1))
                .put(Genome.NEURON_UPDATE, number(neuronUpdate, dtype, 1))
                .put(Genome.SYNAPSE_KEEP, number(scales.synapseKeep().parameter(synapseKeep), dtype, 1))
                .put(Genome.SYNAPSE_UPDATE, number(scales.synapseUpdate().parameter(synapseUpdate), dtype, 1))
                .put(Genome.NU, matrix(k, rng, dtype, 1, 1, 0, 0))
                .put(Genome.MU, matrix(k, rng, dtype, 1, 0, 0, 1))
                .put(Genome.PRE, matrix(k, rng, dtype, 1, 0, 0, 1))
                .put(Genome.POST, matrix(k, rng, dtype, 0, 1, 1, 0));
        if (rule.normalization().neurons()) {
            genes.put(Genome.GAMMA, number(scales.gamma().parameter(1), dtype, k))
                    .put(Genome.BETA, number(0, dtype, k));
        }
        if (rule.saturation() != Saturation.NONE) {
            genes.put(Genome.SATURATION, number(saturation, dtype, 1));
        }
        if (rule.rescale()) {
            genes.put(Genome.RESCALE, number(1, dtype, 1));
        }
        return genes.build();
    }

    private static Tensor number(double value, DType dtype, int size) {
        return Tensors.full(value, dtype, size);
    }

    private Tensor matrix(int k, RandomGenerator rng, DType dtype, double... corner) {
        if (matrices == Matrices.RANDOM) {
            return Tensors.normal(rng, dtype, k, k).mul(deviation);
        }
        double[] values = new double[k * k];
        values[0] = corner[0];
        values[1] = corner[1];
        values[k] = corner[2];
        values[k + 1] = corner[3];
        return Tensor.of(values, k, k).to(dtype);
    }
}
