package org.deutero.learn.capability;

import java.util.function.Function;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.action.ActionDistribution;
import org.deutero.options.OptionsException;
import org.deutero.tasks.world.Transition;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * An agent with a policy and a value that can be evaluated again over trials that were lived before: what policy gradients need. Living is taken apart into what the policy is shown, what it makes of that, and what comes of the action; so whoever collects trials keeps what was shown, and {@link #evaluate} goes over all of it at
 * once, differentiably.
 *
 * <p>Everything that a decision depends on besides theta and the decisions before it must be in what is shown.
 */
public interface PolicyLearner extends Agent {
    /**
     * What a network makes of a moment of all lives.
     *
     * @param policy over actions [lifetimes, copies, ..]
     * @param value the rewards to come as expected, [lifetimes, copies]
     * @param state what it remembers afterwards, [lifetimes, copies, ...]
     */
    record Decision(ActionDistribution policy, Tensor value, Params state) {}

    /**
     * What a network makes of whole trials.
     *
     * @param policy over actions [trials, steps, ..]
     * @param value [trials, steps]
     */
    record Evaluated(ActionDistribution policy, Tensor value) {}

    /** What the policy is shown before a step, [lifetimes, copies, ...]. */
    Params shown(Params phi, Worlds tasks, StepContext context);

    /** What it makes of that. */
    Decision decide(Params theta, Params phi, Params shown, StepContext context);

    /**
     * The fast state after a step, the lives of the transition included.
     *
     * @param action as drawn from the decision
     */
    Params after(Decision decision, Tensor action, Transition transition, Worlds tasks);

    /**
     * What the learner makes of trials that have been lived, from their beginning; differentiable in theta.
     *
     * @param shown what was shown in each step, [trials, steps, ...]
     */
    Evaluated evaluate(Params theta, Params shown);

    /**
     * The gradient by theta of a loss on such trials. A learner that knows a faster way than to record all that {@link #evaluate} does takes it.
     *
     * @param theta need not require gradients
     * @param loss a scalar, made of what the learner makes of the trials; called once
     * @return a tree like theta
     */
    default Params gradient(Params theta, Params shown, Function<Evaluated, Tensor> loss) {
        Params leaf = theta.leaf();
        return Autograd.gradient(loss.apply(evaluate(leaf, shown)), leaf, false);
    }

    /** The action of a decision: as a rule drawn, but the likeliest of an agent that is greedy when it is used. */
    default Tensor act(Decision decision, StepContext context) {
        return decision.policy().draw(context);
    }

    @Override
    default Step step(Params theta, Params phi, Worlds tasks, StepContext context) {
        if (context.differentiable()) {
            throw new OptionsException(
                    "actions of this agent are drawn, and no derivative reaches through them: expected ppo, a2c, es,"
                            + " openai-es or cma-es as meta-gradient");
        }
        Decision decision = decide(theta, phi, shown(phi, tasks, context), context);
        Tensor action = act(decision, context);
        Transition transition = tasks.step(Agent.lives(phi), action, context.step());
        return new Step(after(decision, action, transition, tasks), Agent.loss(tasks, transition.reward()));
    }

    /** 0: all rewards are met on the way. */
    @Override
    default Tensor metaLoss(Params theta, Params phi, Worlds tasks, StepContext context) {
        return Tensors.zeros(Worlds.returns(Agent.lives(phi)).dtype(), tasks.size());
    }
}
