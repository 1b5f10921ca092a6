package org.deutero.methods.symla;

import java.util.random.RandomGenerator;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.action.Categorical;
import org.deutero.learn.capability.Agent;
import org.deutero.methods.Copies;
import org.deutero.options.OptionsException;
import org.deutero.tasks.world.Actions;
import org.deutero.tasks.world.Transition;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Symmetric learning agents (SymLA; Kirsch, Flennerhag, van Hasselt, Friesen, Oh, Chen 2022, arXiv 2109.10781): a {@link SymmetricPolicy} that lives in a world. It is told its last action, the reward, and its units' own last messages, so that actions can compare themselves with each other. Nothing in the
 * weights depends on the numbers of observations and actions: permuting observations changes nothing, and permuting actions permutes decisions.
 *
 * <p>States last for a whole lifetime, over all of its episodes; copies of a world are lives of their own under one theta. The meta-loss is minus the mean reward. Actions are drawn from softmax(preferences); vectors are the bound times tanh(preferences), without noise. No derivative reaches through them, so this learner is for
 * evolution. Only what the paper's abstract and secondary sources tell was at hand; sizes are ours.
 *
 * <p>Fast state: that of the policy, [lifetimes, copies, ...], and {@code world}, the lives.
 *
 * @param policy that acts
 * @param terminalReward added to the reward that the agent is told when the world ends an episode; nothing else tells it that one has ended, and the meta-loss knows nothing of it
 * @param dtype of all numbers
 */
public record Symla(SymmetricPolicy policy, double terminalReward, DType dtype) implements Agent {
    @Override
    public Params metaParameters(RandomGenerator rng) {
        return policy.rule().init(rng, dtype);
    }

    @Override
    public Params begin(Params theta, Worlds tasks, StepContext context) {
        int observations = tasks.world().shape().observations();
        int outputs = tasks.world().shape().actions().outputs();
        Params state = context.draw(
                tasks.size(),
                (rng, n) -> Copies.apart(
                        policy.start(observations, outputs, rng, dtype, n * tasks.copies()), tasks.copies()));
        return state.with(tasks.begin(dtype).under(WORLD));
    }

    @Override
    public Step step(Params theta, Params phi, Worlds tasks, StepContext context) {
        if (context.differentiable()) {
            throw new OptionsException(
                    "symla draws its actions, and no derivative reaches through them: expected es, openai-es or cma-es"
                            + " as meta-gradient");
        }
        SymmetricPolicy.Thought thought = think(theta, phi, tasks, context);
        long lifetimes = tasks.size();
        Tensor action;
        Tensor told;
        if (tasks.world().shape().actions() instanceof Actions.Box box) {
            told = thought.preferences().tanh();
            action = told.mul(box.bound()).reshape(lifetimes, tasks.copies(), box.numbers());
        } else {
            Tensor number = Categorical.draw(thought.preferences(), context);
            told = number.oneHot(tasks.world().shape().choices(), dtype);
            action = number.reshape(lifetimes, tasks.copies());
        }
        Transition transition = tasks.step(Agent.lives(phi), action, context.step());
        Tensor reward = terminalReward == 0
                ? transition.reward()
                : transition.reward().addScaled(transition.terminated(), terminalReward);
        Params state = Copies.apart(SymmetricPolicy.told(thought.state(), told, reward.reshape(-1)), tasks.copies());
        return new Step(state.with(transition.lives().under(WORLD)), Agent.loss(tasks, transition.reward()));
    }

    private SymmetricPolicy.Thought think(Params theta, Params phi, Worlds tasks, StepContext context) {
        Tensor seen = tasks.observe(Agent.lives(phi), context.step());
        Params own = context.forTasks(theta, tasks.size()).repeatEach(tasks.copies());
        Params state = Copies.together(phi.filter(name -> !name.startsWith(WORLD)));
        return policy.think(own, state, seen.reshape(-1, seen.size(2)));
    }

    /** 0: all rewards are met on the way. */
    @Override
    public Tensor metaLoss(Params theta, Params phi, Worlds tasks, StepContext context) {
        return Tensors.zeros(dtype, tasks.size());
    }

    /** Preferences for the next action, before tanh where it is a vector. */
    @Override
    public Tensor predict(Params theta, Params phi, Worlds tasks, StepContext context) {
        Tensor preferences = think(theta, phi, tasks, context).preferences();
        return preferences.reshape(tasks.size(), tasks.copies(), preferences.size(1));
    }
}
