package org.deutero.methods.vsml;

import org.deutero.tensor.Tensor;

/** How the messages of synapses that meet in a unit become one. The released code has the mean, the paper the sum. */
public enum Reduction {
    /** Independent of the number of synapses. */
    MEAN {
        @Override
        Tensor over(Tensor messages, int dim) {
            return messages.mean(dim);
        }
    },
    /** Grows with the number of synapses, as the input of a neuron does. */
    SUM {
        @Override
        Tensor over(Tensor messages, int dim) {
            return messages.sum(dim);
        }
    };

    abstract Tensor over(Tensor messages, int dim);
}
