package org.deutero.methods.optimizer.rule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * All coordinates of a tree of weights side by side, so that a rule is a few large operations rather than many small ones.
 *
 * @param like weights [tasks, ...], in the order in which they are joined
 * @param sizes elements of one task in each of them
 */
@SuppressWarnings("ArrayRecordComponent") // lives within one step; nobody compares it
record Coordinates(Params like, long[] sizes) {
    static Coordinates of(Params weights) {
        return new Coordinates(
                weights,
                weights.values().stream().mapToLong(w -> w.numel() / w.size(0)).toArray());
    }

    int tasks() {
        return Math.toIntExact(like.values().get(0).size(0));
    }

    long all() {
        return LongStream.of(sizes).sum();
    }

    /** The elements of a tree of the same names, [tasks, coordinates]. */
    Tensor join(Params tree) {
        List<Tensor> flat =
                like.names().stream().map(name -> flat(tree.get(name))).toList();
        return flat.size() == 1 ? flat.get(0) : Tensors.cat(flat, 1);
    }

    private static Tensor flat(Tensor t) {
        return t.reshape(t.size(0), -1);
    }

    /** The parts of [tasks, ..., coordinates] that belong to each tensor. */
    List<Tensor> parts(Tensor joined) {
        return sizes.length == 1 ? List.of(joined) : joined.split(joined.rank() - 1, sizes);
    }

    /** A tree like the weights of [tasks, coordinates]. */
    Params tree(Tensor joined) {
        List<Tensor> parts = parts(joined);
        Params.Builder tree = Params.builder();
        int i = 0;
        for (String name : like.names()) {
            tree.put(name, parts.get(i++).reshape(like.get(name).shape()));
        }
        return tree.build();
    }

    /** Zeros [tasks, ...] in the type of the weights. */
    Tensor zeros(long... shape) {
        long[] all = new long[shape.length + 1];
        all[0] = tasks();
        System.arraycopy(shape, 0, all, 1, shape.length);
        return zerosOf(like.values().get(0), all);
    }

    static Tensor zerosOf(Tensor like, long... shape) {
        return Tensors.zeros(like.dtype(), shape).to(like.device());
    }

    /** A constant in the type of some tensor. */
    static Tensor constant(Tensor like, double... values) {
        return Tensor.of(values, values.length).to(like.dtype()).to(like.device());
    }

    /** A vector [depth] that tasks share, or [tasks, depth], to be met by tensors [tasks, depth, ...] of some rank. */
    static Tensor along(Tensor vector, int rank) {
        long[] shape = new long[rank - 2 + vector.rank()];
        Arrays.fill(shape, 1);
        System.arraycopy(vector.shape(), 0, shape, 0, vector.rank());
        return vector.reshape(shape);
    }

    /** The same tensors in another order: first those for which the numbers of dimensions of one task are 2 or more. */
    static Params matricesFirst(Params weights) {
        List<String> others = new ArrayList<>();
        Params.Builder ordered = Params.builder();
        weights.forEach((name, w) -> {
            if (w.rank() >= 3) {
                ordered.put(name, w);
            } else {
                others.add(name);
            }
        });
        others.forEach(name -> ordered.put(name, weights.get(name)));
        return ordered.build();
    }
}
