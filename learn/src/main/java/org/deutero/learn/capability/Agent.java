package org.deutero.learn.capability;

import org.deutero.learn.Predictor;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * A learner that acts in worlds. It keeps its lives, as {@link Worlds#begin} makes them and {@link Worlds#step} moves them, in its fast state under {@link #WORLD}; a step of learning is a step of every life.
 *
 * <p>What it predicts are preferences for its next action: logits [lifetimes, copies, actions] where it chooses, or the mean [lifetimes, copies, numbers] of the vector that it draws.
 */
public interface Agent extends Predictor<Worlds> {
    /** Where the lives are in the fast state. */
    String WORLD = "world";

    /** The lives in a fast state. */
    static Params lives(Params phi) {
        return phi.child(WORLD);
    }

    @Override
    default int steps(Worlds tasks) {
        return tasks.steps();
    }

    /** What a step costs where lives earn these rewards [lifetimes, copies]: over a lifetime these add up to minus the mean reward of a step, [lifetimes]. */
    static Tensor loss(Worlds tasks, Tensor reward) {
        return reward.mean(1).div(-tasks.steps());
    }
}
