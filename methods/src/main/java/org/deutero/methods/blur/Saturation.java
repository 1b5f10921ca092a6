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
     * @param hebb H
     * @param received what targets bring into the product, [tasks, states, batch, targets]
     */
    Tensor update(Tensor w, Tensor hebb, Tensor received, Genome g) {
        return switch (this) {
            case NONE -> plain(w, hebb, g);
            case OJA ->
                plain(w, hebb, g).sub(shrinking(w).mul(g.synapseKeep().sub(1)).mul(g.saturation()));
            case ACTIVITY ->
                plain(w, hebb.sub(w.mul(received.square().sumKeep(2)).mul(signed(g))), g);
            case WEIGHTS -> plain(w, hebb.sub(shrinking(w).mul(signed(g))), g);
            case EXPONENTIAL ->
                plain(
                        w,
                        hebb.mul(w.abs()
                                .mul(g.saturation().abs().add(EPSILON))
                                .neg()
                                .exp()),
                        g);
        };
    }

    private static Tensor plain(Tensor w, Tensor increment, Genome g) {
        return w.mul(g.synapseKeep()).add(increment.mul(g.synapseUpdate()));
    }

    private static Tensor shrinking(Tensor w) {
        return w.mul(w.square().sumKeep(2));
    }

    private static Tensor signed(Genome g) {
        return g.saturation().abs().mul(g.synapseUpdate().sign());
    }
}
