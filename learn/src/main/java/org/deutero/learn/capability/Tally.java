package org.deutero.learn.capability;

import java.util.List;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * What a lifetime has earned, counted over the whole of it and over its last tenth, which is begun by the step in which it begins. An {@link Agent} that lives several steps of its worlds in a step of learning keeps it in its fast state under {@link #NAME}.
 *
 * <p>A count is [lifetimes, 4]: rewards, steps, rewards of steps with which the world ended an episode, and how many of these there were, all summed over copies.
 */
public final class Tally {
    /** Where the counts are in the fast state. */
    public static final String NAME = "tally";

    private static final String WHOLE = "whole";
    private static final String LATE = "late";
    private static final int PARTS = 10;
    private static final int NUMBERS = 4;

    private Tally() {}

    /** Counts before the first step. */
    public static Params none(DType dtype, int lifetimes) {
        Tensor none = Tensors.zeros(dtype, lifetimes, NUMBERS);
        return Params.builder().put(WHOLE, none).put(LATE, none).build();
    }

    /**
     * Counts after a step of learning.
     *
     * @param tally before
     * @param step number of the step, from 0
     * @param steps of the lifetime
     * @param reward [lifetimes, copies, steps of the world]
     * @param terminated 1 where the world ended an episode, likewise
     */
    public static Params after(Params tally, int step, int steps, Tensor reward, Tensor terminated) {
        Tensor met = Tensors.stack(
                List.of(
                        reward.sum(1, 2),
                        Tensors.onesLike(reward).sum(1, 2),
                        reward.mul(terminated).sum(1, 2),
                        terminated.sum(1, 2)),
                1);
        // Whatever part of a step lies in the last tenth: the last step always does.
        boolean late = (long) PARTS * (step + 1) > (PARTS - 1L) * steps;
        return Params.builder()
                .put(WHOLE, tally.get(WHOLE).add(met))
                .put(LATE, late ? tally.get(LATE).add(met) : tally.get(LATE))
                .build();
    }

    /** Whether an agent keeps counts. */
    public static boolean kept(Params phi) {
        return !phi.child(NAME).isEmpty();
    }

    /**
     * Reward of a step, [lifetimes]; of the last tenth of a lifetime, or of all.
     *
     * @param phi fast state with counts
     */
    public static Tensor reward(Params phi, boolean late) {
        return ratio(phi, late, 0, 1);
    }

    /** Reward of a step with which the world ended an episode, [lifetimes]; 0 where there was none. */
    public static Tensor terminalReward(Params phi, boolean late) {
        return ratio(phi, late, 2, 3);
    }

    private static Tensor ratio(Params phi, boolean late, int above, int below) {
        Tensor counts = phi.child(NAME).get(late ? LATE : WHOLE);
        return counts.select(1, above).div(counts.select(1, below).clamp(1, Double.POSITIVE_INFINITY));
    }
}
