package org.deutero.tasks.memory;

import java.util.random.RandomGenerator;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;
import org.deutero.tensor.Tensor;

/**
 * Patterns of random bits, to be completed from a half (Miconi, Stanley, Clune 2018, arXiv 1804.02464, section 4.1). The support set is a course of time: in every cycle all patterns are shown in a random order, each for some steps
 * followed by blank ones. The query is one of the patterns with half of its bits blank; its target is the whole pattern.
 *
 * <p>Bits are +1 or -1, blank is 0. Inputs and targets are float32 {@code [tasks, steps, bits]}; the target of a step is the pattern that it shows.
 *
 * @param bits of a pattern
 * @param patterns of a task
 * @param shown steps for which a pattern stays
 * @param blank steps after it
 * @param cycles times that all patterns are shown
 */
public record BinaryPatterns(int bits, int patterns, int shown, int blank, int cycles) implements TaskSource<Episodes> {
    /** Refuses empty tasks. */
    public BinaryPatterns {
        if (bits < 2 || patterns < 1 || shown < 1 || blank < 0 || cycles < 1) {
            throw new IllegalArgumentException(
                    "patterns need 2 bits, 1 pattern, 1 step and 1 cycle at least, not " + bits + " bits, " + patterns
                            + " patterns, " + shown + " and " + blank + " steps, " + cycles + " cycles");
        }
    }

    /** Steps of time in a support set. */
    public int steps() {
        return ArraySize.of(cycles, patterns, shown + blank);
    }

    @Override
    public Episodes sample(int tasks, RandomGenerator rng) {
        float[] course = new float[ArraySize.of(tasks, steps(), bits)];
        float[] half = new float[ArraySize.of(tasks, bits)];
        float[] whole = new float[ArraySize.of(tasks, bits)];
        for (int t = 0; t < tasks; t++) {
            float[] drawn = new float[ArraySize.of(patterns, bits)];
            Bits.draw(drawn, 0, drawn.length, rng);
            int step = t * steps();
            for (int cycle = 0; cycle < cycles; cycle++) {
                for (int pattern : Order.first(patterns, patterns, rng)) {
                    for (int i = 0; i < shown; i++) {
                        System.arraycopy(drawn, pattern * bits, course, (step + i) * bits, bits);
                    }
                    step += shown + blank;
                }
            }
            int asked = rng.nextInt(patterns);
            System.arraycopy(drawn, asked * bits, whole, t * bits, bits);
            System.arraycopy(drawn, asked * bits, half, t * bits, bits);
            for (int bit : Order.first(bits / 2, bits, rng)) {
                half[t * bits + bit] = 0;
            }
        }
        Tensor support = Tensor.of(course, tasks, steps(), bits);
        return new Episodes(support, support, Tensor.of(half, tasks, 1, bits), Tensor.of(whole, tasks, 1, bits), 0);
    }
}
