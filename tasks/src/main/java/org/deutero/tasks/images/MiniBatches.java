package org.deutero.tasks.images;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.images.SupervisedProblem.Part;
import org.deutero.tensor.Tensor;

/**
 * What an iteration of training with hyper-parameters sees, as a task: a mini-batch of examples to learn from as the support set, and one to be judged on as the query set. Each is drawn without replacement from all of its part, anew for every task.
 *
 * @param support examples to learn from
 * @param batch of them
 * @param query examples to be judged on
 * @param queryBatch of them; as many as there are for all of them, in their order
 */
public record MiniBatches(Part support, int batch, Part query, int queryBatch) implements TaskSource<Episodes> {
    /** Refuses parts of different form, and batches of more examples than there are. */
    public MiniBatches {
        if (support.classes() != query.classes() || !support.shape().equals(query.shape())) {
            throw new IllegalArgumentException("examples to learn from and to be judged on differ in form");
        }
        require(support, batch);
        require(query, queryBatch);
    }

    private static void require(Part part, int batch) {
        if (batch < 1 || batch > part.labels().length) {
            throw new IllegalArgumentException(
                    "a mini-batch of " + batch + " examples cannot be drawn from " + part.labels().length);
        }
    }

    @Override
    public Episodes sample(int tasks, RandomGenerator rng) {
        Batch learned = new Batch(support, tasks, batch);
        Batch judged = new Batch(query, tasks, queryBatch);
        for (int t = 0; t < tasks; t++) {
            learned.draw(t, rng);
            judged.draw(t, rng);
        }
        return new Episodes(learned.x(), learned.y(), judged.x(), judged.y(), support.classes());
    }

    private static final class Batch {
        private final Part part;
        private final Chooser chooser;
        private final int tasks;
        private final int size;
        private final int each;
        private final float[] values;
        private final long[] labels;

        Batch(Part part, int tasks, int size) {
            this.part = part;
            this.chooser = new Chooser(part.labels().length);
            this.tasks = tasks;
            this.size = size;
            this.each = part.images().length / part.labels().length;
            this.values = new float[ArraySize.of(tasks, size, each)];
            this.labels = new long[ArraySize.of(tasks, size)];
        }

        void draw(int task, RandomGenerator rng) {
            int[] chosen = new int[size];
            if (size == part.labels().length) {
                for (int i = 0; i < size; i++) {
                    chosen[i] = i;
                }
            } else {
                chooser.choose(part.labels().length, rng, chosen);
            }
            for (int i = 0; i < size; i++) {
                int at = task * size + i;
                System.arraycopy(part.images(), chosen[i] * each, values, at * each, each);
                labels[at] = part.labels()[chosen[i]];
            }
        }

        Tensor x() {
            List<Integer> shape = part.shape();
            return Tensor.of(values, tasks, size, shape.get(0), shape.get(1), shape.get(2));
        }

        Tensor y() {
            return Tensor.of(labels, tasks, size);
        }
    }
}
