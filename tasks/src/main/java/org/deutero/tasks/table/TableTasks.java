package org.deutero.tasks.table;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;
import org.deutero.tensor.Tensor;

/**
 * Regression on the rows of one task: some of them at random to learn from, others to be judged on. Inputs are {@code [tasks, points, inputs]}, targets
 * {@code [tasks, points, outputs]}. Drawing a + b tasks gives the same tasks as drawing a and then b.
 *
 * @param tasks rows of each task
 * @param support rows to learn from
 * @param query rows to be judged on
 */
record TableTasks(List<Rows> tasks, int support, int query) implements TaskSource<Episodes> {

    /**
     * The rows of a task.
     *
     * @param x inputs of each row
     * @param y targets of each row
     */
    record Rows(List<float[]> x, List<float[]> y) {
        int size() {
            return x.size();
        }
    }

    TableTasks {
        tasks = List.copyOf(tasks);
        if (tasks.isEmpty() || support < 1 || query < 1) {
            throw new IllegalArgumentException("tasks of a table need rows, support and queries");
        }
    }

    @Override
    public Episodes sample(int number, RandomGenerator rng) {
        int inputs = tasks.get(0).x().get(0).length;
        int outputs = tasks.get(0).y().get(0).length;
        float[] supportX = new float[ArraySize.of(number, support, inputs)];
        float[] supportY = new float[ArraySize.of(number, support, outputs)];
        float[] queryX = new float[ArraySize.of(number, query, inputs)];
        float[] queryY = new float[ArraySize.of(number, query, outputs)];
        for (int t = 0; t < number; t++) {
            Rows rows = tasks.get(below(tasks.size(), rng));
            int[] order = new int[rows.size()];
            for (int i = 0; i < order.length; i++) {
                order[i] = i;
            }
            for (int i = 0; i < support + query; i++) {
                int j = i + below(order.length - i, rng);
                int row = order[j];
                order[j] = order[i];
                boolean learned = i < support;
                int at = learned ? t * support + i : t * query + i - support;
                System.arraycopy(rows.x().get(row), 0, learned ? supportX : queryX, at * inputs, inputs);
                System.arraycopy(rows.y().get(row), 0, learned ? supportY : queryY, at * outputs, outputs);
            }
        }
        return new Episodes(
                Tensor.of(supportX, number, support, inputs),
                Tensor.of(supportY, number, support, outputs),
                Tensor.of(queryX, number, query, inputs),
                Tensor.of(queryY, number, query, outputs),
                0);
    }

    /** By nextDouble alone, whose bits are the same in every Java version. */
    private static int below(int n, RandomGenerator rng) {
        return (int) (rng.nextDouble() * n);
    }
}
