package org.deutero.methods.disco;

import org.deutero.tensor.Tensor;

/**
 * What an agent's distance from its targets is, in nats, [lifetimes, T, copies] each, before weights and masks.
 *
 * @param pi of the policy
 * @param y of the prediction of a state
 * @param z of the prediction of a state and the action taken
 * @param aux of the policy of the next step, as the action taken was to foretell it
 * @param value of the value of the action taken
 */
record Losses(Tensor pi, Tensor y, Tensor z, Tensor aux, Tensor value) {
    private static final double TINY = 1e-8;

    /**
     * The losses of a rollout.
     *
     * @param agent its outputs, which may carry a graph; the rollout's are constants
     */
    static Losses of(AgentOutputs agent, Rollout rollout, Targets targets, CategoricalValue values) {
        Experience experience = rollout.experience();
        int steps = experience.steps();
        Tensor action = experience.action().slice(1, 0, steps);
        Tensor next = rollout.online().logits().slice(1, 1, steps + 1);
        Tensor aux = divergence(next, taken(agent.auxPi(), action));
        return new Losses(
                divergence(targets.pi(), agent.logits().slice(1, 0, steps)),
                divergence(targets.y(), agent.y().slice(1, 0, steps)),
                divergence(targets.z(), taken(agent.z(), action)),
                aux.mul(experience.terminal().neg().add(1)),
                values.crossEntropy(taken(agent.q(), action), rollout.values().goal()));
    }

    /** KL(p || q) of two distributions over the last dimension, given as logits. */
    static Tensor divergence(Tensor p, Tensor q) {
        int last = p.rank() - 1;
        Tensor log = p.logSoftmax(last);
        return log.exp().mul(log.sub(q.logSoftmax(last))).sum(last);
    }

    /** Of the action taken: [lifetimes, T + 1, copies, actions, n] to [lifetimes, T, copies, n]. */
    private static Tensor taken(Tensor outputs, Tensor action) {
        Tensor index = action.unsqueeze(3).unsqueeze(4).expand(-1, -1, -1, -1, outputs.size(4));
        return outputs.slice(1, 0, action.size(1)).gather(3, index).squeeze(3);
    }

    /** Weighted, mean over the steps that count: [lifetimes]. */
    Tensor total(Weights weights, Tensor mask) {
        Tensor each = pi.mul(weights.pi)
                .addScaled(y, weights.y)
                .addScaled(z, weights.z)
                .addScaled(aux, weights.aux)
                .addScaled(value, weights.value);
        return each.mul(mask).sum(1, 2).div(mask.sum(1, 2).add(TINY));
    }

    /**
     * How much each loss counts.
     *
     * @param pi of the policy
     * @param y of the prediction of a state
     * @param z of the prediction of a state and an action
     * @param aux of the policy of the next step
     * @param value of the value
     */
    record Weights(double pi, double y, double z, double aux, double value) {
        /** As published. */
        static final Weights PUBLISHED = new Weights(1, 1, 1, 1, 0.2);
    }
}
