package org.deutero.methods.spiking;

import org.deutero.tensor.Tensor;

/**
 * What stands in for the derivative of a spike, 1[u > 0] of the membrane potential above threshold, u = v - threshold.
 *
 * <p>A spike is the step plus s(u) minus the same number held constant, where the slope of s is the surrogate: the value is that of the step to the last bit, and derivatives of every order, in reverse and forward
 * mode, are those of s.
 */
public enum Surrogate {
    /** 1/(100 |u| + 1)^2, the slope of u/(100 |u| + 1): SuperSpike (Zenke, Ganguli 2018). */
    FAST_SIGMOID {
        @Override
        Tensor soft(Tensor u, double threshold) {
            return u.div(u.abs().mul(STEEPNESS).add(1));
        }

        @Override
        public Tensor slope(Tensor u, double threshold) {
            return u.abs().mul(STEEPNESS).add(1).pow(-2);
        }
    },
    /** 0.3 max(0, 1 - |u / threshold|): the pseudo-derivative of e-prop (Bellec et al. 2020). */
    TRIANGLE {
        @Override
        Tensor soft(Tensor u, double threshold) {
            Tensor c = u.div(threshold).clamp(-1, 1);
            return c.sub(c.mul(c.abs()).div(2)).mul(DAMPING * threshold);
        }

        @Override
        public Tensor slope(Tensor u, double threshold) {
            return u.div(threshold).abs().neg().add(1).relu().mul(DAMPING);
        }
    };

    private static final double STEEPNESS = 100;
    private static final double DAMPING = 0.3;

    /** s(u). */
    abstract Tensor soft(Tensor u, double threshold);

    /** The surrogate derivative, of the shape of u. */
    public abstract Tensor slope(Tensor u, double threshold);

    /** 0 or 1, of the shape of u. */
    public Tensor spike(Tensor u, double threshold) {
        Tensor soft = soft(u, threshold);
        return soft.sub(soft.detach()).add(u.gt(0).to(u.dtype()));
    }
}
