package org.deutero.learn.meta;

import org.deutero.options.OptionsException;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;

/**
 * What one window of a lifetime gave.
 *
 * @param estimate the losses met in the window, the final meta-loss included if the lifetime ended with it, and the gradient
 * @param carry where the next window starts; {@link Carry#START} if the lifetime ended with this one
 */
public record Window(Estimate estimate, Carry carry) {
    /** Moves all tensors out of a scope. */
    public Window keep(Scope scope) {
        estimate.keep(scope);
        carry.keep(scope);
        return this;
    }

    /**
     * Truncation's trap: a window that meets no loss has nothing to say, and what it does to later windows is not seen.
     *
     * @param losses met in the window, or null
     * @throws OptionsException if there are none
     */
    public static void requireLosses(String estimator, Tensor losses, int window, int steps) {
        if (losses == null) {
            throw new OptionsException("meta-gradient " + estimator + " with windows of " + window + " in " + steps
                    + " steps needs a learner whose steps meet losses, but this one is judged at the end only: "
                    + "all windows but the last would be lost; use pes, or a window of " + steps + " steps");
        }
    }
}
