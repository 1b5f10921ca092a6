package org.deutero.tasks.world;

import java.util.List;
import java.util.Optional;
import org.deutero.tasks.Chance;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * A simulated world and what some lifetimes in it are given, such as where they begin or where their goal lies. Pure: what changes in a life is a tree of tensors {@code [lifetimes, copies, ...]}, and what is random comes from {@link Chance}, so a step can be run again.
 *
 * <p>A world knows nothing of trials, time limits and lives that are over: {@link Worlds} does. Its tasks are lifetimes.
 */
public interface World extends TaskBatch<World> {
    /** What agents are built for; the same for all lifetimes. */
    WorldShape shape();

    /**
     * The state in which a lifetime begins, [lifetimes, copies, ...]; the empty tree if the world has none.
     *
     * @param copies of every lifetime
     * @param dtype of its numbers, for worlds that leave the choice
     */
    Params begin(int copies, DType dtype, Chance chance);

    /** The state in which a later episode of a lifetime begins. */
    default Params again(int copies, DType dtype, Chance chance) {
        return begin(copies, dtype, chance);
    }

    /** Steps of an episode at most in each lifetime, [lifetimes, 1], where they differ; empty where all are those of the shape. */
    default Optional<Tensor> limits() {
        return Optional.empty();
    }

    /**
     * What agents see, [lifetimes, copies, observations].
     *
     * @param step of the lifetime, from 0
     */
    Tensor observe(Params state, int copies, int step);

    /**
     * One step of time. Not differentiable through actions.
     *
     * @param action int64 [lifetimes, copies], or vectors [lifetimes, copies, numbers]
     * @param chance of this step, which has its number
     */
    Outcome step(Params state, Tensor action, Chance chance);

    /** A picture of a life for people, of worlds that can be drawn. */
    default Optional<Frame> picture(Params state, int lifetime, int copy) {
        return Optional.empty();
    }

    /**
     * These lifetimes and others of the same source, one after the other.
     *
     * @throws IllegalArgumentException if they are in worlds that do not go into one batch
     */
    World join(List<? extends World> others);

    /**
     * What a step leads to.
     *
     * @param state [lifetimes, copies, ...]
     * @param reward [lifetimes, copies]
     * @param terminated 1 where the world ended the episode, 0 elsewhere, [lifetimes, copies]
     */
    record Outcome(Params state, Tensor reward, Tensor terminated) {}
}
