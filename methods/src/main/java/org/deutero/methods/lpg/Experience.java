package org.deutero.methods.lpg;

import org.deutero.learn.reinforcement.Advantages;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * What agents have met in a stretch of their lives, without graph. n counts over copies and steps, copy by copy.
 *
 * @param lives after the last step
 * @param seen before steps: numbers of states, int64 [lifetimes, n], or vectors [lifetimes, n, numbers]
 * @param reached what was seen after steps, likewise; not the start of the next episode where {@code ends} tells truncations apart
 * @param action int64 [lifetimes, n]
 * @param reward [lifetimes, copies, steps]
 * @param terminated 1 where the world ended an episode, likewise
 * @param truncated 1 where time did
 * @param ends whether more would have come after a truncation, as far as is known
 */
public record Experience(
        Params lives,
        Tensor seen,
        Tensor reached,
        Tensor action,
        Tensor reward,
        Tensor terminated,
        Tensor truncated,
        Advantages.Ends ends) {
    /** 1 where an episode has ended, [lifetimes, copies, steps]. */
    public Tensor ended() {
        return terminated.add(truncated);
    }
}
