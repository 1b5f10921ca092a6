package org.deutero.methods.recurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.deutero.tasks.world.Actions;
import org.deutero.tasks.world.Transition;
import org.deutero.tasks.world.WorldShape;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * What an agent is shown in a step besides, or instead of, what it sees: x_t = [observation, onehot(a_{t-1}), r_{t-1}, d_{t-1}, t], of which it has the chosen parts, in this order. Before the first step of a lifetime nothing has been done, nothing was earned, and an episode is over: zeros, 0 and 1. The reward is that of the step before, also across the end of
 * an episode.
 *
 * <p>State: {@code told} [lifetimes, copies, ...], what the last step told: action, reward, end of an episode.
 *
 * @param world that the agent lives in
 * @param parts of an input
 * @param rewardScale factor on rewards
 * @param timeScale factor on the number of the step
 */
public record Experience(WorldShape world, Set<Part> parts, double rewardScale, double timeScale) {
    private static final String TOLD = "told";

    /** A part of an input. */
    public enum Part {
        /** What the world shows. */
        OBSERVATION("what the world shows"),
        /** The last action: a unit vector, or the vector within the bounds of the world. */
        ACTION("the last action"),
        /** The last reward. */
        REWARD("the last reward"),
        /** 1 if the last step ended an episode. */
        DONE("1 if the last step ended an episode, else 0"),
        /** The number of the step in the lifetime, from 0. */
        TIME("the number of the step in the lifetime");

        private final String words;

        Part(String words) {
            this.words = words;
        }

        /** In words. */
        String words() {
            return words;
        }
    }

    /** Refuses inputs of nothing. */
    public Experience {
        parts = Set.copyOf(parts);
        if (width(world, parts) == 0) {
            throw new IllegalArgumentException("an input of " + parts + " in this world has no numbers");
        }
    }

    /** Numbers in an input. */
    public int width() {
        return width(world, parts);
    }

    private static int width(WorldShape world, Set<Part> parts) {
        return parts.stream()
                .mapToInt(part -> switch (part) {
                    case OBSERVATION -> world.observations();
                    case ACTION -> world.actions().outputs();
                    case REWARD, DONE, TIME -> 1;
                })
                .sum();
    }

    /** The state before the first step. */
    Params start(DType dtype, int lifetimes, int copies) {
        int outputs = world.actions().outputs();
        Tensor nothing = Tensors.zeros(dtype, lifetimes, copies, outputs + 1);
        return Params.of(TOLD, Tensors.cat(List.of(nothing, Tensors.ones(dtype, lifetimes, copies, 1)), 2));
    }

    /** What a step tells. */
    Params told(Tensor action, Transition transition) {
        DType dtype = transition.reward().dtype();
        Tensor done = action(action, dtype);
        return Params.of(
                TOLD,
                Tensors.cat(
                        List.of(
                                done,
                                transition.reward().unsqueeze(2),
                                transition.ended().unsqueeze(2)),
                        2));
    }

    private Tensor action(Tensor action, DType dtype) {
        return world.actions() instanceof Actions.Box box
                ? action.to(dtype).clamp(-box.bound(), box.bound())
                : action.oneHot(world.choices(), dtype);
    }

    /**
     * What a step is shown, [lifetimes, copies, width].
     *
     * @param observation [lifetimes, copies, observations]
     * @param step of the lifetime, from 0
     */
    Tensor input(Params state, Tensor observation, int step) {
        Tensor told = state.get(TOLD);
        int outputs = world.actions().outputs();
        List<Tensor> all = new ArrayList<>();
        for (Part part : Part.values()) {
            if (parts.contains(part)) {
                all.add(
                        switch (part) {
                            case OBSERVATION -> observation;
                            case ACTION -> told.slice(2, 0, outputs);
                            case REWARD -> scaled(told.slice(2, outputs, outputs + 1), rewardScale);
                            case DONE -> told.slice(2, outputs + 1, outputs + 2);
                            case TIME ->
                                Tensors.full(timeScale * step, told.dtype(), told.size(0), told.size(1), 1)
                                        .to(told.device());
                        });
            }
        }
        return Tensors.cat(all, 2);
    }

    private static Tensor scaled(Tensor numbers, double factor) {
        return factor == 1 ? numbers : numbers.mul(factor);
    }

    /** 0 where the last step ended an episode or nothing was done yet, 1 elsewhere, [lifetimes, copies]. */
    Tensor goesOn(Params state) {
        int at = world.actions().outputs() + 1;
        return state.get(TOLD).select(2, at).neg().add(1);
    }
}
