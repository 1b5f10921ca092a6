package org.deutero.methods.blur;

/**
 * Everything about the rule that is chosen rather than learned.
 *
 * @param states k of a neuron, and channels of a synapse; at least 2
 * @param hidden non-linearity of hidden neurons going forward
 * @param last non-linearity of the last layer going forward
 * @param backward non-linearity of hidden neurons going backward
 * @param backwardUpdate what messages from above do
 * @param normalization what is normalised
 * @param rescale whether the norm of normalised synapses is a gene
 * @param saturation what keeps synapses bounded
 * @param symmetricDirections whether the way back uses the transposed synapses of the way forward, or its own
 * @param symmetricStates whether all channels of a synapse are the first
 * @param forwardSources whether Hebbian products take their sources as they were before the way back
 * @param bound synapses are limited to +-bound; infinite for no limit
 * @param feedback what the last layer is told
 */
public record BlurRule(
        int states,
        StateActivation hidden,
        StateActivation last,
        StateActivation backward,
        BackwardUpdate backwardUpdate,
        NormalizedParts normalization,
        boolean rescale,
        Saturation saturation,
        boolean symmetricDirections,
        boolean symmetricStates,
        boolean forwardSources,
        double bound,
        Feedback feedback) {
    /** Refuses neurons without a place for feedback. */
    public BlurRule {
        if (states < 2) {
            throw new IllegalArgumentException("neurons need at least 2 states, not " + states);
        }
        if (rescale && !normalization.synapses()) {
            throw new IllegalArgumentException(
                    "the norm of synapses can only be a gene where synapses are normalised, but normalised is "
                            + normalization);
        }
    }

    /** Under which the genome of {@link GenomeStart#backpropagation} is gradient descent on a network of tanh units with a linear last layer. */
    public static BlurRule backpropagation() {
        return new BlurRule(
                2,
                StateActivation.TANH_AND_SLOPE,
                StateActivation.IDENTITY,
                StateActivation.IDENTITY,
                BackwardUpdate.MULTIPLICATIVE_SECOND_STATE,
                NormalizedParts.NONE,
                false,
                Saturation.NONE,
                true,
                true,
                false,
                Double.POSITIVE_INFINITY,
                Feedback.ERROR);
    }

    /** The neuron normalisation of a batch of its own. */
    NeuronNorm batchNorm() {
        return normalization.neurons() ? NeuronNorm.BATCH : NeuronNorm.NONE;
    }
}
