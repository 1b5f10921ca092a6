package org.deutero.methods.spiking;

import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Numbers as spikes of a population: neuron i fires in a time step with probability exp(-(u - c_i)^2 / (2 variance)), where u is the number mapped from [low, high] to [0, 1] and the centres c_i are evenly
 * spaced there. Each feature has a population of its own. Outside the range nobody fires.
 *
 * @param neurons in the population of a feature
 * @param steps time steps
 * @param low number that is mapped to 0
 * @param high number that is mapped to 1
 * @param variance of the tuning curve, in units of the unit interval
 */
public record PopulationCode(int neurons, int steps, double low, double high, double variance) {
    /** Refuses an empty range or population. */
    public PopulationCode {
        if (neurons < 2 || steps < 1 || !(high > low) || !(variance > 0)) {
            throw new IllegalArgumentException(
                    "a population code needs two neurons, a time step, a range and a variance, not " + neurons + ", "
                            + steps + ", [" + low + ", " + high + "] and " + variance);
        }
    }

    /** Probabilities of a spike, [tasks, n, features] to [tasks, n, features * neurons]. */
    Tensor probabilities(Tensor x) {
        double[] centres = new double[neurons];
        for (int i = 0; i < neurons; i++) {
            centres[i] = i / (neurons - 1.0);
        }
        Tensor c = Tensor.of(centres, neurons).to(x.dtype()).to(x.device());
        Tensor u = x.sub(low).div(high - low).unsqueeze(3);
        return u.sub(c).square().mul(-1 / (2 * variance)).exp().flatten(2);
    }

    /** Uniform numbers that decide whether neurons spike, [tasks, steps, n, features * neurons]. */
    Tensor chances(RandomGenerator rng, long tasks, long n, long features) {
        return Tensors.uniform(rng, 0, 1, DType.FLOAT32, tasks, steps, n, features * neurons);
    }

    /**
     * Spikes, 0 or 1: a neuron spikes where its probability exceeds its chance.
     *
     * @param x [tasks, n, features]
     * @param chances as {@link #chances} draws them
     * @return [tasks, steps, n, features * neurons]
     */
    Tensor encode(Tensor x, Tensor chances) {
        Tensor p = probabilities(x).unsqueeze(1);
        return p.sub(chances.to(x.dtype()).to(x.device())).gt(0).to(x.dtype());
    }

    /** Spikes by chances drawn for the occasion. */
    public Tensor encode(Tensor x, RandomGenerator rng) {
        return encode(x, chances(rng, x.size(0), x.size(1), x.size(2)));
    }
}
