package org.deutero.tasks.chain;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.deutero.tasks.world.Actions;
import org.deutero.tasks.world.Dynamics;
import org.deutero.tasks.world.WorldShape;

/**
 * Delayed chains (Oh et al. 2020, arXiv 2007.08794, appendix): of two actions only the first of an episode matters; after n actions the episode ends and pays +1 if the first was the right one, else -1. The length n is drawn for every lifetime.
 *
 * <p>Accounts differ on who knows the right action. {@link Cue#NONE}: it is drawn for every lifetime and never shown; states are numbered 0 for the start, else 1 + 2 (t - 1) + the first action. {@link Cue#START}: it is drawn for every episode and shown by one of two starts,
 * 0 and 1; then 2 + longest * (1 if the first action was wrong) + (t - 1).
 *
 * <p>With {@code distraction} random bits what is seen is no unit vector but bits: which action is right (0 without a cue), whether the first action was right, and bits that are drawn again in every step.
 *
 * @param cue who knows the right action
 * @param shortest the least n
 * @param longest the largest n
 * @param noise whether steps that do not end the episode pay +1 or -1 by chance
 * @param distraction random bits in what is seen; 0 for numbered states
 */
public record DelayedChain(Cue cue, int shortest, int longest, Noise noise, int distraction) implements Dynamics {
    private static final int T = 0;
    private static final int RIGHT = 1;
    private static final int FIRST = 2;
    private static final int BITS = 3;

    /** Who knows the right action. */
    public enum Cue {
        /** Nobody: it stays the same for a lifetime. */
        NONE,
        /** Who sees the start of the episode. */
        START
    }

    /** Which steps pay by chance. */
    public enum Noise {
        /** None. */
        NONE,
        /** All but the last of an episode. */
        ALL,
        /** All but the first and the last. */
        AFTER_FIRST
    }

    /** Refuses empty chains. */
    public DelayedChain {
        if (shortest < 1 || longest < shortest || distraction < 0) {
            throw new IllegalArgumentException("a chain of " + shortest + " to " + longest + " steps with "
                    + distraction + " random bits cannot be: expected at least 1 step and no fewer bits than 0");
        }
    }

    /** A chain of quiet steps with numbered states, of which the right action is never shown. */
    public static DelayedChain plain(int shortest, int longest) {
        return new DelayedChain(Cue.NONE, shortest, longest, Noise.NONE, 0);
    }

    @Override
    public WorldShape shape() {
        return new WorldShape(distraction > 0 ? 2 + distraction : states(), new Actions.Discrete(2), longest);
    }

    private int states() {
        return cue == Cue.NONE ? 1 + 2 * longest : 2 + 2 * longest;
    }

    /** The length, and the right action of a lifetime. */
    @Override
    public int given() {
        return 2;
    }

    @Override
    public int state() {
        return BITS + distraction;
    }

    @Override
    public void draw(RandomGenerator rng, double[] given, int g) {
        given[g] = shortest + rng.nextInt(longest - shortest + 1);
        given[g + 1] = rng.nextInt(2);
    }

    @Override
    public void begin(double[] given, int g, double[] state, int s, RandomGenerator chance) {
        state[s + T] = 0;
        state[s + RIGHT] = cue == Cue.NONE ? given[g + 1] : chance.nextInt(2);
        state[s + FIRST] = 0;
        distract(state, s, chance);
    }

    private void distract(double[] state, int s, RandomGenerator chance) {
        for (int i = 0; i < distraction; i++) {
            state[s + BITS + i] = chance.nextInt(2);
        }
    }

    @Override
    public double step(double[] given, int g, double[] state, int s, double[] action, int a, RandomGenerator chance) {
        int before = (int) state[s + T];
        if (before == 0) {
            state[s + FIRST] = action[a];
        }
        state[s + T] = before + 1;
        double toss = chance.nextInt(2) == 0 ? 1 : -1;
        distract(state, s, chance);
        if (terminated(given, g, state, s)) {
            return right(state, s) ? 1 : -1;
        }
        boolean noisy = noise == Noise.ALL || (noise == Noise.AFTER_FIRST && before > 0);
        return noisy ? toss : 0;
    }

    private static boolean right(double[] state, int s) {
        return state[s + FIRST] == state[s + RIGHT];
    }

    @Override
    public boolean terminated(double[] given, int g, double[] state, int s) {
        return state[s + T] >= given[g];
    }

    @Override
    public int numberedStates() {
        return distraction > 0 ? 0 : states();
    }

    @Override
    public int number(double[] given, int g, double[] state, int s) {
        int t = (int) state[s + T];
        if (cue == Cue.NONE) {
            return t == 0 ? 0 : 1 + 2 * (t - 1) + (int) state[s + FIRST];
        }
        return t == 0 ? (int) state[s + RIGHT] : 2 + (right(state, s) ? 0 : longest) + t - 1;
    }

    @Override
    public void observe(double[] given, int g, double[] state, int s, double[] seen, int o) {
        if (distraction == 0) {
            Arrays.fill(seen, o, o + states(), 0);
            seen[o + number(given, g, state, s)] = 1;
            return;
        }
        seen[o] = cue == Cue.NONE ? 0 : state[s + RIGHT];
        seen[o + 1] = state[s + T] > 0 && right(state, s) ? 1 : 0;
        System.arraycopy(state, s + BITS, seen, o + 2, distraction);
    }
}
