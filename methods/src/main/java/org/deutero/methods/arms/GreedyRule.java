package org.deutero.methods.arms;

import org.deutero.tensor.Tensor;

/**
 * The arm that is thought to pay best, but any arm with a small probability.
 *
 * @param pay what arms are thought to pay
 * @param epsilon probability of an arm at random; 0 for none
 * @param decays whether it is divided by the number of the round, counted from 1
 */
record GreedyRule(MeanPay pay, double epsilon, boolean decays) implements ArmRule {
    @Override
    public Tensor probabilities(Tensor pulls, Tensor sums, int round) {
        double any = decays ? epsilon / (round + 1) : epsilon;
        return ArmRule.best(pay.of(pulls, sums))
                .mul(1 - any)
                .add(ArmRule.any(pulls).mul(any));
    }
}
