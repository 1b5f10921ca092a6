package org.deutero.methods.td3;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Rows of a {@link Replay} in parts of a bounded number of rows, one after the other. None is ever written into: new rows make a new part, and a ring that shares all others with the one before. So a write costs a part, however large the ring is.
 *
 * @param parts [agents, copies, rows, width], all of {@link #ROWS} rows but the last one, which may have fewer
 */
public record Ring(List<Tensor> parts) {
    /** Rows of a part. */
    public static final int ROWS = 4096;

    /** Copies the list. */
    public Ring {
        parts = List.copyOf(parts);
    }

    /** Zeros. */
    static Ring empty(DType dtype, long agents, long copies, int capacity, long width) {
        List<Tensor> parts = new ArrayList<>();
        for (int from = 0; from < capacity; from += ROWS) {
            parts.add(Tensors.zeros(dtype, agents, copies, Math.min(ROWS, capacity - from), width));
        }
        return new Ring(parts);
    }

    /** From a tree that {@link #under} made. */
    public static Ring of(Params tree, String name) {
        if (tree.has(name)) {
            return new Ring(List.of(tree.get(name)));
        }
        List<Tensor> parts = new ArrayList<>();
        // By their numbers: files have an order of their own.
        while (tree.has(name + "." + parts.size())) {
            parts.add(tree.get(name + "." + parts.size()));
        }
        return new Ring(parts);
    }

    /** As a tree: a tensor of this name if there is only one part, else numbered ones below it. */
    public Params under(String name) {
        if (parts.size() == 1) {
            return Params.of(name, parts.get(0));
        }
        Params.Builder numbered = Params.builder();
        for (int i = 0; i < parts.size(); i++) {
            numbered.put(name + "." + i, parts.get(i));
        }
        return numbered.build();
    }

    Tensor first() {
        return parts.get(0);
    }

    /** The ring with rows from a place on, which do not reach beyond its end. */
    Ring with(Tensor rows, int at) {
        List<Tensor> next = new ArrayList<>(parts);
        int some = Math.toIntExact(rows.size(2));
        for (int done = 0; done < some; ) {
            int part = (at + done) / ROWS;
            int from = (at + done) % ROWS;
            Tensor old = parts.get(part);
            int to = (int) Math.min(old.size(2), (long) from + some - done);
            List<Tensor> pieces = new ArrayList<>();
            add(pieces, old, 0, from);
            add(pieces, rows, done, done + to - from);
            add(pieces, old, to, Math.toIntExact(old.size(2)));
            next.set(part, Tensors.cat(pieces, 2));
            done += to - from;
        }
        return new Ring(next);
    }

    private static void add(List<Tensor> pieces, Tensor rows, int from, int to) {
        if (to > from) {
            pieces.add(rows.slice(2, from, to));
        }
    }

    /**
     * Rows by their numbers, [n, width].
     *
     * @param numbers through all lives: life times capacity plus place in the ring
     */
    Tensor rows(long[] numbers) {
        long width = first().size(3);
        if (parts.size() == 1) {
            return first().reshape(-1, width).indexSelect(0, Tensor.of(numbers, numbers.length));
        }
        long capacity = parts.stream().mapToLong(part -> part.size(2)).sum();
        long[][] within = new long[parts.size()][numbers.length];
        int[] counts = new int[parts.size()];
        int[] at = new int[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            long place = numbers[i] % capacity;
            int part = (int) (place / ROWS);
            at[i] = counts[part];
            within[part][counts[part]++] =
                    numbers[i] / capacity * parts.get(part).size(2) + place % ROWS;
        }
        List<Tensor> selected = new ArrayList<>();
        int[] offsets = new int[parts.size()];
        int offset = 0;
        for (int p = 0; p < counts.length; p++) {
            offsets[p] = offset;
            offset += counts[p];
            if (counts[p] > 0) {
                long[] own = Arrays.copyOf(within[p], counts[p]);
                selected.add(parts.get(p).reshape(-1, width).indexSelect(0, Tensor.of(own, own.length)));
            }
        }
        long[] order = new long[numbers.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = offsets[(int) (numbers[i] % capacity / ROWS)] + at[i];
        }
        return Tensors.cat(selected, 0).indexSelect(0, Tensor.of(order, order.length));
    }
}
