package org.deutero.learn;

import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * What a step of learning leaves behind.
 *
 * @param state phi_{t+1}
 * @param loss the part of the meta-loss met on the way, [tasks], which is added to the final one; null if there is none
 */
public record Step(Params state, Tensor loss) {
    /** A step without a loss of its own. */
    public static Step of(Params state) {
        return new Step(state, null);
    }
}
