package org.deutero.tensor.nn;

import org.deutero.tensor.Tensor;

/** What comes between the blocks of a {@link BlockNetwork}: layers that are somebody else's. */
@FunctionalInterface
public interface Between {
    /** Nothing. */
    Between NONE = (block, task, h) -> h;

    /** The number of the task where all tasks are handled at once. */
    int ALL = -1;

    /**
     * What the next block, or the readout, sees.
     *
     * @param block after which it comes, from 0
     * @param task whose maps these are, of networks of images; {@link #ALL} for networks of vectors
     * @param h maps [n, channels, height, width] of one task, or vectors [tasks, n, width]
     */
    Tensor apply(int block, int task, Tensor h);
}
