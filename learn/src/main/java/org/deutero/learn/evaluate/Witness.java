package org.deutero.learn.evaluate;

import org.deutero.tensor.Tensor;

/**
 * Sees what a learner puts out after its last step, beside the measure. Worker threads call it at the same time and in no order.
 *
 * @param <T> tasks in a batch
 */
@FunctionalInterface
public interface Witness<T> {
    /**
     * A batch of tasks has been learned.
     *
     * @param first number of the batch's first task in the evaluation
     * @param batch the tasks; gone when this returns
     * @param outputs of the learner for their queries; gone when this returns
     */
    void see(int first, T batch, Tensor outputs);
}
