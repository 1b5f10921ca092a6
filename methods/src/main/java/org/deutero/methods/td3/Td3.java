package org.deutero.methods.td3;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * The losses of twin delayed deep deterministic policy gradients (Fujimoto, van Hoof, Meger 2018, TD3, arXiv 1802.09477). Parameters of an agent: {@code actor}, {@code q1} and {@code q2}, and slowly following copies of all three.
 *
 * @param actor the policy
 * @param critic either of the two: from what is seen and an action to one number
 * @param discount of a step
 * @param noise deviation of the noise that smooths the target policy, in units of actions
 * @param noiseClip its largest absolute value
 * @param tau how much of the way targets go at a time
 * @param terminalBonus whether targets pay 1 where an episode terminates, which the released program of MetaGenRL does; not in TD3
 */
public record Td3(
        Actor actor,
        PostNormMlp critic,
        double discount,
        double noise,
        double noiseClip,
        double tau,
        boolean terminalBonus) {
    /** Name of the policy's parameters. */
    public static final String ACTOR = "actor";

    /** Name of the first critic's parameters. */
    public static final String FIRST = "q1";

    /** Name of the second critic's parameters. */
    public static final String SECOND = "q2";

    /** Fresh parameters of one agent. */
    public Params init(RandomGenerator rng, DType dtype) {
        return Params.builder()
                .put(ACTOR, actor.init(rng, dtype))
                .put(FIRST, critic.init(rng, dtype))
                .put(SECOND, critic.init(rng, dtype))
                .build();
    }

    /** The critic of given parameters. */
    public Critic critic(Params parameters) {
        return (observations, actions) -> critic.apply(parameters, Tensors.cat(List.of(observations, actions), 2))
                .squeeze(2);
    }

    /**
     * What the smoothed target policy does next.
     *
     * @param target parameters of the copies
     * @param next what is seen, [tasks, n, observations]
     * @param normal standard normal noise, [tasks, n, numbers]
     */
    public Tensor targetAction(Params target, Tensor next, Tensor normal) {
        Tensor smoothing = normal.mul(noise).clamp(-noiseClip, noiseClip);
        return actor.act(target.child(ACTOR), next).add(smoothing).clamp(-actor.bound(), actor.bound());
    }

    /** What critics are to say, [tasks, n]: the reward, and the less of what both copies say of the target's action. Constant. */
    public Tensor target(Params target, Transitions steps, Tensor normal) {
        Tensor action = targetAction(target, steps.next(), normal);
        Tensor first = critic(target.child(FIRST)).value(steps.next(), action);
        Tensor second = critic(target.child(SECOND)).value(steps.next(), action);
        Tensor least = first.sub(first.sub(second).relu());
        Tensor goesOn = steps.terminated().neg().add(1);
        Tensor paid = terminalBonus ? steps.reward().add(steps.terminated()) : steps.reward();
        return paid.add(goesOn.mul(least).mul(discount)).detach();
    }

    /** The squared errors of both critics, mean over all entries with padding as 0, [tasks]. */
    public Tensor criticLosses(Params agent, Transitions steps, Tensor target) {
        Tensor first = critic(agent.child(FIRST)).value(steps.observation(), steps.action());
        Tensor second = critic(agent.child(SECOND)).value(steps.observation(), steps.action());
        return first.sub(target)
                .square()
                .add(second.sub(target).square())
                .mul(steps.mask())
                .mean(1);
    }

    /** The copies after they have followed the agent a little (Polyak averages). */
    public Params follow(Params target, Params agent) {
        return target.zip(agent, (copy, now) -> copy.mul(1 - tau).addScaled(now, tau));
    }
}
