package org.deutero.tasks.projection;

import org.deutero.tensor.Tensor;

/** Over what inputs get mean 0 and deviation 1; the deviation is the biased one. */
public enum Statistics {
    /** All numbers of a sequence by itself, so that a sequence of any data set looks like those of meta-training. */
    SEQUENCE,
    /** All numbers of all sequences that are drawn together, as in the released code. */
    BATCH,
    /** Inputs stay as they are. */
    NONE;

    /** Inputs [sequences, length, features] shifted and scaled; where all numbers are equal they become 0. */
    public Tensor apply(Tensor x) {
        return switch (this) {
            case SEQUENCE -> standard(x, 1, 2);
            case BATCH -> standard(x, 0, 1, 2);
            case NONE -> x;
        };
    }

    private static Tensor standard(Tensor x, int... dims) {
        Tensor centred = x.sub(x.meanKeep(dims));
        Tensor deviation = centred.square().meanKeep(dims).sqrt();
        return centred.div(deviation.add(deviation.lt(1e-12).to(x.dtype())));
    }
}
