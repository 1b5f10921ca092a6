package org.deutero.methods.metric;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deutero.learn.capability.FrozenNetwork.Readout;
import org.deutero.tensor.DType;
import org.deutero.tensor.Losses;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.Normalization;

/**
 * How embedded queries are compared with an embedded support set. Classes may have different numbers of shots.
 *
 * <p>Parameters are shared by all tasks or lead with [tasks], as those of networks.
 */
public interface Head {
    /** Parameters of the comparison itself; none for a fixed one. */
    default Params init(RandomGenerator rng, DType dtype) {
        return Params.EMPTY;
    }

    /** Moments of its batch normalisation before any batch was seen; none without. */
    default Params initialMoments(DType dtype) {
        return Params.EMPTY;
    }

    /**
     * What is kept of a support set.
     *
     * @param own this head's parameters
     * @param support features [tasks, n, width]
     * @param labels int64 [tasks, n]
     * @return named tensors [tasks, ...]
     */
    Params memory(Params own, Tensor support, Tensor labels, int way);

    /**
     * Logits of queries.
     *
     * @param own this head's parameters
     * @param memory of the support set
     * @param queries features [tasks, m, width]
     * @param normalization of batch normalisation, if there is any
     * @return [tasks, m, way]
     */
    Tensor logits(Params own, Params memory, Tensor queries, Normalization normalization);

    /** Whether the support set is a sequence, which meta-training presents in random order. */
    default boolean sequential() {
        return false;
    }

    /** Whether the number of classes is fixed in meta-training. */
    default boolean fixedClasses() {
        return false;
    }

    /** The comparison with the classes of one task, for other programs; empty if it is more than a read-out of features. */
    default Optional<Readout> frozen(Params own, Params memory) {
        return Optional.empty();
    }

    /** Why classes cannot come and go without the examples of the others, a clause; empty if {@link #joined} and {@link #kept} work. */
    default Optional<String> inseparable() {
        return Optional.of("it compares a picture with the examples themselves, not with a mean of each class");
    }

    /**
     * A memory after more examples, of the classes it has and of new ones behind them.
     *
     * @param memory of one or more tasks
     * @param examples how many examples each class of the memory was made from
     * @param features of more examples [tasks, n, width]
     * @param labels int64 [tasks, n]
     * @param way classes afterwards
     */
    default Params joined(Params memory, long[] examples, Tensor features, Tensor labels, int way) {
        throw new UnsupportedOperationException(inseparable().orElseThrow());
    }

    /** A memory with these of its classes only, in this order. */
    default Params kept(Params memory, long[] classes) {
        throw new UnsupportedOperationException(inseparable().orElseThrow());
    }

    /** The meta-loss, [tasks], of logits [tasks, m, way] and labels int64 [tasks, m]. */
    default Tensor losses(Tensor logits, Tensor labels) {
        return Losses.crossEntropy(logits, labels);
    }
}
