package org.deutero.learn;

import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;

/**
 * An estimator that cuts a lifetime, which is all steps of the inner loop, into windows and estimates a gradient in each.
 *
 * <p>The gradients of all windows of a lifetime add up to the estimate for the whole: the sum of the losses met on the way and the final
 * meta-loss, as for every other estimator. {@link #estimate} takes that sum at a fixed theta; {@link OnlineMetaAlgorithm} moves theta after
 * every window.
 */
public interface WindowedGradient extends MetaGradient {
    /** Steps of a window; the last window of a lifetime is shorter if they do not divide it. */
    int window();

    /** Refuses windows without a step. @throws IllegalArgumentException naming the number */
    static void requireSteps(int window) {
        if (window < 1) {
            throw new IllegalArgumentException("a window needs at least 1 step, not " + window);
        }
    }

    /**
     * Goes through one window, which ends after {@code steps} steps or with the lifetime, whichever comes first.
     *
     * @param lifetime with the same tasks and seed in all its windows; chance that a window needs for itself is branched by its age
     * @param carry from the window before, or {@link Carry#START}
     * @return gradient and carry, in the innermost open scope
     */
    <T extends TaskBatch<T>> Window advance(Lifetime<T> lifetime, Carry carry, int steps);

    @Override
    default <T extends TaskBatch<T>> Estimate estimate(Lifetime<T> lifetime) {
        Estimate sum = null;
        Carry carry = Carry.START;
        do {
            Estimate before = sum;
            Carry from = carry;
            try (Scope s = Scope.open()) {
                Window next = advance(lifetime, from, window());
                Estimate now = next.estimate();
                if (before != null) {
                    Tensor losses = before.losses().add(now.losses());
                    now = new Estimate(losses, before.gradient().add(now.gradient()));
                }
                sum = now.keep(s);
                carry = next.carry().keep(s);
            }
            if (before != null) {
                before.losses().close();
                before.gradient().close();
            }
            from.trees().close();
        } while (!carry.isStart());
        return sum;
    }
}
