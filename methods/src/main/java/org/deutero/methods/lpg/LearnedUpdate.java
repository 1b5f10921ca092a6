package org.deutero.methods.lpg;

import org.deutero.learn.InnerGradient;
import org.deutero.learn.StepContext;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.optim.Optimizer;

/**
 * One update of agents by a learned objective: they follow the gradient of mean(log pi(a|s) pi_hat) + a_y mean KL(y(s) || y_hat). Gradients reach an agent through log pi and y alone.
 *
 * <p>What the objective reads of an agent is constant in GROOVE's code, in meta-training too. Since policies move by pi_hat alone, no meta-gradient of what agents earn then reaches y_hat, which regularisers alone teach: predictions are random features of what the recurrent network knows. With differentiable inputs it goes from pi_hat through y to the y_hat of earlier updates of a window.
 *
 * @param network the objective
 * @param body of policy and prediction
 * @param steps how agents move
 * @param differentiableInputs whether meta-gradients flow through what the objective reads of agents
 */
public record LearnedUpdate(ObjectiveNetwork network, Body body, AgentSteps steps, boolean differentiableInputs) {
    /** What the objective reads of agents is constant. */
    public LearnedUpdate(ObjectiveNetwork network, Body body, AgentSteps steps) {
        this(network, body, steps, false);
    }

    /**
     * What an update was and did.
     *
     * @param agent after it, with {@code policy} and {@code prediction}
     * @param slots of the optimiser after it
     * @param inputs of the objective
     * @param targets of the objective
     * @param losses of the agents, [lifetimes]
     * @param gradient of the losses before clipping
     */
    public record Updated(Params agent, Params slots, Tensor inputs, Targets targets, Tensor losses, Params gradient) {}

    /**
     * Hyper-parameters of the agents of each lifetime.
     *
     * @param predictionWeight a_y, [lifetimes]
     * @param pace factor on the policy's rate, [lifetimes]; null for 1
     */
    public record Hyper(Tensor predictionWeight, Tensor pace) {}

    /**
     * Updates agents.
     *
     * @param eta meta-parameters
     * @param agent before the update
     * @param slots of the optimiser
     * @param lived experience
     * @param ageFeatures what {@link Lifespan} says of the age of lifetimes, [lifetimes, 2]
     */
    public Updated of(
            Params eta,
            Params agent,
            Params slots,
            Experience lived,
            Tensor ageFeatures,
            Hyper hyper,
            StepContext context) {
        boolean through = differentiableInputs && context.differentiable();
        Params read = through ? agent : agent.detach();
        Tensor chosen = chosen(policy(read, lived.seen()), lived.action());
        Tensor now = prediction(read, lived.seen());
        Tensor next = prediction(read, lived.reached());
        Tensor inputs = network.inputs(eta, lived, chosen, now, next, ageFeatures);
        Targets targets = network.targets(eta, inputs, lived.ended());
        // A name of its own for the agent that moves: its gradient does not pass through what was read.
        Params moving = through ? agent.map(t -> t.mul(1)) : agent;
        InnerGradient gradient = InnerGradient.of(
                (theta, own) -> losses(own, lived, targets, hyper.predictionWeight()), eta, moving, context);
        Optimizer.Update update = steps.step(agent, gradient.gradient(), slots, context.step(), hyper.pace());
        return new Updated(update.params(), update.state(), inputs, targets, gradient.losses(), gradient.gradient());
    }

    /** Probabilities of actions, [lifetimes, n, actions]. */
    public Tensor policy(Params agent, Tensor seen) {
        return body.of(agent.child(AgentSteps.POLICY), seen).softmax(2);
    }

    /** What is predicted, a distribution [lifetimes, n, bins]. */
    public Tensor prediction(Params agent, Tensor seen) {
        return body.of(agent.child(AgentSteps.PREDICTION), seen).softmax(2);
    }

    private static Tensor chosen(Tensor policy, Tensor action) {
        return policy.gather(2, action.unsqueeze(2)).squeeze(2);
    }

    /** log pi(a|s) of what was done, [lifetimes, n]. */
    public Tensor logProbability(Params agent, Tensor seen, Tensor action) {
        return chosen(policy(agent, seen), action).add(ObjectiveNetwork.EPSILON).log();
    }

    private Tensor losses(Params agent, Experience lived, Targets targets, Tensor predictionWeight) {
        Tensor log = logProbability(agent, lived.seen(), lived.action());
        Tensor y = prediction(agent, lived.seen());
        Tensor wanted = targets.prediction().reshape(y.shape());
        Tensor divergence = y.mul(y.add(ObjectiveNetwork.EPSILON)
                        .log()
                        .sub(wanted.add(ObjectiveNetwork.EPSILON).log()))
                .sum(2);
        return log.mul(targets.policy().reshape(log.shape()))
                .mean(1)
                .add(divergence.mean(1).mul(predictionWeight));
    }
}
