package org.deutero.methods.lpg;

import org.deutero.tensor.Tensor;

/**
 * What the meta-loss of an update is besides the policy gradient: - b0 H(pi) - b1 H(y) + b2 mean(pi_hat^2) + b3 mean |y_hat|^2, with the entropies of the agent after the update on the states of its experience.
 *
 * @param policyEntropy b0, 0.05 in GROOVE and 0.01 in print
 * @param predictionEntropy b1, 0.001
 * @param policyTarget b2, 0.005 in GROOVE and 0.001 in print
 * @param predictionTarget b3, 0.001
 */
public record Regularizers(
        double policyEntropy, double predictionEntropy, double policyTarget, double predictionTarget) {
    /** Those of GROOVE. */
    public static final Regularizers GROOVE = new Regularizers(0.05, 0.001, 0.005, 0.001);

    /**
     * The four terms without their weights, [lifetimes] each.
     *
     * @param policyEntropy H(pi)
     * @param predictionEntropy H(y)
     * @param policyTarget mean pi_hat^2
     * @param predictionTarget mean |y_hat|^2
     */
    public record Terms(Tensor policyEntropy, Tensor predictionEntropy, Tensor policyTarget, Tensor predictionTarget) {}

    /**
     * The terms of an update.
     *
     * @param policy probabilities of actions after it, [lifetimes, n, actions]
     * @param prediction likewise
     */
    public static Terms terms(Tensor policy, Tensor prediction, Targets targets) {
        return new Terms(
                entropy(policy),
                entropy(prediction),
                targets.policy().square().mean(1, 2),
                targets.prediction().square().sum(3).mean(1, 2));
    }

    private static Tensor entropy(Tensor probabilities) {
        Tensor p = probabilities.add(ObjectiveNetwork.EPSILON);
        return p.mul(p.log()).sum(2).mean(1).neg();
    }

    /** Their weighted sum, [lifetimes]. */
    public Tensor of(Terms terms) {
        return terms.policyEntropy()
                .mul(-policyEntropy)
                .addScaled(terms.predictionEntropy(), -predictionEntropy)
                .addScaled(terms.policyTarget(), policyTarget)
                .addScaled(terms.predictionTarget(), predictionTarget);
    }
}
