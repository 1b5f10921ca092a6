package org.deutero.methods.disco;

import java.util.List;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * What the rule's networks see of a rollout.
 *
 * @param x of each step, [lifetimes, T, copies, 27]
 * @param actions of each step and action, [lifetimes, T, copies, actions, 2]
 */
record Inputs(Tensor x, Tensor actions) {
    /** Numbers of {@link #x}, of which the last ones are those of {@link #actions} twice: their mean, and those of the action taken. */
    static final int PLAIN = 23;

    /** Numbers of a step and action before they are embedded. */
    static final int PER_ACTION = 9;

    /**
     * Looks at a rollout through embeddings.
     *
     * @param prefix of the embeddings' names: the trajectory network and the lifetime network have their own
     */
    static Inputs of(Params theta, String prefix, Rollout rollout) {
        Experience experience = rollout.experience();
        Values values = rollout.values();
        int steps = experience.steps();
        Tensor action = experience.action().slice(1, 0, steps).unsqueeze(3);
        Tensor all = rollout.online().logits().softmax(3);
        Tensor policy = all.slice(1, 0, steps);
        Tensor behaviour = experience.behaviour().slice(1, 0, steps).softmax(3);
        Tensor slowPolicy = rollout.target().logits().slice(1, 0, steps).softmax(3);
        Tensor y = embed(theta, prefix + "mlp", rollout.online().y());
        Tensor slowY = embed(theta, prefix + "mlp", rollout.target().y());
        Tensor z = embed(theta, prefix + "mlp_1", rollout.online().z());
        Tensor slowZ = embed(theta, prefix + "mlp_1", rollout.target().z());
        Tensor perAction = Tensors.stack(
                List.of(
                        policy,
                        behaviour,
                        slowPolicy,
                        z.slice(1, 0, steps),
                        slowZ.slice(1, 0, steps),
                        signedLog(values.targetQ().slice(1, 0, steps)),
                        signedLog(values.actionAdvantage().slice(1, 0, steps)),
                        rollout.normalisedActionAdvantage().slice(1, 0, steps),
                        action.squeeze(3).oneHot(all.size(3), all.dtype())),
                4);
        Tensor actions = Layer.acrossActions(
                theta,
                prefix + "sequential/conv1_d_1",
                Layer.acrossActions(theta, prefix + "sequential/conv1_d", perAction));
        Tensor taken = actions.gather(3, action.unsqueeze(4).expand(-1, -1, -1, -1, actions.size(4)))
                .squeeze(3);
        Tensor x = Tensors.cat(
                List.of(
                        policy.gather(3, action),
                        behaviour.gather(3, action),
                        signedLog(experience.reward()).unsqueeze(3),
                        experience.terminal().neg().add(1).unsqueeze(3),
                        pair(signedLog(values.value())),
                        signedLog(values.advantage()).unsqueeze(3),
                        rollout.normalisedAdvantage().unsqueeze(3),
                        slowPolicy.gather(3, action),
                        pair(y),
                        pair(slowY),
                        z.slice(1, 0, steps).gather(3, action),
                        pair(all.mul(z).sum(3)),
                        pair(z.max(3)),
                        slowZ.slice(1, 0, steps).gather(3, action),
                        pair(all.mul(slowZ).sum(3)),
                        pair(slowZ.max(3)),
                        actions.mean(3),
                        taken),
                3);
        return new Inputs(x, actions);
    }

    /** The one number of a prediction: logits [..., predictions] to [...]. */
    static Tensor embed(Params theta, String module, Tensor logits) {
        int last = logits.rank() - 1;
        return Layer.mlp(theta, module, logits.softmax(last)).squeeze(last);
    }

    /** sign(x) ln(1 + |x|). */
    private static Tensor signedLog(Tensor x) {
        return x.sign().mul(x.abs().add(1).log());
    }

    /** Each step's number beside that of the next one: [lifetimes, T + 1, copies] to [lifetimes, T, copies, 2]. */
    private static Tensor pair(Tensor x) {
        long steps = x.size(1) - 1;
        return Tensors.stack(List.of(x.slice(1, 0, steps), x.slice(1, 1, steps + 1)), 3);
    }
}
