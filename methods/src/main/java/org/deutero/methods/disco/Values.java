package org.deutero.methods.disco;

import java.util.ArrayList;
import java.util.List;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Conventional values of a rollout and what they should have been, by Retrace (Munos, Stepleton, Harutyunyan, Bellemare 2016); the online policy, values of the target copy. All constants.
 *
 * @param q of the online network, [lifetimes, T + 1, copies, actions]
 * @param value of the online network, [lifetimes, T + 1, copies]
 * @param targetQ of the target copy, like q
 * @param targetValue of the target copy, like value
 * @param rho the policy over the behaviour, [lifetimes, T, copies]
 * @param goal what the value of the action taken should have been, [lifetimes, T, copies]
 * @param advantage goal less the target copy's value, [lifetimes, T, copies]
 * @param actionAdvantage of each action as the target copy sees it, [lifetimes, T + 1, copies, actions]
 * @param error goal less the online value of the action, [lifetimes, T, copies]
 */
record Values(
        Tensor q,
        Tensor value,
        Tensor targetQ,
        Tensor targetValue,
        Tensor rho,
        Tensor goal,
        Tensor advantage,
        Tensor actionAdvantage,
        Tensor error) {
    /**
     * Looks at a rollout.
     *
     * @param online what the agent says
     * @param targetQ what its target copy says of the values, logits
     * @param discount of rewards to come, 0.997 as published
     * @param trace lambda, 0.95 as published
     */
    static Values of(
            AgentOutputs online,
            Tensor targetQ,
            Experience experience,
            CategoricalValue values,
            double discount,
            double trace) {
        int steps = experience.steps();
        Tensor policy = online.logits().detach().softmax(3);
        Tensor q = values.mean(online.q().detach());
        Tensor value = policy.mul(q).sum(3);
        Tensor slowQ = values.mean(targetQ.detach());
        Tensor slow = policy.mul(slowQ).sum(3);
        Tensor action = experience.action().unsqueeze(3);
        Tensor rho = chosen(policy, action)
                .div(chosen(experience.behaviour().softmax(3), action))
                .slice(1, 0, steps);
        // min(rho, 1)
        Tensor kept = rho.sub(1).neg().relu().neg().add(1).mul(trace);
        Tensor discounts = experience.terminal().neg().add(1).mul(discount);
        Tensor slowChosen = chosen(slowQ, action);
        List<Tensor> goals = new ArrayList<>();
        Tensor goal = null;
        for (int t = steps - 1; t >= 0; t--) {
            Tensor next = slow.select(1, t + 1);
            if (goal != null) {
                next = next.add(kept.select(1, t + 1).mul(goal.sub(slowChosen.select(1, t + 1))));
            }
            goal = experience.reward().select(1, t).add(discounts.select(1, t).mul(next));
            goals.add(0, goal);
        }
        Tensor all = Tensors.stack(goals, 1);
        return new Values(
                q,
                value,
                slowQ,
                slow,
                rho,
                all,
                all.sub(slow.slice(1, 0, steps)),
                slowQ.sub(slow.unsqueeze(3)),
                all.sub(chosen(q, action).slice(1, 0, steps)));
    }

    /** The entry of the action taken: [steps, actions] and [steps, 1] to [steps]. */
    private static Tensor chosen(Tensor values, Tensor action) {
        return values.gather(3, action).squeeze(3);
    }
}
