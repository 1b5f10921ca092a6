package org.deutero.tasks.drawings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;
import org.deutero.tensor.Tensor;

/**
 * Draws N-way K-shot tasks of drawings. A task is about one kind of drawing, by even chance; its drawings have one {@link Look} or each their own.
 *
 * <p>Inputs are float32 {@code [tasks, way * shot, 1, side, side]} in [0, 1] with ink 1, labels int64 {@code [tasks, way * shot]}, both class-major; queries likewise.
 *
 * @param kinds what is drawn
 * @param way classes in a task
 * @param shot examples of each to learn from
 * @param queries examples of each to be judged on
 * @param side of a picture in pixels
 * @param mixed share of the tasks in which each drawing has a look of its own
 * @param plain share of the tasks whose drawings look as in their set
 */
record DrawingTasks(List<Kind> kinds, int way, int shot, int queries, int side, double mixed, double plain)
        implements TaskSource<Episodes> {
    private static final Look PLAIN = new Look(0, false, 0, 0, false, 1, 0.05, 0, 0);

    /** Something to draw. */
    @FunctionalInterface
    interface Kind {
        /** Some classes that differ. */
        List<Class> classes(int way, RandomGenerator rng);
    }

    /** Something that is drawn again and again, each time otherwise. */
    @FunctionalInterface
    interface Class {
        /** Draws it on an empty canvas. */
        void on(Canvas canvas, Look look, RandomGenerator rng);
    }

    /** Signs that are new in every task; in three tasks of ten they differ from one sign in a part each. */
    static final Kind SYMBOLS = (way, rng) -> {
        boolean alike = rng.nextDouble() < 0.3;
        Symbol base = Symbol.draw(rng);
        List<Class> classes = new ArrayList<>();
        for (int i = 0; i < way; i++) {
            Symbol symbol = alike ? base.changed(rng) : Symbol.draw(rng);
            classes.add(symbol::on);
        }
        return classes;
    };

    @Override
    public Episodes sample(int tasks, RandomGenerator rng) {
        if (tasks < 1) {
            throw new IllegalArgumentException("asked for " + tasks + " tasks, but a batch has at least 1");
        }
        int size = side * side;
        float[] support = new float[ArraySize.of(tasks, way, shot, size)];
        float[] query = new float[ArraySize.of(tasks, way, queries, size)];
        Canvas canvas = new Canvas();
        for (int t = 0; t < tasks; t++) {
            List<Class> classes = kinds.get(rng.nextInt(kinds.size())).classes(way, rng);
            boolean own = rng.nextDouble() < mixed;
            boolean asInSet = rng.nextDouble() < plain;
            Look common = asInSet ? PLAIN : Look.draw(rng);
            for (int c = 0; c < way; c++) {
                for (int i = 0; i < shot + queries; i++) {
                    Look look = own && !asInSet ? Look.draw(rng) : common;
                    canvas.clear();
                    classes.get(c).on(canvas, look, rng);
                    boolean shown = i < shot;
                    int place = shown ? (t * way + c) * shot + i : (t * way + c) * queries + i - shot;
                    look.picture(canvas, side, rng, shown ? support : query, place * size);
                }
            }
        }
        return new Episodes(
                inputs(support, tasks), labels(tasks, shot), inputs(query, tasks), labels(tasks, queries), way);
    }

    private Tensor inputs(float[] values, int tasks) {
        return Tensor.of(values, tasks, values.length / tasks / (side * side), 1, side, side);
    }

    private Tensor labels(int tasks, int each) {
        long[] labels = new long[ArraySize.of(tasks, way, each)];
        Arrays.setAll(labels, i -> i / each % way);
        return Tensor.of(labels, tasks, (long) way * each);
    }
}
