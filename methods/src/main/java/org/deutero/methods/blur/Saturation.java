package org.deutero.methods.blur;

import org.deutero.tensor.Tensor;

/**
 * What keeps synapses from growing without bound, besides the gene f~. w are synapses and H the Hebbian products, [tasks, states, sources, targets]; m is the gene.
 *
 * <p>The released code adds its terms, times the sign of eta~, to H before that is multiplied by eta~: so they shrink synapses, whatever the sign.
 */
public enum Saturation {
    /** Nothing. */
    NONE,
    /** The paper's: -m (f~ - 1) w_ij sum_r w_rj^2, which undoes the growth by f~ &gt; 1. */
    OJA,
    /** The released code's: H - |m| sign(eta~) w_ij sum over the batch of (sum_l post[o, l] a_j^l)^2. */
    ACTIVITY,
    /** The released code's other: H - |m| sign(eta~) w_ij sum_r w_rj^2. */
    WEIGHTS,
    /** The released code's alternative ("exp update"): H exp(-|w| (0.001 + |m|)). */
    EXPONENTIAL;

    private static final double EPSILON = 1e-3;

    /**
     * Synapses after the update.
     *
     * @param w before it
     * @param given what sources bring into the Hebbian product, [tasks, states, batch, sources]
     * @param received what targets bring, [tasks, states, batch, targets]
     */
    Tensor update(Tensor w, Tensor given, Tensor received, Genome g) {
        return switch (this) {
            case NONE -> plain(w, given, received, g);
            case OJA ->
                plain(w, given, received, g)
                        .sub(shrinking(w).mul(g.synapseKeep().sub(1)).mul(g.saturation()));
            case ACTIVITY ->
                plain(w, given, received, g)
                        .sub(w.mul(received.square().sumKeep(2)).mul(strength(g)));
            case WEIGHTS -> plain(w, given, received, g).sub(shrinking(w).mul(strength(g)));
            case EXPONENTIAL -> {
                Tensor hebb = given.transpose(2, 3).matmul(received);
                Tensor less =
                        w.abs().mul(g.saturation().abs().add(EPSILON)).neg().exp();
                yield w.mul(g.synapseKeep()).add(hebb.mul(less).mul(g.synapseUpdate()));
            }
        };
    }

    /** f~ w + eta~ H; eta~ goes with the smaller factor of H, which spares passes over synapses. */
    private static Tensor plain(Tensor w, Tensor given, Tensor received, Genome g) {
        return product(w.mul(g.synapseKeep()), given, received.mul(g.synapseUpdate()));
    }

    private static Tensor product(Tensor kept, Tensor given, Tensor received) {
        Tensor sources = given.reshape(-1, given.size(2), given.size(3)).transpose(1, 2);
        Tensor targets = received.reshape(-1, received.size(2), received.size(3));
        return kept.reshape(-1, kept.size(2), kept.size(3))
                .baddbmm(sources, targets)
                .reshape(kept.shape());
    }

    private static Tensor shrinking(Tensor w) {
        return w.mul(w.square().sumKeep(2));
    }

    /** eta~ |m| sign(eta~). */
    private static Tensor strength(Genome g) {
        return g.saturation().abs().mul(g.synapseUpdate().abs());
    }
}
