package org.deutero.methods.disco;

import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.optim.Optimizer;

/**
 * The optimiser of DiscoRL's agents: Adam's direction m^ / (sqrt(v^) + epsilon), both corrected for their start at 0, every element limited to [-1, 1]. No derivative reaches through v.
 *
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param epsilon added to the root
 */
record ClippedAdam(double beta1, double beta2, double epsilon) implements Optimizer {
    /** Checks ranges. */
    ClippedAdam {
        if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1 && epsilon > 0)) {
            throw new IllegalArgumentException("betas must lie in [0, 1) and epsilon must be positive, not " + beta1
                    + ", " + beta2 + ", " + epsilon);
        }
    }

    @Override
    public Params init(Params params) {
        Params zeros = params.zerosLike();
        return Params.builder().put("m", zeros).put("v", zeros).build();
    }

    @Override
    public Direction direction(Params gradients, Params state, Params params, long step) {
        Params m = state.child("m").zip(gradients, (old, g) -> old.mul(beta1).addScaled(g, 1 - beta1));
        Params v = state.child("v")
                .zip(gradients.constant(), (old, g) -> old.mul(beta2).addScaled(g.square(), 1 - beta2));
        double correction1 = 1 - Math.pow(beta1, step + 1.0);
        double correction2 = 1 - Math.pow(beta2, step + 1.0);
        Params direction = m.zip(v, (first, second) -> {
            Tensor root = second.div(correction2).sqrt().add(epsilon);
            return first.div(correction1).div(root).clamp(-1, 1);
        });
        return new Direction(direction, Params.builder().put("m", m).put("v", v).build());
    }
}
