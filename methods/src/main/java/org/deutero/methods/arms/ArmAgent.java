package org.deutero.methods.arms;

import java.util.random.RandomGenerator;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.action.Categorical;
import org.deutero.learn.capability.Agent;
import org.deutero.tasks.world.Transition;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * A classical agent of bandits: it counts how often it has pulled each arm and what that has paid, and chooses by a rule. Nothing is meta-learned, and nothing that a round shows is used.
 *
 * <p>Fast state: {@code pulls} and {@code sums}, [lifetimes, copies, arms], and {@code world}, the lives.
 *
 * @param rule by which arms are chosen
 * @param dtype of all numbers
 */
record ArmAgent(ArmRule rule, DType dtype) implements Agent {
    private static final String PULLS = "pulls";
    private static final String SUMS = "sums";

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return Params.EMPTY;
    }

    @Override
    public Params begin(Params theta, Worlds tasks, StepContext context) {
        Tensor none = Tensors.zeros(
                dtype, tasks.size(), tasks.copies(), tasks.world().shape().choices());
        return Params.builder()
                .put(PULLS, none)
                .put(SUMS, none)
                .put(WORLD, tasks.begin(dtype))
                .build();
    }

    @Override
    public Step step(Params theta, Params phi, Worlds tasks, StepContext context) {
        Tensor number = Categorical.draw(predict(theta, phi, tasks, context), context);
        Transition transition = tasks.step(Agent.lives(phi), number, context.step());
        Tensor action = number.oneHot(phi.get(PULLS).size(2), dtype);
        Params next = Params.builder()
                .put(PULLS, phi.get(PULLS).add(action))
                .put(SUMS, phi.get(SUMS).add(action.mul(transition.reward().unsqueeze(2))))
                .put(WORLD, transition.lives())
                .build();
        return new Step(next, Agent.loss(tasks, transition.reward()));
    }

    /** 0: all rewards are met on the way. */
    @Override
    public Tensor metaLoss(Params theta, Params phi, Worlds tasks, StepContext context) {
        return Tensors.zeros(dtype, tasks.size());
    }

    /** Logarithms of the probabilities of arms. */
    @Override
    public Tensor predict(Params theta, Params phi, Worlds tasks, StepContext context) {
        return rule.probabilities(phi.get(PULLS), phi.get(SUMS), context.step()).log();
    }
}
