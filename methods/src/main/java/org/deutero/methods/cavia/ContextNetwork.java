package org.deutero.methods.cavia;

import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.Normalization;

/** A network that is told which task it is at by a vector of context numbers. */
public interface ContextNetwork {
    /** The number of context numbers. */
    int context();

    /** Fresh parameters, drawn from the generator. */
    Params init(RandomGenerator rng, DType dtype);

    /**
     * Outputs under a context.
     *
     * @param params shared by tasks, or leading with [tasks]
     * @param context [tasks, context]
     * @param x [tasks, n, features...]
     * @return [tasks, n, outputs]
     */
    Tensor apply(Params params, Tensor context, Tensor x, Normalization normalization);
}
