package org.deutero.tensor.nn;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * A stateless network: an architecture that makes parameters and is applied to them.
 *
 * <p>Task-first convention: inputs are [tasks, n, features...]. Each parameter is either shared by all tasks, with the shape that
 * {@link #init} gives, or belongs to tasks and leads with a dimension [tasks]; a network accepts both, and gives
 * the same numbers for parameters that were {@linkplain Params#expand expanded}. A network is its body followed by its head, which is what methods that adapt only one of them need.
 */
public interface Network {
    /** Fresh parameters, drawn from the generator. */
    Params init(RandomGenerator rng, DType dtype);

    /** Names of the layers in order, the head last; the parameters of layer {@code l} are named {@code l.something}. */
    List<String> layers();

    /** What the head sees: [tasks, n, width]. */
    Tensor features(Params params, Tensor x, Normalization normalization);

    /** The last, linear layer: [tasks, n, width] to [tasks, n, outputs]. */
    Tensor head(Params params, Tensor features);

    /** The whole network: [tasks, n, features...] to [tasks, n, outputs]. */
    default Tensor apply(Params params, Tensor x, Normalization normalization) {
        return head(params, features(params, x, normalization));
    }

    /** The whole network with batch statistics. */
    default Tensor apply(Params params, Tensor x) {
        return apply(params, x, Normalization.batch());
    }

    /**
     * Moments before any batch was seen, {@code layer.mean} (zeros) and {@code layer.variance} (ones), [channels]; the start of running
     * averages for {@link Normalization#fixed}. Empty for networks without batch normalisation.
     */
    default Params initialMoments(DType dtype) {
        return Params.EMPTY;
    }

    /** The name of the last layer. */
    default String headLayer() {
        return layers().get(layers().size() - 1);
    }
}
