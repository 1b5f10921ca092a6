package org.deutero.methods.lpg;

import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.Trace;
import org.deutero.learn.capability.Agent;
import org.deutero.learn.capability.StatewiseObjective;
import org.deutero.learn.capability.Tally;
import org.deutero.learn.meta.LevelReplay;
import org.deutero.learn.reinforcement.Advantages;
import org.deutero.methods.WithinLifetime;
import org.deutero.methods.lpg.LearnedUpdate.Updated;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Learned policy gradient (LPG; Oh, Hessel, Czarnecki, Xu, van Hasselt, Singh, Silver 2020, arXiv 2007.08794; details of EmptyJackson/groove). Agents with a policy and a prediction of no fixed meaning live many episodes; what their experience does to them is said by a learned network. A step of learning is a rollout of all copies and one update of
 * their agent.
 *
 * <p>In meta-training by a policy gradient a value is learned beside every agent, for advantages; agents never see it. After every few updates the agents live another rollout, on which they are judged; lives go on through it. The rule is used without values and without such rollouts.
 *
 * <p>Fast state: {@code agent.policy} and {@code agent.prediction}, {@code slots} of the agents' optimiser, {@code value} in meta-training, {@link Tally#NAME}, and {@code world}, the lives.
 *
 * @param update of agents, with the learned network
 * @param values that advantages are measured against
 * @param objective what meta-learning lowers
 * @param rollout steps of a rollout, T
 * @param start deviations of the numbers of tables at the start of a lifetime
 * @param hyper hyper-parameters of the agents
 * @param rival who lives in the same worlds at the end of a lifetime of meta-training, if levels are scored: by how much more it earns
 * @param dtype of all numbers
 */
public record Lpg(
        LearnedUpdate update,
        Values values,
        MetaObjective objective,
        int rollout,
        Start start,
        HyperParameters hyper,
        Optional<ActorCritic> rival,
        DType dtype)
        implements Agent, StatewiseObjective {
    private static final String AGENT = "agent";
    private static final String SLOTS = "slots";
    private static final String VALUE = "value";
    private static final String HYPER = "hyper";
    private static final String VARIANCE = "advantage-variance";

    /**
     * How agents that are tables begin.
     *
     * @param policy deviation of logits of actions
     * @param prediction deviation of logits of bins
     */
    public record Start(double policy, double prediction) {}

    /** The agents in a fast state: {@code policy} and {@code prediction}. */
    public static Params agent(Params phi) {
        return phi.child(AGENT);
    }

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return update.network().init(rng, dtype);
    }

    /** What a bandit over hyper-parameters has counted, and the variance of advantages, where these are wanted. */
    @Override
    public Params statistics() {
        Params counted = hyper.statistics(dtype);
        return objective.kind() == MetaObjective.Kind.RETURN || !values.pooled()
                ? counted
                : counted.with(Params.of(VARIANCE, Tensors.ones(dtype, 1)));
    }

    /** Updates of a lifetime: whole rollouts that its time is enough for. */
    @Override
    public int steps(Worlds tasks) {
        WithinLifetime.require("method.rollout", rollout, tasks);
        return tasks.steps() / rollout;
    }

    private boolean judged(StepContext context) {
        return context.training() && objective.kind() == MetaObjective.Kind.POLICY_GRADIENT;
    }

    @Override
    public Params begin(Params theta, Worlds tasks, StepContext context) {
        int updates = steps(tasks);
        if (judged(context)) {
            WithinLifetime.require(
                    "method.updates", objective.every(), updates, "a lifetime has " + updates + " updates");
        }
        int actions = tasks.world().shape().choices();
        Body body = update.body();
        Params agent = context.draw(
                AGENT,
                tasks.size(),
                (rng, n) -> Params.builder()
                        .put(AgentSteps.POLICY, body.init(rng, dtype, n, actions, start.policy()))
                        .put(
                                AgentSteps.PREDICTION,
                                body.init(rng, dtype, n, update.network().bins(), start.prediction()))
                        .build());
        Params.Builder phi = Params.builder()
                .put(AGENT, agent)
                .put(SLOTS, update.steps().optimizer().init(agent))
                .put(Tally.NAME, Tally.none(dtype, tasks.size()))
                .put(WORLD, tasks.begin(dtype));
        if (hyper.varied()) {
            phi.put(HYPER, hyper.draw(tasks.size(), context));
        }
        if (judged(context)) {
            phi.put(VALUE, context.draw(VALUE, tasks.size(), (rng, n) -> values.init(rng, dtype, n)));
        }
        return phi.build();
    }

    @Override
    public Step step(Params theta, Params phi, Worlds tasks, StepContext context) {
        int age = context.step();
        boolean judged = judged(context);
        Looked looked = look(theta, phi, tasks, context);
        Experience lived = looked.lived();
        Updated updated = looked.updated();
        Params tally = Tally.after(phi.child(Tally.NAME), age, steps(tasks), lived.reward(), lived.terminated());
        Params.Builder next = Params.builder()
                .put(AGENT, updated.agent())
                .put(SLOTS, updated.slots())
                .put(HYPER, phi.child(HYPER))
                .put(Tally.NAME, tally);
        if (hyper.varied() && context.training()) {
            boolean over = age + 1 == steps(tasks);
            hyper.observe(phi.child(HYPER), over ? Tally.reward(tally.under(Tally.NAME), false) : null, context);
        }
        if (!judged) {
            Tensor earned = lived.reward().mean(1, 2).div(-steps(tasks));
            Step step = Step.of(next.put(WORLD, lived.lives()).build());
            return objective.kind() == MetaObjective.Kind.RETURN ? step : step.meeting(Step.LOSS, earned);
        }
        // Values have been updated once by every rollout, those on which agents were judged included.
        int number = age + age / objective.every();
        Params value = values.after(
                phi.child(VALUE),
                lived,
                values.estimate(phi.child(VALUE), lived).target(),
                number);
        Tensor loss = regularized(updated, lived).div(objective.every());
        Params lives = lived.lives();
        if ((age + 1) % objective.every() == 0) {
            Experience judging = live(updated.agent(), tasks, lives, looked.uniforms(), from(context) + rollout);
            Advantages.Estimated estimated = values.estimate(value, judging);
            loss = loss.add(policyGradient(updated.agent(), judging, standardised(estimated, context)));
            value = values.after(value, judging, estimated.target(), number + 1);
            lives = judging.lives();
        }
        if (values.pooled() && (age + 1) % objective.every() != 0) {
            context.observe(Params.of(
                    VARIANCE, context.statistics().get(VARIANCE).unsqueeze(0).expand(tasks.size(), 1)));
        }
        context.report(Params.of("reward", lived.reward().mean(1, 2)));
        rival.ifPresent(other -> context.report(Params.of(LevelReplay.SCORE, score(other, tally, tasks, context))));
        return new Step(next.put(VALUE, value).put(WORLD, lives).build(), loss);
    }

    /** Advantages by which agents are judged, [lifetimes, n]; their variance over all shards is a running average, of which this shard has its share. */
    Tensor standardised(Advantages.Estimated estimated, StepContext context) {
        if (!values.pooled()) {
            return values.standardised(estimated);
        }
        Tensor advantage = estimated.advantage();
        Tensor centred = advantage.sub(advantage.mean()).reshape(advantage.size(0), -1);
        context.observe(Params.of(VARIANCE, centred.square().mean(1).unsqueeze(1)));
        double variance = context.statistics().get(VARIANCE).item();
        return centred.div(Math.max(values.least(), Math.sqrt(variance)) + Advantages.EPSILON);
    }

    /** A rollout and an update, before anything is made of them. */
    record Looked(Experience lived, Updated updated, Rollouts.Uniforms uniforms) {}

    Looked look(Params theta, Params phi, Worlds tasks, StepContext context) {
        Rollouts.Uniforms uniforms = new Rollouts.Uniforms(context);
        Experience lived = live(agent(phi), tasks, Agent.lives(phi), uniforms, from(context));
        Updated updated = update.of(
                theta,
                agent(phi),
                phi.child(SLOTS),
                lived,
                ageFeatures(tasks, context.step()),
                hyper.of(phi.child(HYPER), tasks.size(), dtype),
                context);
        return new Looked(lived, updated, uniforms);
    }

    /** Steps that lives have seen, those of rollouts on which agents were judged included. */
    private int from(StepContext context) {
        int age = context.step();
        return (age + (judged(context) ? age / objective.every() : 0)) * rollout;
    }

    /** By how much more the rival earns in the last tenth of a lifetime, [lifetimes]; 0 before the end. */
    private Tensor score(ActorCritic other, Params tally, Worlds tasks, StepContext context) {
        if (context.step() + 1 < steps(tasks)) {
            return Tensors.zeros(dtype, tasks.size());
        }
        TaskContext use = TaskContext.evaluation(context.task().seed(), Params.EMPTY);
        Params end =
                new Lifetime<>(other, Params.EMPTY, tasks, use).run(Trace.NONE).state();
        return Tally.reward(end, true).sub(Tally.reward(tally.under(Tally.NAME), true));
    }

    private Experience live(Params agent, Worlds tasks, Params lives, Rollouts.Uniforms uniforms, int from) {
        return new Rollouts(update.body(), rollout).live(agent.child(AgentSteps.POLICY), tasks, lives, uniforms, from);
    }

    private Tensor ageFeatures(Worlds tasks, int age) {
        double[] ages = new double[tasks.size()];
        double[] lengths = new double[tasks.size()];
        Arrays.fill(ages, age);
        Arrays.fill(lengths, steps(tasks));
        return update.network().lifespan().features(ages, lengths, dtype);
    }

    /** Weighted regularisers of an update, [lifetimes]. */
    Tensor regularized(Updated updated, Experience lived) {
        return objective.regularizers().of(terms(updated, lived));
    }

    Regularizers.Terms terms(Updated updated, Experience lived) {
        return Regularizers.terms(
                update.policy(updated.agent(), lived.seen()),
                update.prediction(updated.agent(), lived.seen()),
                updated.targets());
    }

    /**
     * Minus mean log pi(a|s) A, [lifetimes].
     *
     * @param advantage [lifetimes, n], a constant
     */
    Tensor policyGradient(Params agent, Experience judging, Tensor advantage) {
        return update.logProbability(agent, judging.seen(), judging.action())
                .mul(advantage)
                .mean(1)
                .neg();
    }

    /** Minus the return of an episode's time in fresh lives, for evolution; else 0, since all losses are met on the way. */
    @Override
    public Tensor metaLoss(Params theta, Params phi, Worlds tasks, StepContext context) {
        if (objective.kind() != MetaObjective.Kind.RETURN) {
            return Tensors.zeros(dtype, tasks.size());
        }
        int time = tasks.world().shape().limit();
        Experience lived = new Rollouts(update.body(), time)
                .live(
                        agent(phi).child(AgentSteps.POLICY),
                        tasks,
                        tasks.begin(dtype),
                        new Rollouts.Uniforms(context),
                        tasks.steps());
        return lived.reward().sum(2).mean(1).neg();
    }

    /** Only tables can be looked at state by state. */
    @Override
    public <C> Optional<C> as(Class<C> capability) {
        boolean missing = capability == StatewiseObjective.class && !(update.body() instanceof Body.Table);
        return missing ? Optional.empty() : Agent.super.as(capability);
    }

    @Override
    public Pushes pushes(Params theta, Params phi, Worlds tasks, int lifetime, StepContext context) {
        TargetsByState seen = TargetsByState.of(this, theta, phi, tasks, lifetime, context);
        double[][] push = Arrays.stream(seen.policyTarget())
                .map(row -> Arrays.stream(row).map(target -> -target).toArray())
                .toArray(double[][]::new);
        return new Pushes(seen.visits(), push);
    }

    /** Logits of the next action. */
    @Override
    public Tensor predict(Params theta, Params phi, Worlds tasks, StepContext context) {
        Tensor seen = Rollouts.look(update.body(), tasks, Agent.lives(phi), context.step() * rollout);
        return update.body().of(agent(phi).child(AgentSteps.POLICY), seen);
    }
}
