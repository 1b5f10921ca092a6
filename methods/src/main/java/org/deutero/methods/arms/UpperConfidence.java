package org.deutero.methods.arms;

import org.deutero.tensor.Tensor;

/**
 * UCB1 (Auer, Cesa-Bianchi, Fischer 2002): the arm of the largest mean + c sqrt(2 ln t / n), t the number of the round from 1 and n the pulls of the arm.
 *
 * @param pay what arms are thought to pay; pulls that are only imagined count
 * @param c factor on the width, 1 in print
 */
record UpperConfidence(MeanPay pay, double c) implements ArmRule {
    @Override
    public Tensor probabilities(Tensor pulls, Tensor sums, int round) {
        // An arm of which nothing is known has an infinite mean; its width must be a number, even times ln 1.
        Tensor counts = pay.counts(pulls).clamp(1e-9, Float.MAX_VALUE);
        Tensor width = counts.pow(-0.5).mul(c * Math.sqrt(2 * Math.log(round + 1.0)));
        return ArmRule.best(pay.of(pulls, sums).add(width));
    }
}
