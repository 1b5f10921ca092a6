package org.deutero.learn.capability;

import org.deutero.learn.Capability;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/** A learner with an encoder that is the same for all tasks, so that its features can be used for other purposes. */
@FunctionalInterface
public interface Embedder extends Capability {
    /**
     * Features of inputs, each by itself.
     *
     * @param statistics running statistics, as meta-training left them
     * @param x inputs [n, features...]
     * @return [n, width]
     */
    Tensor embed(Params theta, Params statistics, Tensor x);
}
