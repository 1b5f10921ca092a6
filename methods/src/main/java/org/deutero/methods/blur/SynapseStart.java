package org.deutero.methods.blur;

import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Synapses before any experience.
 *
 * @param distribution of synapses
 * @param deviation of {@link Distribution#FIXED}; 0.1 in the released code for random genomes
 * @param equalChannels whether a synapse has one value in all channels
 */
public record SynapseStart(Distribution distribution, double deviation, boolean equalChannels) {
    /** n sources, the bias unit not counted. */
    public enum Distribution {
        /** Normal with variance 1/n. */
        NORMAL,
        /** Uniform in +-1/sqrt(n). */
        UNIFORM,
        /** Normal with a given deviation. */
        FIXED
    }

    /**
     * Synapses of some tasks.
     *
     * @param sources rows without the bias unit, by which variances go
     * @param rows rows in all
     * @return [tasks, channels, rows, targets]
     */
    Tensor draw(RandomGenerator rng, DType dtype, int tasks, int channels, int sources, int rows, int targets) {
        long[] shape = {tasks, equalChannels ? 1 : channels, rows, targets};
        double bound = 1 / Math.sqrt(sources);
        Tensor drawn = switch (distribution) {
            case NORMAL -> Tensors.normal(rng, dtype, shape).mul(bound);
            case UNIFORM -> Tensors.uniform(rng, -bound, bound, dtype, shape);
            case FIXED -> Tensors.normal(rng, dtype, shape).mul(deviation);
        };
        return equalChannels ? drawn.expand(-1, channels, -1, -1) : drawn;
    }
}
