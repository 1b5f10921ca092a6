package org.deutero.methods.metagenrl;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.Agent;
import org.deutero.methods.WithinLifetime;
import org.deutero.methods.td3.Critic;
import org.deutero.methods.td3.Exploration;
import org.deutero.methods.td3.Fresh;
import org.deutero.methods.td3.Replay;
import org.deutero.methods.td3.Ring;
import org.deutero.methods.td3.Segments;
import org.deutero.methods.td3.Td3;
import org.deutero.methods.td3.Transitions;
import org.deutero.options.OptionsException;
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
 * Agents with critics and memories of their own, whose policies descend an objective that they share (MetaGenRL; Kirsch, van Steenkiste, Schmidhuber 2020, arXiv 1910.04098; numbers as in their program); without an objective it is TD3 (Fujimoto, van Hoof, Meger 2018, arXiv 1802.09477).
 *
 * <p>A step of learning is as many steps of every life as lie between two updates of a policy. The critics are trained once for each, the policy once, the copies of all networks follow, and then, in meta-training, the objective is judged: by what the first critic says of the policy after virtual steps down it. That is the loss of the step. No derivative
 * goes from one step of learning to the next: what agents do to themselves is constant in the objective.
 *
 * <p>Fast state: {@code agent} and {@code target}, the networks and their slowly following copies, {@code slots} of the optimisers, {@code replay}, {@code world}, the lives.
 *
 * @param td3 networks and losses of critics
 * @param exploration how lives are lived
 * @param replay the memory
 * @param step of the policies
 * @param judge of the objective; empty if nothing is learned of it
 * @param critics rule of the critics
 * @param criticRate of the critics
 * @param pace what happens when
 * @param dtype of all numbers
 */
public record OffPolicyAgent(
        Td3 td3,
        Exploration exploration,
        Replay replay,
        ObjectiveStep step,
        Optional<MetaLoss> judge,
        Optimizer critics,
        double criticRate,
        Pace pace,
        DType dtype)
        implements Agent {
    private static final String AGENT = "agent";
    private static final String TARGET = "target";
    private static final String REPLAY = "replay";
    private static final String ACTOR_SLOTS = "slots.actor";
    private static final String CRITIC_SLOTS = "slots.critics";
    private static final String NORMAL = "normal";
    private static final String UNIFORM = "uniform";
    private static final String SMOOTHING = "smoothing";
    private static final String DRAWN = "drawn";

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return step.objective().map(objective -> objective.init(rng, dtype)).orElse(Params.EMPTY);
    }

    @Override
    public Params begin(Params theta, Worlds tasks, StepContext context) {
        if (tasks.episodes() != 0) {
            throw new OptionsException("agents with a memory live without end, but lifetimes have " + tasks.episodes()
                    + " episodes: expected tasks.episodes: 0 and a number of steps");
        }
        steps(tasks);
        Params agent = context.draw(tasks.size(), (rng, n) -> Fresh.many(rng, n, one -> td3.init(one, dtype)));
        return Params.builder()
                .put(AGENT, agent)
                .put(TARGET, agent)
                .put(ACTOR_SLOTS, step.optimizer().init(agent.child(Td3.ACTOR)))
                .put(CRITIC_SLOTS, critics.init(ofCritics(agent)))
                .put(
                        "",
                        memory(tasks).empty(dtype, tasks.size(), tasks.copies()).under(REPLAY))
                .put(WORLD, tasks.begin(dtype))
                .build();
    }

    /** The memory, with room for no more than a lifetime. */
    private Replay memory(Worlds tasks) {
        return replay.holding(Math.min(replay.capacity(), tasks.steps()));
    }

    private static Params ofCritics(Params agent) {
        return agent.filter(name -> !name.startsWith(Td3.ACTOR + "."));
    }

    @Override
    public int steps(Worlds tasks) {
        WithinLifetime.require("method.delay", pace.delay(), tasks);
        WithinLifetime.require("method.segment", replay.steps(), tasks);
        long remembered = (long) memory(tasks).capacity() * tasks.copies();
        WithinLifetime.require(
                "method.batch", pace.batch(), remembered, "an agent remembers " + remembered + " steps at most");
        return tasks.steps() / pace.delay();
    }

    /** What an agent consists of as it learns. */
    private record Trained(Params agent, Params target, Params actorSlots, Params criticSlots) {}

    @Override
    public Step step(Params theta, Params phi, Worlds tasks, StepContext context) {
        boolean judged = judge.isPresent() && context.training();
        Params chance = context.draw(tasks.size(), (rng, n) -> chance(rng, n, tasks.copies(), judged));
        long before = (long) context.step() * pace.delay();
        long taken = before + pace.delay();
        Params agent = phi.child(AGENT);
        Exploration.Lived lived = GradMode.off(() -> exploration.live(
                agent.child(Td3.ACTOR),
                Agent.lives(phi),
                tasks,
                Math.toIntExact(before),
                chance.get(NORMAL),
                chance.get(UNIFORM)));
        Replay memory = memory(tasks);
        Ring ring = memory.write(Ring.of(phi, REPLAY), lived.rows(), before);
        Trained trained = new Trained(agent, phi.child(TARGET), phi.child(ACTOR_SLOTS), phi.child(CRITIC_SLOTS));
        boolean learns = taken >= replay.steps();
        Step met = Step.of(Params.EMPTY);
        if (learns) {
            Segments segments = memory.sample(ring, taken, chance.get(DRAWN));
            long number = context.step() - (replay.steps() - 1L) / pace.delay();
            trained = trained(theta, trained, segments, chance.get(SMOOTHING), context, number);
            if (judged) {
                met = met.meeting(Step.LOSS, judgement(theta, trained, segments, taken, context));
            }
        } else if (judged) {
            met = met.meeting(Step.LOSS, Tensors.zeros(dtype, tasks.size()));
        }
        Params next = Params.builder()
                .put(AGENT, trained.agent())
                .put(TARGET, trained.target())
                .put(ACTOR_SLOTS, trained.actorSlots())
                .put(CRITIC_SLOTS, trained.criticSlots())
                .put("", ring.under(REPLAY))
                .put(WORLD, lived.lives())
                .build();
        return new Step(next, met.met());
    }

    /** Everything that is random in a step of learning. */
    private Params chance(RandomGenerator rng, int agents, int copies, boolean judged) {
        int groups = pace.delay() + (judged ? judge.orElseThrow().steps() + 1 : 0);
        int numbers = replay.actions();
        long entries = (long) pace.batch() * replay.steps();
        return Params.builder()
                .put(NORMAL, Tensors.normal(rng, dtype, agents, copies, pace.delay(), numbers))
                .put(UNIFORM, Tensors.uniform(rng, -1, 1, dtype, agents, copies, pace.delay(), numbers))
                .put(SMOOTHING, Tensors.normal(rng, dtype, agents, pace.delay(), entries, numbers))
                .put(DRAWN, Tensors.uniform(rng, 0, 1, DType.FLOAT64, agents, (long) groups * pace.batch(), 2))
                .build();
    }

    /** The agents after updates of critics and policy. */
    private Trained trained(
            Params theta, Trained from, Segments segments, Tensor smoothing, StepContext context, long number) {
        Trained now = from;
        Segments batch = segments;
        for (int i = 0; i < pace.delay(); i++) {
            batch = segments.slice(i * pace.batch(), (i + 1) * pace.batch());
            now = criticised(now, batch.transitions(), smoothing.select(1, i), number * pace.delay() + i);
        }
        double share = context.training() ? pace.share((long) (context.step() + 1) * pace.delay()) : 1;
        Optimizer.Update policy = step.step(
                theta, now.agent().child(Td3.ACTOR), now.actorSlots(), batch, first(now.agent()), share, false, number);
        Params agent = now.agent().with(policy.params().under(Td3.ACTOR));
        return new Trained(agent, td3.follow(now.target(), agent), policy.state(), now.criticSlots());
    }

    private Critic first(Params agent) {
        return td3.critic(agent.child(Td3.FIRST));
    }

    private Trained criticised(Trained from, Transitions steps, Tensor smoothing, long number) {
        Params before = ofCritics(from.agent());
        Tensor target = GradMode.off(() -> td3.target(from.target(), steps, smoothing));
        Params gradient = GradMode.on(() -> {
            Params leaf = before.leaf();
            return Autograd.gradient(td3.criticLosses(leaf, steps, target).sum(), leaf, false);
        });
        Optimizer.Update update =
                critics.update(gradient, from.criticSlots(), before, Rates.constant(criticRate), number);
        return new Trained(from.agent().with(update.params()), from.target(), from.actorSlots(), update.state());
    }

    /** What the objective is worth to the agents as they are now, as a loss [agents]. */
    private Tensor judgement(Params theta, Trained trained, Segments segments, long taken, StepContext context) {
        Params policy = trained.agent().child(Td3.ACTOR);
        Segments seen = segments.slice(pace.delay() * pace.batch(), segments.number());
        context.report(Params.of("saturation", GradMode.off(() -> saturation(policy, seen))));
        if (taken <= pace.judgedFrom()) {
            return Tensors.zeros(dtype, seen.reward().size(0));
        }
        MetaLoss meta = judge.orElseThrow();
        // Virtual steps have slots of their own: the real ones belong to another rule, and have seen another gradient.
        Params slots = meta.step().optimizer().init(policy);
        return meta.of(theta, policy, slots, seen, first(trained.agent()), context.differentiable(), 0)
                .loss();
    }

    /** How close to their bounds actions are, 1 at them: where the tanh has no slope, nothing is learned. */
    private Tensor saturation(Params policy, Segments segments) {
        return step.actor()
                .act(policy, segments.seenBefore())
                .abs()
                .div(step.actor().bound())
                .mean(1, 2);
    }

    /** 0: all losses are met on the way. */
    @Override
    public Tensor metaLoss(Params theta, Params phi, Worlds tasks, StepContext context) {
        return Tensors.zeros(dtype, tasks.size());
    }

    /** The action of the policy where lives stand. */
    @Override
    public Tensor predict(Params theta, Params phi, Worlds tasks, StepContext context) {
        Tensor seen = tasks.observe(Agent.lives(phi), context.step() * pace.delay());
        return step.actor().act(phi.child(AGENT).child(Td3.ACTOR), seen);
    }
}
