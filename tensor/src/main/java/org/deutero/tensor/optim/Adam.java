package org.deutero.tensor.optim;

import org.deutero.tensor.Params;

/**
 * Adam (Kingma, Ba 2015) and AdamW (Loshchilov, Hutter 2019), differentiable.
 *
 * <p>The direction is m^ / (sqrt(v^ + epsilonRoot) + epsilon), with both moments corrected for their start at zero; {@code epsilon} stands where
 * ordinary optimisers have it. Without {@code epsilonRoot} the slope of the root is infinite at v = 0, and differentiating through
 * the first step from a zero gradient gives NaN.
 *
 * @param beta1 decay of the first moment; 0 keeps none
 * @param beta2 decay of the second moment
 * @param epsilon added to the root
 * @param epsilonRoot added inside the root; positive wherever the optimiser itself is differentiated
 * @param decay decoupled weight decay (AdamW), 0 for Adam
 * @param vectors whether tensors of one dimension, such as biases and gains, decay as well; only told from others where parameters have no leading task dimension
 */
public record Adam(double beta1, double beta2, double epsilon, double epsilonRoot, double decay, boolean vectors)
        implements Optimizer {
    /** The usual constants, for an outer loop. */
    public static final Adam DEFAULT = new Adam(0.9, 0.999, 1e-8, 0, 0);

    /** The usual constants, safe to differentiate. */
    public static final Adam DIFFERENTIABLE = new Adam(0.9, 0.999, 1e-8, 1e-12, 0);

    /** All that there is decays, if anything. */
    public Adam(double beta1, double beta2, double epsilon, double epsilonRoot, double decay) {
        this(beta1, beta2, epsilon, epsilonRoot, decay, true);
    }

    /** Checks ranges. */
    public Adam {
        if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)) {
            throw new IllegalArgumentException("betas must lie in [0, 1), not " + beta1 + " and " + beta2);
        }
        if (!(epsilon >= 0 && epsilonRoot >= 0 && decay >= 0)) {
            throw new IllegalArgumentException("epsilon, epsilonRoot and decay must not be negative");
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
        Params v = state.child("v").zip(gradients, (old, g) -> old.mul(beta2).addScaled(g.square(), 1 - beta2));
        double correction1 = 1 - Math.pow(beta1, step + 1.0);
        double correction2 = 1 - Math.pow(beta2, step + 1.0);
        Params direction = m.zip(v, (first, second) -> {
            var corrected = second.div(correction2);
            var root = (epsilonRoot == 0 ? corrected : corrected.add(epsilonRoot)).sqrt();
            return first.div(correction1).div(root.add(epsilon));
        });
        if (decay > 0) {
            direction = vectors
                    ? direction.addScaled(params, decay)
                    : direction.zip(params, (d, p) -> p.rank() < 2 ? d : d.addScaled(p, decay));
        }
        return new Direction(direction, Params.builder().put("m", m).put("v", v).build());
    }
}
