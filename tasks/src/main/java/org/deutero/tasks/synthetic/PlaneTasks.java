package org.deutero.tasks.synthetic;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;
import org.deutero.tensor.Tensor;

/**
 * Classifications of points of the plane, each task of a family drawn at random. Points come in random order, so a support set is a stream
 * that a learning rule can go through from the front.
 *
 * <p>Inputs are float32 {@code [tasks, points, 2]}, labels int64 {@code [tasks, points]}. Drawing a + b tasks gives the same tasks as drawing a and then b.
 *
 * @param families to draw from, each as likely as it is often in the list
 * @param way classes of each task; more than 2 for blobs only
 * @param support points to learn from, in order
 * @param query points to be judged on
 */
public record PlaneTasks(List<Plane> families, int way, int support, int query) implements TaskSource<Episodes> {

    /** Refuses empty tasks and families that do not have so many classes. */
    public PlaneTasks {
        families = List.copyOf(families);
        if (families.isEmpty() || way < 2 || support < 1 || query < 1) {
            throw new IllegalArgumentException(
                    "tasks of the plane need a family, 2 classes, 1 support and 1 query point, not " + families + ", "
                            + way + ", " + support + " and " + query);
        }
        for (Plane family : families) {
            if (family.classes() < way) {
                throw new IllegalArgumentException(
                        "the family " + family + " has " + family.classes() + " classes, not " + way);
            }
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
            Plane family = families.get(rng.nextInt(families.size()));
            supports.fill(t, family, way, rng);
            queries.fill(t, family, way, rng);
        }
        return new Episodes(supports.inputs(), supports.targets(), queries.inputs(), queries.targets(), way);
    }

    /** Points of all tasks with their labels. */
    private static final class Points {
        private final int tasks;
        private final int number;
        private final float[] x;
        private final long[] y;

        Points(int tasks, int number) {
            this.tasks = tasks;
            this.number = number;
            this.y = new long[ArraySize.of(tasks, number)];
            this.x = new float[ArraySize.of(2, y.length)];
        }

        void fill(int task, Plane family, int way, RandomGenerator rng) {
            double[] point = new double[2];
            for (int i = task * number; i < (task + 1) * number; i++) {
                y[i] = family.draw(way, rng, point);
                x[2 * i] = (float) point[0];
                x[2 * i + 1] = (float) point[1];
            }
        }

        Tensor inputs() {
            return Tensor.of(x, tasks, number, 2);
        }

        Tensor targets() {
            return Tensor.of(y, tasks, number);
        }
    }
}
