package org.deutero.tasks.projection;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.projection.TaskNumbers.Which;
import org.deutero.tasks.sequence.Sequences;
import org.deutero.tensor.Tensor;

/**
 * Sequences of images, each under a task of a family: some classes in the task's order, images of them drawn independently, standardised, and projected by the task's matrix (Kirsch, Harrison, Sohl-Dickstein, Metz 2022). One projection holds for all items of a sequence, so there is nothing to be known of a task
 * but what its sequence tells.
 *
 * <p>Items are float32 [tasks, length, outputs], answers int64 [tasks, length], without questions. Drawing a + b tasks gives the same tasks as drawing a and then b, unless several sequences together have one task or statistics are those of a batch.
 *
 * @param pool of images
 * @param family of tasks
 * @param numbers which of them
 * @param form of a sequence
 * @param curriculum growth of tasks, if there is any
 * @param iteration of meta-training that they are drawn for
 */
public record ProjectedSequences(
        ImagePool pool,
        TaskFamily family,
        TaskNumbers numbers,
        Form form,
        Optional<Curriculum> curriculum,
        long iteration)
        implements TaskSource<Sequences> {
    /**
     * The form of a sequence.
     *
     * @param way classes
     * @param length items
     * @param together consecutive sequences that have one task
     * @param statistics by which images are standardised
     * @param permuted probability that classes stand in the task's order, or else in that of their numbers
     * @param annealing iterations in which that probability grows from 0; 0 for none
     */
    public record Form(int way, int length, int together, Statistics statistics, double permuted, long annealing) {
        /** Refuses empty sequences. */
        public Form {
            if (way < 2 || length < 1 || together < 1 || !(permuted >= 0 && permuted <= 1) || annealing < 0) {
                throw new IllegalArgumentException("a sequence of " + way + " classes, " + length + " items, "
                        + together + " together, permuted with probability " + permuted + " after " + annealing
                        + " iterations is not possible");
            }
        }

        /** The released code has max for min here, and so never anneals. */
        double permuted(long iteration) {
            return annealing == 0 ? permuted : permuted * Math.min(1, iteration / (double) annealing);
        }

        /** The same with labels always, or never, in the task's order. */
        public Form permuted(boolean always) {
            return new Form(way, length, together, statistics, always ? 1 : 0, 0);
        }
    }

    /** Sequences of full size. */
    public ProjectedSequences(ImagePool pool, TaskFamily family, TaskNumbers numbers, Form form) {
        this(pool, family, numbers, form, Optional.empty(), Long.MAX_VALUE);
    }

    /** Refuses images of another size than the family's. */
    public ProjectedSequences {
        int size = pool.images().imageSize();
        if (size != family.inputs() || numbers.which() == Which.IDENTITY && size != family.outputs()) {
            throw new IllegalArgumentException("images of " + size + " numbers do not fit projections from "
                    + family.inputs() + " to " + family.outputs());
        }
    }

    @Override
    public ProjectedSequences at(long other) {
        return new ProjectedSequences(pool, family, numbers, form, curriculum, other);
    }

    @Override
    public Sequences sample(int tasks, RandomGenerator rng) {
        int size = family.inputs();
        int way = curriculum.map(c -> c.way(iteration, form.way)).orElse(form.way);
        int length = curriculum.map(c -> c.length(iteration, form.length)).orElse(form.length);
        TaskNumbers drawn = new TaskNumbers(
                numbers.which(),
                curriculum.map(c -> c.seen(iteration, numbers.seen())).orElse(numbers.seen()),
                numbers.bias());
        float[] x = new float[ArraySize.of(tasks, length, size)];
        long[] y = new long[ArraySize.of(tasks, length)];
        Projections projections = new Projections(family, tasks, form.together);
        int[] classes = {};
        for (int t = 0; t < tasks; t++) {
            if (t % form.together == 0) {
                classes = begin(way, drawn, projections, t, rng);
            }
            long items = pool.count(classes);
            for (int i = t * length; i < (t + 1) * length; i++) {
                y[i] = pool.copy(classes, rng.nextLong(items), x, i * size);
            }
        }
        Tensor standard = form.statistics.apply(Tensor.of(x, tasks, length, size));
        return new Sequences(
                numbers.which() == Which.IDENTITY ? standard : projections.of(standard),
                Tensor.of(y, tasks, length),
                form.way);
    }

    /** A task, and its classes. */
    private int[] begin(int way, TaskNumbers drawn, Projections projections, int place, RandomGenerator rng) {
        int of = pool.classes().size();
        boolean identity = drawn.which() == Which.IDENTITY;
        long task = identity ? -1 - (rng.nextLong() >>> 2) : drawn.draw(rng);
        double probability = form.permuted(iteration);
        boolean permuted = !identity && (probability == 1 || rng.nextDouble() < probability);
        projections.put(place, task);
        return family.classes(task, of, way, permuted);
    }

    /** The projections of a batch, one for so many consecutive sequences. */
    private static final class Projections {
        private final TaskFamily family;
        private final int tasks;
        private final int together;
        private final float[] weight;
        private final float[] shift;

        Projections(TaskFamily family, int tasks, int together) {
            this.family = family;
            this.tasks = tasks;
            this.together = together;
            int number = (tasks + together - 1) / together;
            this.weight = new float[ArraySize.of(number, family.outputs(), family.inputs())];
            this.shift = new float[number * family.outputs()];
        }

        void put(int place, long task) {
            family.write(task, place / together, weight, shift);
        }

        Tensor of(Tensor x) {
            int number = (tasks + together - 1) / together;
            Tensor w = Tensor.of(weight, number, family.outputs(), family.inputs());
            Tensor b = Tensor.of(shift, number, 1, family.outputs());
            if (tasks % together == 0) {
                Tensor y = TaskFamily.projected(x.reshape(number, -1, family.inputs()), w);
                return (family.bias() > 0 ? y.add(b) : y).reshape(tasks, x.size(1), family.outputs());
            }
            Tensor y = TaskFamily.projected(x, w.repeatEach(together).slice(0, 0, tasks));
            return family.bias() > 0 ? y.add(b.repeatEach(together).slice(0, 0, tasks)) : y;
        }
    }
}
