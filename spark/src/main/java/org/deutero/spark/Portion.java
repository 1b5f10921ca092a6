package org.deutero.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Neighbouring items of a job, which one Spark task does.
 *
 * @param from first item
 * @param to item after the last
 */
record Portion(int from, int to) implements Serializable {
    /** Cuts items into portions that differ by at most one; a portion an item, unless there are more than {@code most}. */
    static List<Portion> of(int items, int most) {
        int portions = Math.min(items, Math.max(1, most));
        List<Portion> all = new ArrayList<>(portions);
        for (int i = 0; i < portions; i++) {
            all.add(new Portion(start(items, i, portions), start(items, i + 1, portions)));
        }
        return all;
    }

    private static int start(int items, int portion, int portions) {
        return (int) ((long) items * portion / portions);
    }
}
