package org.deutero.methods.hebbian;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.Agent;
import org.deutero.tasks.world.Transition;
import org.deutero.tasks.world.WorldShape;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * A Hebbian network that lives in a world (Najarro, Risi 2020, arXiv 2007.02686): every life starts with random weights, the action is that of the largest output, and weights change after every step by the activations of that
 * step. Rewards are never shown; evolution selects coefficients by them.
 *
 * <p>The lives of a task go on side by side under one theta. The loss of a step is minus the mean reward over the longest lifetime, so a meta-loss is minus the mean reward of a step. Fast
 * state: {@code weights} [lifetimes, copies, in, out] and {@code world}, the lives.
 *
 * @param network that acts
 * @param world to live in
 * @param dtype of all numbers
 */
public record HebbianAgent(HebbianNetwork network, WorldShape world, DType dtype) implements Agent {
    private static final String WEIGHTS = "weights";

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return network.init(rng, dtype, world.observations(), world.choices());
    }

    @Override
    public Params begin(Params theta, Worlds tasks, StepContext context) {
        Params weights = context.draw(
                tasks.size(),
                (rng, n) -> network.start(rng, dtype, world.observations(), world.choices(), n, tasks.copies()));
        return Params.builder()
                .put(WEIGHTS, weights)
                .put(WORLD, tasks.begin(dtype))
                .build();
    }

    @Override
    public Step step(Params theta, Params phi, Worlds tasks, StepContext context) {
        List<Tensor> activations = activations(theta, phi, tasks, context);
        Tensor action =
                activations.get(activations.size() - 1).detach().argmax(3).squeeze(2);
        Transition transition = tasks.step(Agent.lives(phi), action, context.step());
        Params next = Params.builder()
                .put(WEIGHTS, network.update(own(theta, context), phi.child(WEIGHTS), activations))
                .put(WORLD, transition.lives())
                .build();
        return new Step(next, Agent.loss(tasks, transition.reward()));
    }

    private static Params own(Params theta, StepContext context) {
        return context.task().ownTheta() ? theta.map(t -> t.unsqueeze(1)) : theta;
    }

    /** Of all layers, [lifetimes, copies, 1, units]. */
    private List<Tensor> activations(Params theta, Params phi, Worlds tasks, StepContext context) {
        Tensor seen = tasks.observe(Agent.lives(phi), context.step()).unsqueeze(2);
        return network.forward(own(theta, context), phi.child(WEIGHTS), seen);
    }

    /** 0: all rewards are met on the way. */
    @Override
    public Tensor metaLoss(Params theta, Params phi, Worlds tasks, StepContext context) {
        return Tensors.zeros(dtype, tasks.size());
    }

    /** Outputs, the largest of which is acted on. */
    @Override
    public Tensor predict(Params theta, Params phi, Worlds tasks, StepContext context) {
        List<Tensor> activations = activations(theta, phi, tasks, context);
        return activations.get(activations.size() - 1).squeeze(2);
    }
}
