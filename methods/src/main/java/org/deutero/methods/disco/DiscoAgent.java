package org.deutero.methods.disco;

import java.util.random.RandomGenerator;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.Agent;
import org.deutero.learn.capability.Tally;
import org.deutero.methods.WithinLifetime;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.DType;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.optim.Optimizer;
import org.deutero.tensor.optim.Rates;

/**
 * Fresh agents that learn by the rule of DiscoRL while they live. Meta-parameters are the rule's networks; a lifetime has an agent, with its own weights, whose copies live side by side and learn together.
 *
 * <p>A step of learning is some updates, each after a rollout of all copies. Where it must be differentiable, the updated agent then looks ahead: it lives on for a validation rollout, from which the lifetime returns, and the loss met has the derivative of {@link MetaObjective}. Its value is
 * minus the mean reward of the step's rollouts always, as a share of the lifetime. Inputs of the rule are constants, so a meta-gradient goes through targets, updates and the lifetime's network.
 *
 * <p>Fast state: {@code agent} and {@code slow}, its target copy; {@code adam}, slots; {@code rule}, the state of {@link DiscoRule}; {@link Tally#NAME}; {@code world}, the lives.
 *
 * @param rule that teaches
 * @param start of the rule's networks
 * @param network of agents
 * @param optimizer of agents
 * @param updates of a step, and what they are made of
 * @param objective of meta-training
 * @param dtype of all numbers
 */
record DiscoAgent(
        DiscoRule rule,
        RuleStart start,
        AgentNetwork network,
        Optimizer optimizer,
        Updates updates,
        MetaObjective objective,
        DType dtype)
        implements Agent {
    private static final String AGENT = "agent";
    private static final String SLOW = "slow";
    private static final String ADAM = "adam";
    private static final String RULE = "rule";

    /** Where the rule's networks come from. */
    @FunctionalInterface
    interface RuleStart {
        /** Weights with the names of {@link DiscoWeights}. */
        Params of(RandomGenerator rng, DType dtype);
    }

    /**
     * Updates of a step.
     *
     * @param number of them
     * @param rollout steps of all copies before each
     * @param rate step size
     * @param slowness how much of the target copy stays in an update
     */
    record Updates(int number, int rollout, double rate, double slowness) {}

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return start.of(rng, dtype);
    }

    @Override
    public Params begin(Params theta, Worlds tasks, StepContext context) {
        Params agent = context.draw(tasks.size(), (rng, n) -> network.init(rng, dtype, n));
        return Params.builder()
                .put(AGENT, agent)
                .put(SLOW, agent)
                .put(ADAM, optimizer.init(agent))
                .put(RULE, rule.begin(theta, tasks.size(), dtype))
                .put(Tally.NAME, Tally.none(dtype, tasks.size()))
                .put(WORLD, tasks.begin(dtype))
                .build();
    }

    /** Steps of the world in a step of learning. */
    private int lived() {
        return (int) Math.min(Integer.MAX_VALUE / 2, (long) updates.number() * updates.rollout());
    }

    /** The last update of a lifetime may have a shorter rollout. */
    @Override
    public int steps(Worlds tasks) {
        WithinLifetime.require("method.rollout", updates.rollout(), tasks);
        return Math.toIntExact(((long) tasks.steps() + lived() - 1) / lived());
    }

    @Override
    public Step step(Params theta, Params phi, Worlds tasks, StepContext context) {
        int first = context.step() * lived();
        int last = Math.min(tasks.steps(), first + lived());
        int looks = context.differentiable() ? Math.min(objective.validation(), tasks.steps() - last) : 0;
        Tensor gumbel = gumbel(tasks, last - first + looks, context);
        Progress made = progress(theta, phi, tasks, gumbel.slice(1, 0, last - first), context);
        context.report(Params.of("reward", made.reward.detach().mean(1).div(last - first)));
        Tensor loss = Agent.loss(tasks, made.reward);
        if (context.differentiable()) {
            Tensor judged = made.regular;
            if (looks > 0) {
                Tensor noise = gumbel.slice(1, last - first, last - first + looks);
                judged = judged.add(lookAhead(made.state, tasks, noise, last));
            }
            loss = loss.add(judged.sub(judged.detach()));
        }
        return new Step(made.state, loss);
    }

    /**
     * What the updates of a step make.
     *
     * @param state after them
     * @param reward of their rollouts, sum over time, [lifetimes, copies]
     * @param regular the objective's part in them, mean over updates, [lifetimes]; null where nothing is differentiated
     */
    record Progress(Params state, Tensor reward, Tensor regular) {}

    /** The updates of a step, whose rollouts take as much noise as there is, [lifetimes, time, copies, actions]. */
    Progress progress(Params theta, Params phi, Worlds tasks, Tensor gumbel, StepContext context) {
        int first = context.step() * lived();
        int steps = (int) gumbel.size(1);
        Progress now = new Progress(phi, null, null);
        int number = 0;
        for (int from = 0; from < steps; from += updates.rollout()) {
            Tensor noise = gumbel.slice(1, from, Math.min(steps, from + updates.rollout()));
            Params state = now.state;
            Collection rollout =
                    Collection.of(network, state.child(AGENT), tasks, Agent.lives(state), noise, first + from);
            Update update = update(theta, state, rollout, context, context.step() * updates.number() + number++);
            Params counts = Tally.after(
                    state.child(Tally.NAME),
                    context.step(),
                    steps(tasks),
                    rollout.reward().transpose(1, 2),
                    rollout.terminal().transpose(1, 2));
            now = new Progress(
                    update.state.with(counts.under(Tally.NAME)),
                    sum(now.reward, rollout.reward().sum(1)),
                    sum(now.regular, update.regular));
        }
        return new Progress(now.state, now.reward, now.regular == null ? null : now.regular.div(number));
    }

    private static Tensor sum(Tensor before, Tensor more) {
        return before == null || more == null ? more : before.add(more);
    }

    /** [lifetimes, steps, copies, actions]. */
    private Tensor gumbel(Worlds tasks, int steps, StepContext context) {
        return context.draw(
                        tasks.size(),
                        (rng, n) -> Params.of(
                                "gumbel",
                                Tensors.uniform(
                                                rng,
                                                Double.MIN_NORMAL,
                                                1,
                                                DType.FLOAT64,
                                                n,
                                                steps,
                                                tasks.copies(),
                                                network.actions())
                                        .log()
                                        .neg()
                                        .log()
                                        .neg()
                                        .to(dtype)))
                .get("gumbel");
    }

    /** @param regular the objective's part in it, [lifetimes]; null where nothing is differentiated */
    private record Update(Params state, Tensor regular) {}

    private Update update(Params theta, Params phi, Collection rollout, StepContext context, int number) {
        boolean graph = context.differentiable();
        Params agent = phi.child(AGENT);
        Params slow = phi.child(SLOW);
        AgentOutputs target = GradMode.off(() -> network.apply(slow, rollout.seen()));
        return GradMode.on(() -> {
            Params at = graph ? agent.map(t -> t.requiresGrad() ? t : t.leaf()) : agent.leaf();
            AgentOutputs said = network.apply(at, rollout.seen());
            Experience experience = rollout.experience(said);
            Params networks = graph ? theta : theta.constant();
            DiscoRule.Verdict verdict = rule.judge(networks, phi.child(RULE), said, target, experience);
            Tensor loss = Losses.of(said, verdict.rollout(), verdict.targets(), rule.value())
                    .total(rule.weights(), experience.mask());
            Params gradient = Autograd.gradient(loss.sum(), at, graph);
            Optimizer.Update moved = optimizer.update(
                    gradient, phi.child(ADAM), graph ? at : agent, Rates.constant(updates.rate()), number);
            Params next = Params.builder()
                    .put(AGENT, moved.params())
                    .put(
                            SLOW,
                            slow.zip(
                                    agent.detach(),
                                    (old, fresh) ->
                                            old.mul(updates.slowness()).addScaled(fresh, 1 - updates.slowness())))
                    .put(ADAM, moved.state())
                    .put(RULE, verdict.state())
                    .put(WORLD, rollout.lives())
                    .build();
            return new Update(next, graph ? objective.targets(verdict.targets(), verdict.rollout()) : null);
        });
    }

    /** The policy's part of the objective, [lifetimes]. */
    private Tensor lookAhead(Params phi, Worlds tasks, Tensor gumbel, int step) {
        Params agent = phi.child(AGENT);
        Collection rollout = Collection.of(network, agent, tasks, Agent.lives(phi), gumbel, step);
        AgentOutputs said = network.apply(agent, rollout.seen());
        RunningMoments moments = rule.moments(phi.child(RULE).get("adv"));
        return objective.policy(said, rollout, objective.advantage(said, rollout, rule, moments));
    }

    /** 0: all rewards are met on the way. */
    @Override
    public Tensor metaLoss(Params theta, Params phi, Worlds tasks, StepContext context) {
        return Tensors.zeros(dtype, tasks.size());
    }

    /** Logits of the actions of the next step. */
    @Override
    public Tensor predict(Params theta, Params phi, Worlds tasks, StepContext context) {
        int step = Math.min(tasks.steps(), context.step() * lived());
        return network.policy(phi.child(AGENT), tasks.observe(Agent.lives(phi), step));
    }
}
