package org.deutero.tasks;

import java.util.Arrays;
import org.deutero.tensor.DType;
import org.deutero.tensor.Tensor;

/**
 * Examples of ordinary classification that come with tasks, a mini-batch with each, for learners that are helped by it in meta-training. A label is the number of a class that is always the same.
 *
 * @param x inputs, float {@code [tasks, n, features...]}
 * @param y int64 labels {@code [tasks, n]}, from 0 to {@code classes - 1}
 * @param classes of the whole problem
 */
public record LabelledBatch(Tensor x, Tensor y, int classes) {
    /** Refuses tensors that do not belong together. */
    public LabelledBatch {
        long[] inputs = x.shape();
        long[] labels = y.shape();
        if (inputs.length < 3 || labels.length != 2 || !Arrays.equals(inputs, 0, 2, labels, 0, 2)) {
            throw new IllegalArgumentException("inputs " + Arrays.toString(inputs) + " and labels "
                    + Arrays.toString(labels)
                    + " do not make mini-batches; expected [tasks, n, features...] and [tasks, n]");
        }
    }

    LabelledBatch to(DType dtype) {
        return new LabelledBatch(x.to(dtype), y, classes);
    }

    LabelledBatch slice(int from, int to) {
        return new LabelledBatch(x.slice(0, from, to), y.slice(0, from, to), classes);
    }

    LabelledBatch repeat(int times) {
        return new LabelledBatch(x.tile(times), y.tile(times), classes);
    }
}
