package org.deutero.learn.meta;

import org.deutero.learn.Learner;
import org.deutero.learn.Lifetime;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Params;

/**
 * An estimator of an objective that is a sum over states which tasks pass through, each for itself: nothing is carried from one point to the next, so points can be stored, shuffled and gone through later.
 *
 * <p>Over a whole lifetime it estimates at all its points in turn, at a fixed theta. {@link ReplayMetaAlgorithm} stores points and moves theta while it goes through them.
 */
public interface PointwiseGradient extends MetaGradient {
    /**
     * Whether this meta-parameter of a learner moves with the points; others follow the direction of whole lifetimes, if any.
     */
    boolean moves(Learner<?> learner, String metaParameter);

    /**
     * Goes through a lifetime once and keeps points of it.
     *
     * @param points of each task, drawn at random without repetition; all, if there are no more
     * @return in the innermost open scope
     */
    <T extends TaskBatch<T>> Trail trail(Lifetime<T> lifetime, int points);

    /**
     * Loss and gradient at one point, for the meta-parameters that move with points.
     *
     * @param lifetime whose seed fixes what is drawn for this point
     * @param before what the state was before step {@code step}, which stays the caller's
     * @return in the innermost open scope
     */
    <T extends TaskBatch<T>> Estimate at(Lifetime<T> lifetime, Params before, int step);
}
