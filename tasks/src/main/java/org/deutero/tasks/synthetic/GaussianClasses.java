package org.deutero.tasks.synthetic;

import java.util.random.RandomGenerator;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;
import org.deutero.tensor.Tensor;

/**
 * Classification of normally distributed points around class means that are drawn anew in every task: a mean is N(0, I), a point (mean + N(0, I)) / sqrt(2), so that features have variance 1. Classes are drawn
 * independently of each other, so a support set is a stream that a learning rule can go through from the front.
 *
 * <p>Inputs are float32 {@code [tasks, points, features]}, labels int64 {@code [tasks, points]}. Drawing a + b tasks gives the same tasks as drawing a and then b.
 *
 * @param features of a point
 * @param way classes of each task
 * @param support points to learn from, in order
 * @param query points to be judged on
 */
public record GaussianClasses(int features, int way, int support, int query) implements TaskSource<Episodes> {

    /** Refuses empty tasks. */
    public GaussianClasses {
        if (features < 1 || way < 2 || support < 1 || query < 1) {
            throw new IllegalArgumentException(
                    "tasks of normal classes need 1 feature, 2 classes, 1 support and 1 query point, not " + features
                            + ", " + way + ", " + support + " and " + query);
        }
    }

    @Override
    public Episodes sample(int tasks, RandomGenerator rng) {
        if (tasks < 1) {
            throw new IllegalArgumentException("asked for " + tasks + " tasks, but a batch has at least 1");
        }
        Points supports = new Points(tasks, support);
        Points queries = new Points(tasks, query);
        for (int t = 0; t < tasks; t++) {
            double[] means = new double[ArraySize.of(way, features)];
            for (int i = 0; i < means.length; i++) {
                means[i] = rng.nextGaussian();
            }
            supports.fill(t, means, rng);
            queries.fill(t, means, rng);
        }
        return new Episodes(supports.inputs(), supports.targets(), queries.inputs(), queries.targets(), way);
    }

    /** Points of all tasks with their labels. */
    private final class Points {
        private final int tasks;
        private final int number;
        private final float[] x;
        private final long[] y;

        Points(int tasks, int number) {
            this.tasks = tasks;
            this.number = number;
            this.y = new long[ArraySize.of(tasks, number)];
            this.x = new float[ArraySize.of(features, y.length)];
        }

        void fill(int task, double[] means, RandomGenerator rng) {
            for (int i = task * number; i < (task + 1) * number; i++) {
                int label = (int) (way * rng.nextDouble());
                y[i] = label;
                for (int f = 0; f < features; f++) {
                    x[i * features + f] = (float) ((means[label * features + f] + rng.nextGaussian()) / Math.sqrt(2));
                }
            }
        }

        Tensor inputs() {
            return Tensor.of(x, tasks, number, features);
        }

        Tensor targets() {
            return Tensor.of(y, tasks, number);
        }
    }
}
