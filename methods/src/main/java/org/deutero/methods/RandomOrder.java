package org.deutero.methods;

import org.deutero.learn.StepContext;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Permutations;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/** A random order of each task's support items, the same whenever it is asked for. */
public final class RandomOrder {
    private static final String ORDER = "order";

    private RandomOrder() {}

    /** Independent permutations of 0..n-1, int64 [tasks, n]; copies of a task have the same. */
    public static Tensor of(StepContext context, int tasks, int n) {
        return context.draw(ORDER, tasks, (rng, t) -> Params.of(ORDER, Permutations.draw(rng, t, n)))
                .get(ORDER);
    }

    /** Rows [tasks, k, ...] of items [tasks, n, ...] at the given places [tasks, k]. */
    public static Tensor rows(Tensor items, Tensor places) {
        int tasks = (int) items.size(0);
        int n = (int) items.size(1);
        long[] shape = items.shape();
        long[] flat = new long[shape.length - 1];
        System.arraycopy(shape, 1, flat, 0, flat.length);
        flat[0] = -1;
        Tensor first = Tensors.range(tasks).mul(n).to(DType.INT64).unsqueeze(1);
        Tensor rows = places.add(first).reshape(-1).to(items.device());
        shape[1] = places.size(1);
        return items.reshape(flat).indexSelect(0, rows).reshape(shape);
    }
}
