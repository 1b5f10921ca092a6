package org.deutero.methods.metagenrl;

import java.util.Optional;
import org.deutero.methods.td3.Actor;
import org.deutero.methods.td3.Critic;
import org.deutero.methods.td3.Segments;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.optim.ClipPerTask;
import org.deutero.tensor.optim.Optimizer;
import org.deutero.tensor.optim.Rates;

/**
 * A step of policies down an {@link Objective}, every task with a policy of its own.
 *
 * @param actor what a policy's parameters mean
 * @param objective the loss; empty for what critics say, as in TD3
 * @param total whether steps of a segment add up, rather than being averaged over all entries, padding included
 * @param clip largest norm of the gradient of a task's policy; infinite for none
 * @param optimizer rule of the step
 * @param rate of the step
 */
public record ObjectiveStep(
        Actor actor, Optional<Objective> objective, boolean total, ClipPerTask clip, Optimizer optimizer, double rate) {
    /**
     * The loss of the policies, [tasks].
     *
     * @param share of the objective in it, in [0, 1]; what is left is what the critic says
     */
    public Tensor loss(Params alpha, Params policy, Segments segments, Critic critic, double share) {
        Tensor losses = losses(alpha, policy, segments, critic, objective.isPresent() ? share : 0);
        return total ? losses.sum(1, 2) : losses.mean(1, 2);
    }

    /** The same of every step, [tasks, n, T]. */
    Tensor losses(Params alpha, Params policy, Segments segments, Critic critic, double share) {
        long tasks = segments.reward().size(0);
        long n = segments.number();
        int steps = segments.steps();
        Tensor seen = segments.seen();
        Tensor actions = actor.act(policy, seen);
        Tensor worth =
                critic.value(seen, share < 1 ? actions : actions.detach()).reshape(tasks, n, steps + 1L);
        Tensor ofCritic = worth.slice(2, 0, steps).mul(segments.mask()).neg();
        if (share == 0) {
            return ofCritic;
        }
        Tensor before = actions.reshape(tasks, n, steps + 1L, actions.size(2)).slice(2, 0, steps);
        Tensor learned = objective.orElseThrow().losses(alpha, segments, before, worth.detach());
        return share == 1 ? learned : learned.mul(share).add(ofCritic.mul(1 - share));
    }

    /**
     * The policies after a step.
     *
     * @param policy [tasks, ...], in a graph if anything is to be differentiated through it
     * @param slots of the optimiser
     * @param share as in {@link #loss}
     * @param differentiable whether the step is to be differentiated itself; otherwise it is a constant
     * @param number of the step, from 0, for the optimiser
     */
    public Optimizer.Update step(
            Params alpha,
            Params policy,
            Params slots,
            Segments segments,
            Critic critic,
            double share,
            boolean differentiable,
            long number) {
        return GradMode.on(() -> {
            Params at = policy.map(t -> differentiable && t.requiresGrad() ? t : t.leaf());
            Tensor loss = loss(differentiable ? alpha : alpha.detach(), at, segments, critic, share);
            Params gradient = clip.apply(Autograd.gradient(loss.sum(), at, differentiable));
            Params from = differentiable ? at : policy.detach();
            return optimizer.update(gradient, slots, from, Rates.constant(rate), number);
        });
    }

    /** What critics say of the policies' actions in the states of segments, mean over all entries with padding as 0, [tasks]. */
    public Tensor worth(Params policy, Segments segments, Critic critic) {
        Tensor seen = segments.seenBefore();
        Tensor mask = segments.mask().reshape(seen.size(0), seen.size(1));
        return critic.value(seen, actor.act(policy, seen)).mul(mask).mean(1);
    }
}
