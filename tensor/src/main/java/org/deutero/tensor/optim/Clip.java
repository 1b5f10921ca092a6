package org.deutero.tensor.optim;

import org.deutero.tensor.Params;

/** Gradient clipping. */
public sealed interface Clip {
    /** No clipping. */
    Clip NONE = new None();

    /** The clipped gradients. */
    Params apply(Params gradients);

    /** Leaves gradients as they are. */
    record None() implements Clip {
        @Override
        public Params apply(Params gradients) {
            return gradients;
        }
    }

    /**
     * Limits every element.
     *
     * @param bound largest absolute value
     */
    record ByValue(double bound) implements Clip {
        @Override
        public Params apply(Params gradients) {
            return gradients.map(g -> g.clamp(-bound, bound));
        }
    }

    /**
     * Limits the Euclidean norm of all elements together.
     *
     * @param bound largest norm
     */
    record ByNorm(double bound) implements Clip {
        @Override
        public Params apply(Params gradients) {
            double norm = gradients.norm();
            // A NaN norm passes through, so that whoever guards against non-finite numbers sees it.
            return norm > bound ? gradients.mul(bound / norm) : gradients;
        }
    }
}
