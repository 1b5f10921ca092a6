package org.deutero.methods.lpg;

import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * What agents have met in a stretch of their lives, without graph. n counts over copies and steps, copy by copy.
 *
 * @param lives after the last step
 * @param seen before steps: numbers of states, int64 [lifetimes, n], or vectors [lifetimes, n, numbers]
 * @param reached what was seen after steps, likewise; where an episode ended, its last sight and not the first of the next one
 * @param action int64 [lifetimes, n]
 * @param reward [lifetimes, copies, steps]
 * @param terminated 1 where the world ended an episode, likewise
 * @param truncated 1 where time did
 */
public record Experience(
        Params lives, Tensor seen, Tensor reached, Tensor action, Tensor reward, Tensor terminated, Tensor truncated) {
    /** 1 where an episode has ended, [lifetimes, copies, steps]. */
    public Tensor ended() {
        return terminated.add(truncated);
    }
}
