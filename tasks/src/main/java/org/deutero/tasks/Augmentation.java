package org.deutero.tasks;

import java.util.random.RandomGenerator;
import org.deutero.tensor.Tensor;

/**
 * What happens to an input every time it is shown, such as a picture being turned. A source of tasks says so, and learners that show the support set in mini-batches let it happen, with chance that is
 * fixed by seed and step, so that a step that is taken again sees the same.
 */
@FunctionalInterface
public interface Augmentation {
    /** Inputs stay as they are. */
    Augmentation NONE = (x, rng) -> x;

    /**
     * Inputs as they are shown this once.
     *
     * @param x [n, features...]
     * @param rng the only source of chance
     * @return of the same shape and type
     */
    Tensor apply(Tensor x, RandomGenerator rng);
}
