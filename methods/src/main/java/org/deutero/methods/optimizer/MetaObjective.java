package org.deutero.methods.optimizer;

import java.util.OptionalDouble;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * What the training of a problem is judged by.
 *
 * @param judged where losses count
 * @param mean whether losses are averaged over a training, or added up
 * @param scale factor on all of them
 * @param finalBatches mini-batches that a training is judged on at its end; 0 for what is held out
 * @param highest the most that a single loss counts, NaN and infinities as this much; at least 0 then. Empty for losses as they are
 */
public record MetaObjective(Judged judged, boolean mean, double scale, int finalBatches, OptionalDouble highest) {
    /** Where losses count. */
    public enum Judged {
        /** Before each step, on the mini-batch of the step: costs nothing, but the last step of a window or training has no part in it. */
        BEFORE,
        /** After each step, on the mini-batch of the step. */
        AFTER,
        /** Before the first step and after each, on the mini-batch that comes next (Andrychowicz et al. 2016). */
        NEXT,
        /** After each step, on a mini-batch that no step trains on. */
        FRESH,
        /** The lowest before any step, on the mini-batch of the step. */
        LOWEST,
        /** After the last step: on what is held out, or on some mini-batches that no step trains on. */
        FINAL
    }

    /** Losses as they are. */
    public static MetaObjective of(Judged judged, boolean mean) {
        return new MetaObjective(judged, mean, 1, 0, OptionalDouble.empty());
    }

    /** Refuses scales that say nothing. */
    public MetaObjective {
        if (finalBatches < 0) {
            throw new IllegalArgumentException(
                    "a training is judged on no fewer than 0 mini-batches, not " + finalBatches);
        }
        if (!(scale > 0) || highest.isPresent() && !(highest.getAsDouble() > 0)) {
            throw new IllegalArgumentException(
                    "losses have a positive scale and a positive bound, not " + scale + " and " + highest);
        }
    }

    /**
     * A loss as it counts.
     *
     * @param losses [tasks]
     * @param steps of a training
     */
    Tensor counted(Tensor losses, int steps) {
        int terms = switch (judged) {
            case FINAL, LOWEST -> 1;
            case NEXT -> steps + 1;
            case BEFORE, AFTER, FRESH -> steps;
        };
        return bounded(losses).mul(mean ? scale / terms : scale);
    }

    private Tensor bounded(Tensor losses) {
        if (highest.isEmpty()) {
            return losses;
        }
        Tensor most = Tensors.onesLike(losses).mul(highest.getAsDouble()).detach();
        // A comparison with NaN is false.
        Tensor kept = Tensors.where(losses.lt(highest.getAsDouble()), losses, most);
        Tensor number = Tensors.where(losses.gt(Double.NEGATIVE_INFINITY), kept, most);
        return number.relu();
    }
}
