package org.deutero.tensor.nn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * How image layers treat the task dimension, in one place.
 *
 * <p>With everything shared by the tasks they are folded into the batch. With weights or statistics of their own, tasks run one
 * after the other through the whole chain of layers: on a processor that was measured at nearly twice the speed of one grouped convolution, and
 * worker threads take different tasks anyway.
 */
final class TaskLoop {
    private TaskLoop() {}

    /** The work on the examples [n, features...] of one task. */
    @FunctionalInterface
    interface Body {
        Tensor apply(Params params, Tensor x, int task);
    }

    /**
     * Runs a body for tasks.
     *
     * @param params shared tensors, or tensors that lead with [tasks]; see {@code rankOfShared}
     * @param x [tasks, n, features...]
     * @param perTask whether tasks must be kept apart
     */
    static Tensor apply(Params params, Tensor x, boolean perTask, Body body) {
        int tasks = (int) x.size(0);
        if (!perTask) {
            Tensor y = body.apply(params, unfolded(x), 0);
            return folded(y, tasks);
        }
        List<Params> own = each(params, tasks);
        List<Tensor> inputs = x.unbind(0);
        List<Tensor> results = new ArrayList<>(tasks);
        for (int task = 0; task < tasks; task++) {
            results.add(body.apply(own.get(task), inputs.get(task), task));
        }
        return tasks == 1 ? results.get(0).unsqueeze(0) : Tensors.stack(results, 0);
    }

    /** Whether any of the parameters belongs to tasks. */
    static boolean anyOwned(Params params) {
        return params.values().stream().anyMatch(TaskLoop::isOwned);
    }

    /** Weights of convolutions have rank 4 and vectors rank 1 when they are shared. */
    private static boolean isOwned(Tensor t) {
        return t.rank() == 5 || t.rank() == 2;
    }

    /** The parameters of each task, taken apart at once: the way back through {@code select} would fill and add the parameters of all tasks for each. */
    private static List<Params> each(Params params, int tasks) {
        Map<String, List<Tensor>> parts = new HashMap<>();
        params.forEach((name, t) -> parts.put(name, isOwned(t) ? t.unbind(0) : Collections.nCopies(tasks, t)));
        List<Params> own = new ArrayList<>(tasks);
        for (int task = 0; task < tasks; task++) {
            Params.Builder one = Params.builder();
            for (String name : params.names()) {
                one.put(name, parts.get(name).get(task));
            }
            own.add(one.build());
        }
        return own;
    }

    private static Tensor unfolded(Tensor x) {
        return x.reshape(reshaped(x, -1));
    }

    private static long[] reshaped(Tensor x, long first) {
        long[] shape = x.shape();
        long[] result = new long[shape.length - 1];
        result[0] = first;
        System.arraycopy(shape, 2, result, 1, shape.length - 2);
        return result;
    }

    private static Tensor folded(Tensor y, int tasks) {
        long[] shape = y.shape();
        long[] result = new long[shape.length + 1];
        result[0] = tasks;
        result[1] = -1;
        System.arraycopy(shape, 1, result, 2, shape.length - 1);
        return y.reshape(result);
    }
}
