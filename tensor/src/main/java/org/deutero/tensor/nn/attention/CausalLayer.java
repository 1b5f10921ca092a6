package org.deutero.tensor.nn.attention;

import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * A layer over time whose output at a moment depends on no later moment, and which hands its input on in front of what it adds.
 *
 * <p>So the past never learns of what follows, and any number of alternatives for the next moment can be tried on one past without going through it again.
 */
public sealed interface CausalLayer permits CausalAttention, DenseBlock, CausalStack {
    /** Channels of an input. */
    int in();

    /** Channels of an output, of which the first {@link #in} are the input. */
    int out();

    /** Fresh parameters. */
    Params init(RandomGenerator rng, DType dtype);

    /**
     * A whole course of time.
     *
     * @param params as {@link #init} makes them, or each with a leading task dimension
     * @param x [tasks, time, in]
     * @return [tasks, time, out]
     */
    Tensor sequence(Params params, Tensor x);

    /**
     * The moment after a past, for several alternatives that do not see each other.
     *
     * @param params as for {@link #sequence}
     * @param past inputs so far, [tasks, time, in]; time may be 0
     * @param x what may follow, [tasks, n, in]
     * @return [tasks, n, out], each what {@link #sequence} has at its end with this alternative appended
     */
    Tensor next(Params params, Tensor past, Tensor x);
}
