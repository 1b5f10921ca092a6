package org.deutero.methods;

import org.deutero.options.Options;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.Tensor;

/**
 * A support set as a stream of mini-batches, gone through from the front: step t sees examples t batch, ..., (t + 1) batch - 1. The last batch of a pass is
 * shorter if batches do not divide the stream.
 *
 * @param size examples in a batch
 * @param passes how often the stream is gone through
 */
public record StreamBatches(int size, int passes) {
    /** Checks ranges. */
    public StreamBatches {
        if (size < 1 || passes < 1) {
            throw new IllegalArgumentException(
                    "a stream needs batches of at least 1 example and at least 1 pass, not " + size + " and " + passes);
        }
    }

    /** The keys of a recipe's {@code method} section. */
    public static StreamBatches of(Options o, int standard) {
        return new StreamBatches(
                o.integer("batch", standard, 1, 1_000_000, "examples of the stream in a step"),
                o.integer("passes", 1, 1, 1_000_000, "how often the stream is gone through"));
    }

    /** Steps that these tasks make. */
    public int steps(Episodes tasks) {
        return Math.multiplyExact(passes, perPass(tasks));
    }

    private int perPass(Episodes tasks) {
        return (tasks.supportSize() + size - 1) / size;
    }

    /** Inputs of a step, [tasks, batch, features...]. */
    public Tensor x(Episodes tasks, int step) {
        return batch(tasks.supportX(), tasks, step);
    }

    /** Labels or targets of a step, [tasks, batch] or [tasks, batch, outputs]. */
    public Tensor y(Episodes tasks, int step) {
        return batch(tasks.supportY(), tasks, step);
    }

    private Tensor batch(Tensor stream, Episodes tasks, int step) {
        int from = step % perPass(tasks) * size;
        return stream.slice(1, from, Math.min(from + size, tasks.supportSize()));
    }
}
