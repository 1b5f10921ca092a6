package org.deutero.methods.spiking;

import org.deutero.tensor.Tensor;

/**
 * A pull of every neuron's firing rate towards a target: strength * sum over neurons of (rate - target)^2, the rate being the mean over time steps and examples (Bellec et al. 2020).
 *
 * @param strength of the pull
 * @param target spikes in a time step
 */
public record FiringRate(double strength, double target) {
    /** [tasks], for spikes [tasks, steps, n, hidden]. */
    public Tensor losses(Tensor spikes) {
        return spikes.mean(1, 2).sub(target).square().sum(1).mul(strength);
    }

    /** Derivative of the loss by any spike of a neuron, [tasks, 1, 1, hidden]. */
    Tensor signal(Tensor spikes) {
        double spikesOfNeuron = spikes.size(1) * spikes.size(2);
        return spikes.meanKeep(1, 2).sub(target).mul(2 * strength / spikesOfNeuron);
    }
}
