package org.deutero.tasks.training;

import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.problem.Problems;

/**
 * How long training runs are: of meta-training of any length in a range, evenly in its logarithm, the same for all runs of a batch; those that are judged of one length.
 *
 * @param judged steps of a run to validate and test on
 * @param shortest steps of a run of meta-training
 * @param longest steps of a run of meta-training
 */
public record TrainingLength(int judged, int shortest, int longest) {
    private static final int MOST = 1_000_000;

    /** Refuses empty ranges. */
    public TrainingLength {
        if (judged < 1 || shortest < 1 || longest < shortest) {
            throw new IllegalArgumentException(
                    "training runs take at least 1 step, not " + judged + ", or from " + shortest + " to " + longest);
        }
    }

    /** One length for all. */
    public static TrainingLength of(int steps) {
        return new TrainingLength(steps, steps, steps);
    }

    /**
     * Reads the keys.
     *
     * @param standard steps of a run if the section does not say
     */
    public static TrainingLength of(Options o, int standard) {
        int steps = o.integer("steps", standard, 1, MOST, "steps of a training run");
        int shortest = o.integer(
                "shortest-steps",
                steps,
                1,
                MOST,
                "steps of the shortest run of meta-training; lengths are drawn anew for every shard whose run is over, evenly in their logarithm");
        int longest = o.integer("longest-steps", Math.max(steps, shortest), 1, MOST, "steps of the longest");
        if (longest < shortest) {
            throw new OptionsException(
                    o.path("longest-steps") + " is " + longest + ", but the shortest run has " + shortest + " steps");
        }
        return new TrainingLength(steps, shortest, longest);
    }

    /** Runs of meta-training, made from runs of any length. */
    TaskSource<Problems> training(TaskSource<Problems> source) {
        if (shortest == longest) {
            return shortest == judged ? source : (tasks, rng) -> withSteps(source.sample(tasks, rng), shortest);
        }
        return (tasks, rng) -> {
            double logarithm = Math.log(shortest) + rng.nextDouble() * Math.log((double) longest / shortest);
            int steps = (int) Math.round(Math.exp(logarithm));
            return withSteps(source.sample(tasks, rng), steps);
        };
    }

    private static Problems withSteps(Problems problems, int steps) {
        return new Problems(problems.problem(), problems.seeds(), steps);
    }
}
