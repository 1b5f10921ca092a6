package org.deutero.tensor.nn;

import org.deutero.tensor.Tensor;

/** What something outside a convolutional network does to the channels of a block, after pooling and before the activation. */
@FunctionalInterface
public interface ChannelModulation {
    /** Leaves everything as it is. */
    ChannelModulation NONE = (block, task, h) -> h;

    /**
     * Changes what a block has computed for one task.
     *
     * @param block number of the block, from 0
     * @param task number of the task in the batch
     * @param h [n, channels, height, width]
     */
    Tensor apply(int block, int task, Tensor h);

    /**
     * A scale and a shift of every channel at one block (FiLM; Perez, Strub, de Vries, Dumoulin, Courville 2018, arXiv 1709.07871): h = gamma o h + beta.
     *
     * @param at number of the block, from 0
     * @param gamma [tasks, channels]
     * @param beta [tasks, channels]
     */
    static ChannelModulation film(int at, Tensor gamma, Tensor beta) {
        return (block, task, h) ->
                block == at ? h.mul(channels(gamma.select(0, task))).add(channels(beta.select(0, task))) : h;
    }

    private static Tensor channels(Tensor t) {
        return t.reshape(1, -1, 1, 1);
    }
}
