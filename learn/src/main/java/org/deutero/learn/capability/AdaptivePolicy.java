package org.deutero.learn.capability;

import org.deutero.learn.Predictor;
import org.deutero.learn.StepContext;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * A learner whose fast state is a policy: a step of learning acts through whole episodes with it and changes it by what they brought. Unlike an {@link Agent} it keeps no lives between steps.
 *
 * <p>What it met by chance can be kept and learned from again under other meta-parameters, which is what an outer loop needs that goes several steps on the same trajectories (TRPO, PPO). What it predicts are its preferences at the beginning of an episode: logits or means, [lifetimes, copies, outputs].
 */
public interface AdaptivePolicy extends Predictor<Worlds> {
    /** Where distributions of actions are in what {@link #relive} leaves. */
    String POLICY = "policy";

    /** Sums of the rewards of new episodes of the policy as it is now, [lifetimes, copies], without graph. */
    Tensor returns(Params theta, Params phi, Worlds tasks, StepContext context);

    /**
     * Learns from the first step to the last, and then acts through more episodes with what was learned.
     *
     * @return all that was met by chance, tensors [lifetimes, ...] without graph
     */
    Params experience(Params theta, Worlds tasks, StepContext context);

    /**
     * Learns again from the same episodes under these meta-parameters.
     *
     * @param experience made under the same or other meta-parameters
     * @param context whether inner gradients must be differentiable
     * @return under {@link #POLICY} the parameters of the distributions of actions that the learned policy has at all moments of the last episodes; and whatever else the surrogate needs, [lifetimes, ...]
     */
    Params relive(Params theta, Params experience, Worlds tasks, StepContext context);

    /**
     * What an update of the meta-parameters is to lower: the surrogate of minus the return of the last episodes, one number a lifetime, [lifetimes]. Where {@code relived} is what made the experience, its derivative is the policy gradient.
     *
     * @param relived what {@link #relive} left
     * @param clip c: ratios of probabilities count within [1 - c, 1 + c] only, pessimistically (PPO); 0 for all of them
     */
    Tensor surrogate(Params relived, Params experience, double clip);

    /** KL(policy that acted || policy now), mean over the moments of the last episodes, in nats, [lifetimes]. */
    Tensor divergence(Params relived, Params experience);

    /** Minus the mean return of the last episodes, [lifetimes]. */
    Tensor losses(Params experience);
}
