package org.deutero.tensor.optim;

import org.deutero.tensor.Params;

/**
 * Weight decay by the gradient of l2/2 |w|^2, which a rule sees beside the loss's: what PyTorch's optimisers call weight decay, and what AdamW was made to replace (Loshchilov, Hutter 2019).
 *
 * @param rule that takes the step
 * @param l2 factor on parameters that are added to their gradients
 */
public record WeightDecay(Optimizer rule, double l2) implements Optimizer {
    /** Refuses negative factors. */
    public WeightDecay {
        if (!(l2 >= 0)) {
            throw new IllegalArgumentException("l2 must not be negative, not " + l2);
        }
    }

    @Override
    public Params init(Params params) {
        return rule.init(params);
    }

    @Override
    public Direction direction(Params gradients, Params state, Params params, long step) {
        return rule.direction(gradients.addScaled(params, l2), state, params, step);
    }
}
