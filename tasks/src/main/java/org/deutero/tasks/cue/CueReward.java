package org.deutero.tasks.cue;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.deutero.tasks.world.Actions;
import org.deutero.tasks.world.Dynamics;
import org.deutero.tasks.world.WorldShape;

/**
 * The cue-reward association of Miconi, Rawal, Clune, Stanley 2019 (Backpropamine, arXiv 2002.10585): a lifetime has some cues, distinct random vectors of -1 and 1, one of which is its target; nothing says which. A trial shows some of the cues, one a step, in random order at random steps between blank ones,
 * and ends with a signal to go. Action 1 at that step says that the target was among them, action 0 that it was not. Who is right is paid 1, who is wrong -1 (as in the released code; its read-me has 0). Other steps pay nothing, whatever is done. Trials follow each other until the episode's time is up.
 *
 * <p>Seen: the bits of the cue, 0 without one, then 1 at the signal and 0 elsewhere. The steps of a trial are ours, since the sheet at hand does not give their numbers. If half of the cues are shown, whoever acts without memory is right half of the time, and is paid 0 on average.
 *
 * @param bits of a cue, 20 in print
 * @param cues of a lifetime, 4 in print
 * @param shown cues of a trial, 2 in print
 * @param trial steps of a trial, the signal's included
 * @param wrong what a wrong answer is paid
 * @param horizon steps of an episode, 120 in print
 */
public record CueReward(int bits, int cues, int shown, int trial, double wrong, int horizon) implements Dynamics {
    private static final int MOST_BITS = 62;

    /** Refuses trials too short for their cues, and more cues than there are vectors. */
    public CueReward {
        if (bits < 1 || bits > MOST_BITS || cues < 2 || cues > 1L << bits) {
            throw new IllegalArgumentException("there are no " + cues + " distinct cues of " + bits
                    + " bits; expected at least 2 cues, and 1 to " + MOST_BITS + " bits");
        }
        if (shown < 1 || shown >= cues || trial <= shown) {
            throw new IllegalArgumentException("a trial of " + trial + " steps cannot show " + shown + " of " + cues
                    + " cues and a signal; expected fewer than all cues, and a step for each and for the signal");
        }
    }

    @Override
    public WorldShape shape() {
        return new WorldShape(bits + 1, new Actions.Discrete(2), horizon);
    }

    /** The bits of each cue, the target first; others see cues in no order. */
    @Override
    public int given() {
        return cues * bits;
    }

    /** The step of the trial, then for each of its steps the number of the cue, or -1. */
    @Override
    public int state() {
        return 1 + trial;
    }

    @Override
    public void draw(RandomGenerator rng, double[] given, int g) {
        for (int cue = 0; cue < cues; cue++) {
            int at = g + cue * bits;
            do {
                for (int i = 0; i < bits; i++) {
                    given[at + i] = rng.nextDouble() < 0.5 ? -1 : 1;
                }
            } while (known(given, g, at));
        }
    }

    private boolean known(double[] given, int g, int at) {
        for (int other = g; other < at; other += bits) {
            if (Arrays.equals(given, other, other + bits, given, at, at + bits)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void begin(double[] given, int g, double[] state, int s, RandomGenerator chance) {
        trial(state, s, chance);
    }

    private void trial(double[] state, int s, RandomGenerator chance) {
        int[] order = shuffled(cues, chance);
        int[] places = shuffled(trial - 1, chance);
        state[s] = 0;
        Arrays.fill(state, s + 1, s + 1 + trial, -1);
        for (int i = 0; i < shown; i++) {
            state[s + 1 + places[i]] = order[i];
        }
    }

    private static int[] shuffled(int n, RandomGenerator chance) {
        int[] numbers = new int[n];
        for (int i = 0; i < n; i++) {
            int j = (int) ((i + 1) * chance.nextDouble());
            numbers[i] = numbers[j];
            numbers[j] = i;
        }
        return numbers;
    }

    @Override
    public void observe(double[] given, int g, double[] state, int s, double[] seen, int o) {
        int step = (int) state[s];
        int cue = (int) state[s + 1 + step];
        for (int i = 0; i < bits; i++) {
            seen[o + i] = cue < 0 ? 0 : given[g + cue * bits + i];
        }
        seen[o + bits] = step == trial - 1 ? 1 : 0;
    }

    @Override
    public double step(double[] given, int g, double[] state, int s, double[] action, int a, RandomGenerator chance) {
        if (state[s] < trial - 1) {
            state[s]++;
            return 0;
        }
        boolean target = false;
        for (int i = 0; i < trial; i++) {
            target |= state[s + 1 + i] == 0;
        }
        trial(state, s, chance);
        return (action[a] > 0.5) == target ? 1 : wrong;
    }

    @Override
    public boolean terminated(double[] given, int g, double[] state, int s) {
        return false;
    }
}
