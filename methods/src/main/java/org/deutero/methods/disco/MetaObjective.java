package org.deutero.methods.disco;

import org.deutero.learn.reinforcement.Advantages;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * What meta-training lowers: the policy-gradient loss of a validation rollout of the updated agent, and terms that keep agents and targets from the edges of their spaces.
 *
 * @param validation steps of the validation rollout
 * @param trace lambda of the advantages (generalised advantage estimation)
 * @param entropy weight of the policy's entropy, which is raised
 * @param predictions weight of the entropies of y and z, which are raised, and of the squared means of all targets' logits, which are lowered
 * @param divergence weight of KL(policy of the target copy || target of the policy), which is lowered
 */
record MetaObjective(int validation, double trace, double entropy, double predictions, double divergence) {
    /**
     * How much better than expected the actions of a validation rollout turned out, in deviations of the lifetime's advantages; a constant, [lifetimes, T, copies].
     *
     * @param said by the updated agent, whose own value is the baseline
     * @param moments of advantages in the lifetime so far
     */
    Tensor advantage(AgentOutputs said, Collection rollout, DiscoRule rule, RunningMoments moments) {
        AgentOutputs constant = said.detach();
        Tensor value = constant.logits()
                .softmax(3)
                .mul(rule.value().mean(constant.q()))
                .sum(3);
        Tensor ends = lastly(rollout.terminal());
        int steps = (int) rollout.reward().size(1);
        Tensor found = new Advantages(rule.discount(), trace)
                .episodes(
                        lastly(rollout.reward()),
                        lastly(value.slice(1, 0, steps)),
                        lastly(value.slice(1, 1, steps + 1)),
                        ends,
                        Tensors.zerosLike(ends),
                        Advantages.Ends.MERGED)
                .advantage();
        return moments.normalise(found.transpose(1, 2), false).detach();
    }

    /** Time last, as advantages have it. */
    private static Tensor lastly(Tensor numbers) {
        return numbers.transpose(1, 2).contiguous();
    }

    /**
     * The policy's part, [lifetimes].
     *
     * @param said by the updated agent on the validation rollout; carries the graph
     * @param advantage of its actions
     */
    Tensor policy(AgentOutputs said, Collection rollout, Tensor advantage) {
        int steps = (int) rollout.reward().size(1);
        Tensor log = said.logits().slice(1, 0, steps).logSoftmax(3);
        Tensor action = rollout.action().slice(1, 0, steps).unsqueeze(3);
        Tensor gain = log.gather(3, action).squeeze(3).mul(advantage);
        Tensor z = said.z().slice(1, 0, steps);
        Tensor taken = z.gather(3, action.unsqueeze(4).expand(-1, -1, -1, -1, z.size(4)))
                .squeeze(3);
        Tensor spread = entropy(taken).add(entropy(said.y().slice(1, 0, steps)));
        Tensor each = gain.addScaled(entropy(said.logits().slice(1, 0, steps)), entropy)
                .addScaled(spread, predictions);
        return each.mul(rollout.mask()).meanPerTask().neg();
    }

    /** The targets' part, of one update, [lifetimes]. */
    Tensor targets(Targets targets, Rollout rollout) {
        Tensor slow = rollout.target().logits().slice(1, 0, rollout.experience().steps());
        Tensor middle = centre(targets.pi()).add(centre(targets.y())).add(centre(targets.z()));
        return Losses.divergence(slow, targets.pi())
                .meanPerTask()
                .mul(divergence)
                .addScaled(middle, predictions);
    }

    /** Logits are free up to a constant; this is the square of theirs, mean over steps. */
    private static Tensor centre(Tensor logits) {
        return logits.mean(logits.rank() - 1).square().meanPerTask();
    }

    private static Tensor entropy(Tensor logits) {
        Tensor log = logits.logSoftmax(logits.rank() - 1);
        return log.exp().mul(log).sum(logits.rank() - 1).neg();
    }
}
