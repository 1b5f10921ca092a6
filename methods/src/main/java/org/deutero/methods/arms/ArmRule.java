package org.deutero.methods.arms;

import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/** How arms are chosen by what they have paid. */
interface ArmRule {
    /**
     * With which probability each arm is pulled, [lifetimes, copies, arms]; rows add up to 1.
     *
     * @param pulls of each arm so far, [lifetimes, copies, arms]
     * @param sums what these have paid
     * @param round from 0
     */
    Tensor probabilities(Tensor pulls, Tensor sums, int round);

    /** The arm of the largest score, each of them alike where there are several. */
    static Tensor best(Tensor scores) {
        int last = scores.rank() - 1;
        Tensor largest = scores.max(last).unsqueeze(last);
        Tensor ties = scores.eq(largest).to(scores.dtype());
        return ties.div(ties.sumKeep(last));
    }

    /** Every arm alike. */
    static Tensor any(Tensor pulls) {
        return Tensors.onesLike(pulls).div((double) pulls.size(pulls.rank() - 1));
    }
}
