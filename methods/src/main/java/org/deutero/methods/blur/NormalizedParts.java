package org.deutero.methods.blur;

/** What is normalised. The released code has nothing of neurons; of synapses only while activations are computed. */
public enum NormalizedParts {
    /** Nothing. */
    NONE,
    /** Every state of every neuron over the batch, before the non-linearity, in both directions. */
    NEURON,
    /** Synapses into a neuron, over their sources. */
    SYNAPSE,
    /** Both. */
    BOTH;

    boolean neurons() {
        return this == NEURON || this == BOTH;
    }

    boolean synapses() {
        return this == SYNAPSE || this == BOTH;
    }
}
