package org.deutero.experiment.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How a learned optimiser stands in a race on problems: against each of the others, in steps and in processor time.
 *
 * @param steps of each training
 * @param paces what a step takes, the learned optimiser first
 * @param duels against each of the others
 */
public record Standing(int steps, List<Pace> paces, List<Duel> duels) {
    /**
     * What a step of training takes, gradient and update, for one problem by itself on one thread.
     *
     * @param name of the optimiser
     * @param processor median processor time, in milliseconds
     * @param wall median time, in milliseconds; more than that on a machine that is busy with other things
     */
    public record Pace(String name, double processor, double wall) {}

    /**
     * Of two losses on the same problems, how much lower the learned optimiser's is.
     *
     * @param mean over problems; negative where it is higher
     * @param interval half-width of its 95 % interval
     * @param wins problems on which it is lower
     * @param problems that were trained
     */
    public record Gap(double mean, double interval, int wins, int problems) {
        /** Whether the learned optimiser is better for sure. */
        public boolean ahead() {
            return mean > interval;
        }

        /** Whether it is worse for sure. */
        public boolean behind() {
            return mean < -interval;
        }
    }

    /**
     * By what factor the learned optimiser is faster in steps on the way to the loss that the other ends with.
     *
     * @param factor geometric mean over problems; below 1 where it is slower
     * @param low end of its 95 % interval
     * @param high end of its 95 % interval
     * @param never problems on which it did not get there, which count as if it had in the last step
     */
    public record Speed(double factor, double low, double high, int never) {}

    /**
     * Steps from (included) to (excluded).
     *
     * @param from first step
     * @param to step after the last
     */
    public record Stretch(int from, int to) {
        /** First and last step. */
        public String words() {
            return from == to - 1 ? String.valueOf(from) : from + "-" + (to - 1);
        }
    }

    /**
     * Against one other optimiser.
     *
     * @param other with its rate
     * @param whole mean of the losses before each step
     * @param end the same over the last tenth of the steps
     * @param heldOut loss on what is held out, at the end
     * @param equalTime losses when either has had the processor time of the faster one's training, over a tenth of the steps before
     * @param speed on the way to the other's loss at the end
     * @param ahead stretches of steps where the learned optimiser is better for sure
     * @param behind where it is worse for sure
     */
    public record Duel(
            String other,
            Gap whole,
            Gap end,
            Gap heldOut,
            Gap equalTime,
            Speed speed,
            List<Stretch> ahead,
            List<Stretch> behind) {
        /** Where the learned optimiser loses, in words; empty if nowhere. */
        public List<String> losses() {
            List<String> words = new ArrayList<>();
            if (!behind.isEmpty()) {
                words.add("in steps " + behind.stream().map(Stretch::words).collect(Collectors.joining(", ")));
            }
            if (end.behind()) {
                words.add("at the end by " + Numbers.brief(-end.mean()) + " ± " + Numbers.brief(end.interval()));
            }
            if (heldOut.behind()) {
                words.add("on what is held out by " + Numbers.brief(-heldOut.mean()) + " ± "
                        + Numbers.brief(heldOut.interval()));
            }
            if (equalTime.behind()) {
                words.add("at equal processor time by " + Numbers.brief(-equalTime.mean()) + " ± "
                        + Numbers.brief(equalTime.interval()));
            }
            return words;
        }
    }
}
