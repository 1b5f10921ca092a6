package org.deutero.tasks.training;

import java.util.random.RandomGenerator;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.Chance;
import org.deutero.tensor.Tensor;

/** Mini-batches: rows of each task's own. */
final class Rows {
    private Rows() {}

    /** Different rows for each task, int64 [tasks, batch], numbered through all tasks: row r of task t has the number {@code t * rows + r}. */
    static Tensor draw(Chance chance, int tasks, int rows, int batch) {
        long[] chosen = new long[ArraySize.of(tasks, batch)];
        int[] order = new int[rows];
        for (int t = 0; t < tasks; t++) {
            RandomGenerator rng = chance.of(t);
            for (int i = 0; i < rows; i++) {
                order[i] = i;
            }
            for (int i = 0; i < batch; i++) {
                int j = i + rng.nextInt(rows - i);
                int row = order[j];
                order[j] = order[i];
                chosen[t * batch + i] = (long) t * rows + row;
            }
        }
        return Tensor.of(chosen, tasks, batch);
    }

    /** Those rows of a tensor [tasks, rows, ...], [tasks, batch, ...]. */
    static Tensor of(Tensor all, Tensor chosen) {
        long[] shape = all.shape();
        shape[1] = chosen.size(1);
        long[] flat = new long[shape.length - 1];
        flat[0] = all.size(0) * all.size(1);
        System.arraycopy(shape, 2, flat, 1, flat.length - 1);
        return all.reshape(flat)
                .indexSelect(0, chosen.reshape(-1).to(all.device()))
                .reshape(shape);
    }
}
