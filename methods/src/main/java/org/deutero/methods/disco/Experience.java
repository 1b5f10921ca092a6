package org.deutero.methods.disco;

import org.deutero.tensor.Tensor;

/**
 * What agents did and met: a rollout of T steps and what was seen after them, all lifetimes and their copies at once.
 *
 * @param behaviour logits by which actions were drawn, [lifetimes, T + 1, copies, actions]
 * @param action int64 [lifetimes, T + 1, copies]; that of the last step is of no consequence
 * @param reward that followed, [lifetimes, T, copies]
 * @param terminal 1 where an episode ended with the step, [lifetimes, T, copies]
 * @param mask 0 for steps that do not count, [lifetimes, T, copies]
 */
record Experience(Tensor behaviour, Tensor action, Tensor reward, Tensor terminal, Tensor mask) {
    /** T. */
    int steps() {
        return (int) reward.size(1);
    }
}
