package org.deutero.tasks.synthetic;

import java.util.random.RandomGenerator;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;
import org.deutero.tensor.Tensor;

/**
 * Classification of points near prototypes that are drawn anew in every task: a prototype is a random direction of length 2, a point the prototype + N(0, deviation^2 I). Telling classes apart is easy; which number a class has must be remembered.
 *
 * <p>Inputs are float32 {@code [tasks, way * shot, features]}, labels int64, both class-major. Drawing a + b tasks gives the same tasks as drawing a and then b.
 *
 * @param features of a point
 * @param way classes of each task
 * @param shot support points of each class
 * @param queries query points of each class
 * @param deviation of points around their prototype, in each feature
 */
public record NoisyPrototypes(int features, int way, int shot, int queries, double deviation)
        implements TaskSource<Episodes> {
    private static final double LENGTH = 2;

    /** Refuses empty tasks. */
    public NoisyPrototypes {
        if (features < 1 || way < 2 || shot < 1 || queries < 1) {
            throw new IllegalArgumentException("tasks of prototypes need 1 feature, 2 classes, 1 shot and 1 query, not "
                    + features + ", " + way + ", " + shot + " and " + queries);
        }
    }

    @Override
    public Episodes sample(int tasks, RandomGenerator rng) {
        float[] support = new float[ArraySize.of(tasks, way, shot, features)];
        float[] query = new float[ArraySize.of(tasks, way, queries, features)];
        for (int c = 0; c < tasks * way; c++) {
            double[] prototype = prototype(rng);
            scatter(prototype, rng, support, c * shot * features, shot);
            scatter(prototype, rng, query, c * queries * features, queries);
        }
        return new Episodes(
                Tensor.of(support, tasks, (long) way * shot, features),
                labels(tasks, shot),
                Tensor.of(query, tasks, (long) way * queries, features),
                labels(tasks, queries),
                way);
    }

    private double[] prototype(RandomGenerator rng) {
        double[] p = new double[features];
        double norm = 0;
        for (int i = 0; i < features; i++) {
            p[i] = rng.nextGaussian();
            norm += p[i] * p[i];
        }
        for (int i = 0; i < features; i++) {
            p[i] *= LENGTH / Math.sqrt(norm);
        }
        return p;
    }

    private void scatter(double[] prototype, RandomGenerator rng, float[] points, int from, int number) {
        for (int i = 0; i < number * features; i++) {
            points[from + i] = (float) (prototype[i % features] + deviation * rng.nextGaussian());
        }
    }

    private Tensor labels(int tasks, int each) {
        long[] labels = new long[ArraySize.of(tasks, way, each)];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i / each % way;
        }
        return Tensor.of(labels, tasks, (long) way * each);
    }
}
