package org.deutero.tasks.files;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Rows of bytes, some of which are not to be kept. */
final class KeptRows {

    private KeptRows() {}

    /** Moves the rows that stay together; the same array if all do. */
    static byte[] close(byte[] rows, int size, List<Integer> gone) {
        if (gone.isEmpty()) {
            return rows;
        }
        Set<Integer> missing = new TreeSet<>(gone);
        int to = 0;
        for (int from = 0; from < rows.length / size; from++) {
            if (!missing.contains(from)) {
                System.arraycopy(rows, from * size, rows, to, size);
                to += size;
            }
        }
        return Arrays.copyOf(rows, to);
    }
}
