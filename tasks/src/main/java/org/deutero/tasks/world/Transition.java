package org.deutero.tasks.world;

import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * What a step in a world leads to, as a learner meets it.
 *
 * @param lives the lives after it: those whose episode has ended are at the start of their next one
 * @param reward [lifetimes, copies]; 0 in lives that were over
 * @param terminated 1 where the world ended the episode, [lifetimes, copies]: nothing more would have come
 * @param truncated 1 where time ended it, [lifetimes, copies]: more would have come
 * @param reached the lives where the step has led to, before the next episode began: what truncated episodes would have gone on from
 */
public record Transition(Params lives, Tensor reward, Tensor terminated, Tensor truncated, Params reached) {
    /** 1 where an episode has ended, [lifetimes, copies]. */
    public Tensor ended() {
        return terminated.add(truncated);
    }
}
