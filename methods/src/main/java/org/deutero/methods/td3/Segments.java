package org.deutero.methods.td3;

import java.util.List;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Stretches of episodes, each of T steps at most; shorter ones are padded at their end.
 *
 * @param observation before the actions, [tasks, n, T, observations]
 * @param action [tasks, n, T, numbers]
 * @param reward [tasks, n, T]
 * @param terminated 1 where nothing more came, [tasks, n, T]
 * @param mask 1 for steps, 0 for padding, [tasks, n, T]
 * @param last what was seen after the last step, [tasks, n, observations]
 */
public record Segments(Tensor observation, Tensor action, Tensor reward, Tensor terminated, Tensor mask, Tensor last) {
    /** Segments of a task. */
    public int number() {
        return Math.toIntExact(reward.size(1));
    }

    /** T. */
    public int steps() {
        return Math.toIntExact(reward.size(2));
    }

    /** All that was seen, the end included, [tasks, n (T + 1), observations]. */
    public Tensor seen() {
        return flat(Tensors.cat(List.of(observation, last.unsqueeze(2)), 2));
    }

    /** What was seen before the actions, [tasks, n T, observations]. */
    public Tensor seenBefore() {
        return flat(observation);
    }

    /** Segments {@code from} (included) to {@code to} (excluded) of every task. */
    public Segments slice(int from, int to) {
        return new Segments(
                observation.slice(1, from, to),
                action.slice(1, from, to),
                reward.slice(1, from, to),
                terminated.slice(1, from, to),
                mask.slice(1, from, to),
                last.slice(1, from, to));
    }

    /** The steps one by one, n T of each task; padding among them. */
    public Transitions transitions() {
        Tensor next = Tensors.cat(List.of(observation.slice(2, 1, steps()), last.unsqueeze(2)), 2);
        return new Transitions(flat(observation), flat(action), row(reward), row(terminated), row(mask), flat(next));
    }

    private static Tensor flat(Tensor x) {
        return x.reshape(x.size(0), x.size(1) * x.size(2), x.size(3));
    }

    private static Tensor row(Tensor x) {
        return x.reshape(x.size(0), x.size(1) * x.size(2));
    }
}
