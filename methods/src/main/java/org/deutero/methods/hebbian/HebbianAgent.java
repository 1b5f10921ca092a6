package org.deutero.methods.hebbian;

import java.util.random.RandomGenerator;
import org.deutero.learn.Predictor;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.methods.Acting;
import org.deutero.tasks.Environment;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * A Hebbian network that lives in an environment (Najarro, Risi 2020, arXiv 2007.02686): every life starts with random weights, the action is that of the largest output, and weights change after every step by the activations of that
 * step. Rewards are never shown; evolution selects coefficients by them.
 *
 * <p>A task is some lives, which go on side by side under one theta. A step of learning is a step of every life; its loss is minus the mean reward over the longest life, so a meta-loss is minus the mean share of the rewards that can be had. Fast
 * state: {@code weights} [tasks, lives, in, out], {@code world} [tasks, lives, k], {@code return} [tasks, lives].
 *
 * @param network that acts
 * @param environment to live in
 * @param dtype of all numbers
 */
public record HebbianAgent(HebbianNetwork network, Environment environment, DType dtype)
        implements Predictor<Episodes>, Acting {
    private static final String WEIGHTS = "weights";
    private static final String WORLD = "world";
    private static final String RETURN = "return";

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return network.init(rng, dtype, environment.observations(), environment.actions());
    }

    @Override
    public Params begin(Params theta, Episodes tasks, StepContext context) {
        int lives = tasks.supportSize();
        Params weights = context.draw(
                tasks.size(),
                (rng, n) -> network.start(rng, dtype, environment.observations(), environment.actions(), n, lives));
        Tensor world = environment.begin(tasks.supportX().to(dtype));
        return Params.builder()
                .put(WEIGHTS, weights.to(world.device()))
                .put(WORLD, world)
                .put(RETURN, Tensors.zeros(dtype, tasks.size(), lives).to(world.device()))
                .build();
    }

    @Override
    public Step step(Params theta, Params phi, Episodes tasks, StepContext context) {
        Params own = context.task().ownTheta() ? theta.map(t -> t.unsqueeze(1)) : theta;
        Tensor seen = environment.observe(phi.get(WORLD)).unsqueeze(2);
        var activations = network.forward(own, phi.child(WEIGHTS), seen);
        Tensor action =
                activations.get(activations.size() - 1).detach().argmax(3).squeeze(2);
        Environment.Outcome outcome = environment.step(phi.get(WORLD), action);
        Params next = Params.builder()
                .put(WEIGHTS, network.update(own, phi.child(WEIGHTS), activations))
                .put(WORLD, outcome.state())
                .put(RETURN, phi.get(RETURN).add(outcome.reward()))
                .build();
        return new Step(next, outcome.reward().mean(1).div(-environment.horizon()));
    }

    @Override
    public int steps(Episodes tasks) {
        return environment.horizon();
    }

    /** 0: all rewards are met on the way. */
    @Override
    public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        return phi.get(RETURN).mean(1).mul(0);
    }

    /** Sums of rewards so far, [tasks, lives, 1]. */
    @Override
    public Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
        return phi.get(RETURN).unsqueeze(2);
    }
}
