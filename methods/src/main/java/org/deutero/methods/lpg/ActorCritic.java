package org.deutero.methods.lpg;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.learn.InnerGradient;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.action.Categorical;
import org.deutero.learn.capability.Agent;
import org.deutero.learn.capability.Tally;
import org.deutero.learn.reinforcement.Advantages;
import org.deutero.methods.WithinLifetime;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.optim.Optimizer;

/**
 * Advantage actor-critic (Mnih et al. 2016, arXiv 1602.01783) in the lives of {@link Lpg}: the same rollouts, policies, clipping and steps, but what policies follow are advantages of a value that is learned beside them. Nothing is meta-learned.
 *
 * <p>Advantages are standardised for each lifetime by itself, so that lifetimes do not depend on their batch, by no less than a deviation: where a lifetime is solved there is nothing but errors of the value left.
 *
 * <p>Fast state: {@code agent.policy}, {@code slots}, {@code value}, {@link Tally#NAME} and {@code world}, the lives.
 *
 * @param body of policy and value
 * @param steps how policies move
 * @param values how values move, and advantages
 * @param entropyWeight factor on the entropy of policies, which they are to keep
 * @param rollout steps of a rollout
 * @param dtype of all numbers
 */
public record ActorCritic(Body body, AgentSteps steps, Values values, double entropyWeight, int rollout, DType dtype)
        implements Agent {
    private static final String AGENT = "agent";
    private static final String SLOTS = "slots";
    private static final String VALUE = "value";

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return Params.EMPTY;
    }

    @Override
    public int steps(Worlds tasks) {
        WithinLifetime.require("method.rollout", rollout, tasks);
        return tasks.steps() / rollout;
    }

    @Override
    public Params begin(Params theta, Worlds tasks, StepContext context) {
        int actions = tasks.world().shape().choices();
        Params agent = context.draw(AGENT, tasks.size(), (rng, n) -> body.init(rng, dtype, n, actions, 0))
                .under(AgentSteps.POLICY);
        return Params.builder()
                .put(AGENT, agent)
                .put(SLOTS, steps.optimizer().init(agent))
                .put(VALUE, context.draw(VALUE, tasks.size(), (rng, n) -> values.init(rng, dtype, n)))
                .put(Tally.NAME, Tally.none(dtype, tasks.size()))
                .put(WORLD, tasks.begin(dtype))
                .build();
    }

    @Override
    public Step step(Params theta, Params phi, Worlds tasks, StepContext context) {
        int age = context.step();
        Params agent = phi.child(AGENT);
        Params value = phi.child(VALUE);
        Experience lived = new Rollouts(body, rollout)
                .live(
                        agent.child(AgentSteps.POLICY),
                        tasks,
                        Agent.lives(phi),
                        new Rollouts.Uniforms(context),
                        age * rollout);
        Advantages.Estimated estimated = values.estimate(value, lived);
        Tensor advantage = standardised(estimated.advantage());
        InnerGradient gradient = InnerGradient.of((none, own) -> losses(own, lived, advantage), theta, agent, context);
        Optimizer.Update update = steps.step(agent, gradient.gradient(), phi.child(SLOTS), age, null);
        Params next = Params.builder()
                .put(AGENT, update.params())
                .put(SLOTS, update.state())
                .put(VALUE, values.after(value, lived, estimated.target(), age))
                .put(
                        Tally.NAME,
                        Tally.after(phi.child(Tally.NAME), age, steps(tasks), lived.reward(), lived.terminated()))
                .put(WORLD, lived.lives())
                .build();
        return new Step(next, lived.reward().mean(1, 2).div(-steps(tasks)));
    }

    /** [lifetimes, n]. */
    private Tensor standardised(Tensor advantage) {
        List<Tensor> rows = new ArrayList<>();
        for (int i = 0; i < advantage.size(0); i++) {
            rows.add(Advantages.standardised(advantage.select(0, i), values.least()));
        }
        return Tensors.stack(rows, 0).reshape(advantage.size(0), -1);
    }

    private Tensor losses(Params agent, Experience lived, Tensor advantage) {
        Categorical policy = Categorical.of(body.of(agent.child(AgentSteps.POLICY), lived.seen()));
        return policy.logProbability(lived.action())
                .mul(advantage)
                .addScaled(policy.entropy(), entropyWeight)
                .mean(1)
                .neg();
    }

    /** 0: all rewards are met on the way. */
    @Override
    public Tensor metaLoss(Params theta, Params phi, Worlds tasks, StepContext context) {
        return Tensors.zeros(dtype, tasks.size());
    }

    /** Logits of the next action. */
    @Override
    public Tensor predict(Params theta, Params phi, Worlds tasks, StepContext context) {
        Tensor seen = Rollouts.look(body, tasks, Agent.lives(phi), context.step() * rollout);
        return body.of(phi.child(AGENT).child(AgentSteps.POLICY), seen);
    }
}
