package org.deutero.methods.vsml;

import org.deutero.tensor.Tensor;

/**
 * How the last layer's messages become predictions, and errors messages.
 *
 * @param slot of the message that is the prediction; 1 in the released code, whose slot 0 carries inputs, and 0 where messages are activations
 * @param bound predictions are bound * tanh(slot / bound); infinite for none
 * @param errorScale factor on the error that the last layer is told; 1 in the released code
 */
public record Readout(int slot, double bound, double errorScale) {
    /** The released code's. */
    public static final Readout STANDARD = new Readout(1, 100, 1);

    /** Checks ranges. */
    public Readout {
        if (slot < 0 || !(bound > 0)) {
            throw new IllegalArgumentException(
                    "predictions need a slot from 0 on and a bound above 0, not " + slot + " and " + bound);
        }
    }

    /** Predictions [tasks, 1, units] of messages [tasks, M, units]. */
    public Tensor of(Tensor message) {
        Tensor raw = message.slice(1, slot, slot + 1);
        return Double.isInfinite(bound) ? raw : raw.div(bound).tanh().mul(bound);
    }
}
