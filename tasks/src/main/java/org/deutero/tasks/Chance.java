package org.deutero.tasks;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * What is random in one step of many tasks: a generator for each, fixed by the seed of the task, the copy of it and the step. So a step that is run again draws the same numbers, whatever was drawn before and whoever else is in the batch.
 *
 * @param seeds of tasks
 * @param copies of each task that have chance of their own
 * @param step from 0
 * @param purpose tells what is drawn in a step from what is drawn at a start or an end
 */
@SuppressWarnings("ArrayRecordComponent") // identity is enough: nobody compares chance
public record Chance(long[] seeds, int copies, int step, Purpose purpose) {
    /** What chance is for. */
    public enum Purpose {
        /** A step. */
        STEP,
        /** A start, of weights or of an episode. */
        START
    }

    /** Tasks without copies. */
    public Chance(long[] seeds, int step, Purpose purpose) {
        this(seeds, 1, step, purpose);
    }

    /** The generator of a task without copies. */
    public RandomGenerator of(int task) {
        return of(task, 0);
    }

    /** The generator of a copy of a task. */
    @SuppressWarnings("EnumOrdinal") // the draws of published runs hang on these numbers
    public RandomGenerator of(int task, int copy) {
        long h = mix(seeds[task] ^ 0x9E3779B97F4A7C15L);
        h = mix(h ^ mix(copy + 0x632BE59BD9B4E019L));
        h = mix(h ^ mix(2L * step + purpose.ordinal() + 0x2545F4914F6CDD1DL));
        return new SplittableRandom(h);
    }

    /** The finaliser of SplitMix64: every bit of the input moves half the bits of the output. */
    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}
