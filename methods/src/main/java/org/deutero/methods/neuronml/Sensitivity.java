package org.deutero.methods.neuronml;

import org.deutero.tensor.Tensor;

/** Active weights should be those that matter: an active weight costs -log of its share in the task's gradient (equation 6 with soft activity). */
final class Sensitivity {
    /** Keeps the logarithm of a gradient that is exactly zero finite. */
    private static final double FLOOR = 1e-12;

    private Sensitivity() {}

    /**
     * sum_w -log(s_w / sum s) a_w / P.
     *
     * @param activity a [tasks, P]
     * @param magnitude of the support gradients [tasks, P], constants
     * @return [tasks]
     */
    static Tensor of(Tensor activity, Tensor magnitude) {
        Tensor s = magnitude.add(FLOOR);
        return s.div(s.sumKeep(1)).log().neg().mul(activity).sum(1).div((double) activity.size(1));
    }
}
