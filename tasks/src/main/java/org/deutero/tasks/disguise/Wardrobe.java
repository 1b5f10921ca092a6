package org.deutero.tasks.disguise;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tasks.world.WorldShape;
import org.deutero.tensor.Permutations;
import org.deutero.tensor.Tensor;

/**
 * What lifetimes may be disguised by.
 *
 * @param center subtracted from what is seen; empty for nothing
 * @param scale factors on what is seen then; empty for none
 * @param extra numbers that are seen besides, after the world's own
 * @param noise whether these are N(0, 1), each time anew, rather than 0
 * @param shuffleObservations whether what is seen comes in an order of the lifetime's own
 * @param shuffleActions whether actions do what others do, in an order of the lifetime's own
 * @param rewards what becomes of rewards
 */
public record Wardrobe(
        List<Double> center,
        List<Double> scale,
        int extra,
        boolean noise,
        boolean shuffleObservations,
        boolean shuffleActions,
        Rewards rewards) {
    /** What becomes of rewards. */
    public enum Rewards {
        /** Nothing. */
        KEPT,
        /** They change their sign. */
        SWAPPED,
        /** They change their sign in half of all lifetimes. */
        EITHER
    }

    /** Takes copies. */
    public Wardrobe {
        center = List.copyOf(center);
        scale = List.copyOf(scale);
    }

    /** Whether nothing is changed. */
    boolean empty() {
        return center.isEmpty()
                && scale.isEmpty()
                && extra == 0
                && !shuffleObservations
                && !shuffleActions
                && rewards == Rewards.KEPT;
    }

    /** The key of a recipe by which something is changed. @throws IllegalStateException if nothing is */
    String key() {
        if (empty()) {
            throw new IllegalStateException("nothing is disguised");
        }
        if (!center.isEmpty()) {
            return "observation-center";
        }
        if (!scale.isEmpty()) {
            return "observation-scale";
        }
        if (extra > 0) {
            return "extra-observations";
        }
        return shuffleObservations ? "shuffle-observations" : shuffleActions ? "shuffle-actions" : "rewards";
    }

    /** What agents are built for who meet a world in disguise. */
    WorldShape shape(WorldShape world) {
        check("observation-center", center, world);
        check("observation-scale", scale, world);
        return new WorldShape(world.observations() + extra, world.actions(), world.limit());
    }

    private static void check(String key, List<Double> numbers, WorldShape world) {
        if (!numbers.isEmpty() && numbers.size() != world.observations()) {
            throw new IllegalArgumentException(key + " has " + numbers.size() + " numbers, but " + world.observations()
                    + " are seen of this world");
        }
    }

    /** Draws the mask of a single lifetime. */
    Mask draw(RandomGenerator rng, WorldShape world) {
        int seen = shape(world).observations();
        int outputs = world.actions().outputs();
        Tensor observations = order(rng, shuffleObservations, seen);
        Tensor actions = order(rng, shuffleActions, outputs);
        boolean swapped = rewards == Rewards.SWAPPED || (rewards == Rewards.EITHER && rng.nextBoolean());
        Tensor sign = Tensor.of(new double[] {swapped ? -1 : 1}, 1, 1);
        return new Mask(this, observations, actions, sign, new long[] {rng.nextLong()});
    }

    private static Tensor order(RandomGenerator rng, boolean shuffle, int n) {
        if (shuffle) {
            return Permutations.draw(rng, 1, n);
        }
        long[] same = new long[n];
        Arrays.setAll(same, i -> i);
        return Tensor.of(same, 1, n);
    }
}
