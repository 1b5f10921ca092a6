package org.deutero.learn.reinforcement;

import org.deutero.learn.action.ActionDistribution;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * What moves a policy and its value: L = L_policy + c_v L_value - c_e H. L_policy is -log pi(a) A (advantage actor-critic; Mnih et al. 2016, arXiv 1602.01783), or -min(ratio A, clip(ratio, 1 - c, 1 + c) A) with ratio = pi(a) / pi_old(a) (PPO; Schulman et al. 2017, arXiv 1707.06347). L_value is (V - target)^2, without 1/2 and without
 * clipping, or Huber's. Advantages and targets are constants.
 *
 * @param clip c; 0 for advantage actor-critic, which knows no ratio
 * @param valueWeight c_v
 * @param entropyWeight c_e
 * @param valueForm of L_value
 * @param entropyForm of H
 */
public record PolicyLoss(
        double clip, double valueWeight, double entropyWeight, ValueForm valueForm, EntropyForm entropyForm) {
    /** What values are judged by. */
    public enum ValueForm {
        /** The squared error. */
        SQUARED,
        /** Half the squared error up to 1, the absolute error less 1/2 beyond. */
        HUBER
    }

    /** What keeps a policy from becoming certain. */
    public enum EntropyForm {
        /** The entropy. */
        SHANNON,
        /** Minus the sum of squared probabilities (Miconi et al. 2019, arXiv 2002.10585). */
        SQUARES;

        /** H of a policy, [..]. */
        public Tensor of(ActionDistribution policy) {
            return this == SHANNON ? policy.entropy() : policy.certainty().neg();
        }
    }

    /**
     * The terms of the loss for each moment, [..] all.
     *
     * @param policy L_policy
     * @param value L_value
     * @param entropy H
     * @param loss their weighted sum; what is differentiated
     * @param ratio pi / pi_old, without derivative; null without clipping
     */
    public record Terms(Tensor policy, Tensor value, Tensor entropy, Tensor loss, Tensor ratio) {}

    /** Refuses negative numbers. */
    public PolicyLoss {
        if (!(clip >= 0 && valueWeight >= 0 && entropyWeight >= 0)) {
            throw new IllegalArgumentException("clip and weights of a policy's loss are at least 0, unlike " + clip
                    + ", " + valueWeight + " and " + entropyWeight);
        }
    }

    /** With Shannon's entropy. */
    public PolicyLoss(double clip, double valueWeight, double entropyWeight, ValueForm valueForm) {
        this(clip, valueWeight, entropyWeight, valueForm, EntropyForm.SHANNON);
    }

    /** Advantage actor-critic with squared errors of values. */
    public static PolicyLoss a2c(double valueWeight, double entropyWeight) {
        return new PolicyLoss(0, valueWeight, entropyWeight, ValueForm.SQUARED);
    }

    /** The same with another weight of entropy. */
    public PolicyLoss withEntropyWeight(double weight) {
        return new PolicyLoss(clip, valueWeight, weight, valueForm, entropyForm);
    }

    /**
     * The loss of some moments.
     *
     * @param logProbability of the actions taken, [..]
     * @param old the same as it was when they were taken; unused without clipping
     * @param advantage as used, standardised or not
     * @param entropy of the policy
     * @param value as predicted
     * @param target of the value
     */
    public Terms of(Tensor logProbability, Tensor old, Tensor advantage, Tensor entropy, Tensor value, Tensor target) {
        Tensor policy;
        Tensor ratio = null;
        if (clip == 0) {
            policy = logProbability.mul(advantage).neg();
        } else {
            Tensor moved = logProbability.sub(old).exp();
            Tensor free = moved.mul(advantage);
            Tensor clipped = moved.clamp(1 - clip, 1 + clip).mul(advantage);
            policy = Tensors.where(free.sub(clipped).lt(0), free, clipped).neg();
            ratio = moved.detach();
        }
        Tensor error = value.sub(target);
        Tensor squared = valueForm == ValueForm.SQUARED ? error.square() : huber(error);
        Tensor loss = policy.addScaled(squared, valueWeight).addScaled(entropy, -entropyWeight);
        return new Terms(policy, squared, entropy, loss, ratio);
    }

    private static Tensor huber(Tensor error) {
        Tensor size = error.abs();
        return Tensors.where(size.lt(1), error.square().mul(0.5), size.sub(0.5));
    }

    /** 1 where a ratio is farther from 1 than the clip, [..]. */
    public Tensor clipped(Tensor ratio) {
        return ratio.sub(1).abs().gt(clip).to(ratio.dtype());
    }

    /** An estimate of KL(pi_old || pi) from what pi_old did, ratio - 1 - log ratio, which is never negative, [..]. */
    public static Tensor divergence(Tensor ratio) {
        return ratio.sub(1).sub(ratio.log());
    }
}
