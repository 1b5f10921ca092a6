package org.deutero.tasks.memory;

import java.util.random.RandomGenerator;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;
import org.deutero.tensor.Tensor;

/**
 * Pairs of a cue and a content, all of whose bits are independent and +1 or -1.
 *
 * <p>Inputs are cues, float32 {@code [tasks, most, cue]}, targets contents {@code [tasks, most, content]}. Each task has a number of pairs of its own; the places after its last pair are 0 in cue and content and stand for
 * nothing. Queries are cues of pairs drawn at random.
 *
 * @param cue bits of a cue
 * @param content bits of a content
 * @param fewest pairs of a task
 * @param most pairs of a task
 * @param queries of a task
 */
public record BinaryPairs(int cue, int content, int fewest, int most, int queries) implements TaskSource<Episodes> {
    /** Refuses empty tasks. */
    public BinaryPairs {
        if (cue < 1 || content < 1 || fewest < 1 || most < fewest || queries < 1) {
            throw new IllegalArgumentException(
                    "pairs of bits need cues, contents, pairs and queries, and at most as many pairs as at least; not "
                            + cue + ", " + content + ", " + fewest + " to " + most + " and " + queries);
        }
    }

    @Override
    public Episodes sample(int tasks, RandomGenerator rng) {
        float[] supportX = new float[ArraySize.of(tasks, most, cue)];
        float[] supportY = new float[ArraySize.of(tasks, most, content)];
        float[] queryX = new float[ArraySize.of(tasks, queries, cue)];
        float[] queryY = new float[ArraySize.of(tasks, queries, content)];
        for (int t = 0; t < tasks; t++) {
            int pairs = fewest + rng.nextInt(most - fewest + 1);
            Bits.draw(supportX, t * most * cue, pairs * cue, rng);
            Bits.draw(supportY, t * most * content, pairs * content, rng);
            for (int i = 0; i < queries; i++) {
                int pair = t * most + rng.nextInt(pairs);
                int row = t * queries + i;
                System.arraycopy(supportX, pair * cue, queryX, row * cue, cue);
                System.arraycopy(supportY, pair * content, queryY, row * content, content);
            }
        }
        return new Episodes(
                Tensor.of(supportX, tasks, most, cue),
                Tensor.of(supportY, tasks, most, content),
                Tensor.of(queryX, tasks, queries, cue),
                Tensor.of(queryY, tasks, queries, content),
                0);
    }
}
