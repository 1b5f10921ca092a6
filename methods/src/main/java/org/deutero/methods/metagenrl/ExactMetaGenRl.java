package org.deutero.methods.metagenrl;

import java.util.random.RandomGenerator;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.Agent;
import org.deutero.methods.WithinLifetime;
import org.deutero.methods.td3.Critic;
import org.deutero.methods.td3.Exploration;
import org.deutero.methods.td3.Fresh;
import org.deutero.methods.td3.Replay;
import org.deutero.methods.td3.Segments;
import org.deutero.options.OptionsException;
import org.deutero.tasks.world.Valued;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.DType;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.optim.Optimizer;

/**
 * MetaGenRL in worlds that know what actions are worth ({@link Valued}), so that no critic has to be learned: policies start at random and descend the objective on what they have just lived through. The steps that are judged are the steps that are taken, so a meta-gradient can go through as many of them as one likes.
 *
 * <p>A step of learning is T steps of every life, which make one segment of each copy, and a step of the policies after them. It meets a loss: minus what the world says of the actions of the policy after the step, in the same states. Fast state: {@code policy} and {@code slots} of its optimiser [lifetimes, ...], and {@code world}, the lives.
 *
 * @param step of the policies
 * @param exploration how lives are lived
 * @param replay the form of segments; nothing is remembered
 * @param dtype of all numbers
 */
public record ExactMetaGenRl(ObjectiveStep step, Exploration exploration, Replay replay, DType dtype) implements Agent {
    private static final String POLICY = "policy";
    private static final String SLOTS = "slots";
    private static final String NORMAL = "normal";
    private static final String UNIFORM = "uniform";

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return step.objective().map(objective -> objective.init(rng, dtype)).orElse(Params.EMPTY);
    }

    @Override
    public Params begin(Params theta, Worlds tasks, StepContext context) {
        valued(tasks);
        Params policy = context.draw(
                tasks.size(), (rng, n) -> Fresh.many(rng, n, one -> step.actor().init(one, dtype)));
        return Params.builder()
                .put(POLICY, policy)
                .put(SLOTS, step.optimizer().init(policy))
                .put(WORLD, tasks.begin(dtype))
                .build();
    }

    private static Critic valued(Worlds tasks) {
        if (tasks.world() instanceof Valued world) {
            return world::value;
        }
        throw new OptionsException(
                "an exact critic needs a world in which it is known what actions are worth, such as continuous-bandit");
    }

    @Override
    public int steps(Worlds tasks) {
        WithinLifetime.require("method.segment", replay.steps(), tasks);
        return tasks.steps() / replay.steps();
    }

    @Override
    public Step step(Params theta, Params phi, Worlds tasks, StepContext context) {
        Params policy = phi.child(POLICY);
        Params noise = context.draw(tasks.size(), (rng, n) -> noise(rng, n, tasks.copies()));
        Exploration.Lived lived = GradMode.off(() -> exploration.live(
                policy.detach(),
                Agent.lives(phi),
                tasks,
                context.step() * replay.steps(),
                noise.get(NORMAL),
                noise.get(UNIFORM)));
        Segments segments = replay.whole(lived.rows());
        Critic critic = valued(tasks);
        Optimizer.Update update = step.step(
                theta, policy, phi.child(SLOTS), segments, critic, 1, context.differentiable(), context.step());
        Tensor loss = step.worth(update.params(), segments, critic).neg();
        Params next = Params.builder()
                .put(POLICY, update.params())
                .put(SLOTS, update.state())
                .put(WORLD, lived.lives())
                .build();
        return new Step(next, loss);
    }

    private Params noise(RandomGenerator rng, int lifetimes, int copies) {
        return Params.builder()
                .put(NORMAL, Tensors.normal(rng, dtype, lifetimes, copies, replay.steps(), replay.actions()))
                .put(UNIFORM, Tensors.uniform(rng, -1, 1, dtype, lifetimes, copies, replay.steps(), replay.actions()))
                .build();
    }

    /** 0: all losses are met on the way. */
    @Override
    public Tensor metaLoss(Params theta, Params phi, Worlds tasks, StepContext context) {
        return Tensors.zeros(dtype, tasks.size());
    }

    /** The action of the policy where lives stand. */
    @Override
    public Tensor predict(Params theta, Params phi, Worlds tasks, StepContext context) {
        Tensor seen = tasks.observe(Agent.lives(phi), context.step() * replay.steps());
        return step.actor().act(phi.child(POLICY), seen);
    }
}
