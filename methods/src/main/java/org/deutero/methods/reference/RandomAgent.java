package org.deutero.methods.reference;

import java.util.random.RandomGenerator;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.action.Categorical;
import org.deutero.learn.capability.Agent;
import org.deutero.tasks.world.Actions;
import org.deutero.tasks.world.Transition;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Acts at random in any world: every choice alike, or vectors uniform within their bounds. What an agent has to beat that has learned anything.
 *
 * <p>Fast state: {@code world}, the lives.
 *
 * @param dtype of all numbers
 */
record RandomAgent(DType dtype) implements Agent {
    @Override
    public Params metaParameters(RandomGenerator rng) {
        return Params.EMPTY;
    }

    @Override
    public Params begin(Params theta, Worlds tasks, StepContext context) {
        return tasks.begin(dtype).under(WORLD);
    }

    @Override
    public Step step(Params theta, Params phi, Worlds tasks, StepContext context) {
        Transition transition = tasks.step(Agent.lives(phi), action(tasks, context), context.step());
        return new Step(transition.lives().under(WORLD), Agent.loss(tasks, transition.reward()));
    }

    private Tensor action(Worlds tasks, StepContext context) {
        if (tasks.world().shape().actions() instanceof Actions.Box box) {
            return context.draw(
                            tasks.size(),
                            (rng, n) -> Params.of(
                                    "uniform",
                                    Tensors.uniform(
                                            rng, -box.bound(), box.bound(), dtype, n, tasks.copies(), box.numbers())))
                    .get("uniform");
        }
        return Categorical.draw(none(tasks), context);
    }

    /** Preferences for nothing. */
    private Tensor none(Worlds tasks) {
        return Tensors.zeros(
                dtype,
                tasks.size(),
                tasks.copies(),
                tasks.world().shape().actions().outputs());
    }

    /** 0: all rewards are met on the way. */
    @Override
    public Tensor metaLoss(Params theta, Params phi, Worlds tasks, StepContext context) {
        return Tensors.zeros(dtype, tasks.size());
    }

    /** 0: no action is preferred, and vectors have the mean 0. */
    @Override
    public Tensor predict(Params theta, Params phi, Worlds tasks, StepContext context) {
        return none(tasks);
    }
}
