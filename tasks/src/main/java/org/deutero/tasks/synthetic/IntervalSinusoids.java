package org.deutero.tasks.synthetic;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;
import org.deutero.tensor.DType;

/**
 * Ten sinusoids, each on an interval of its own, so that an input tells which one it is of and a network can learn all of them by heart (Rajendran, Irpan, Jang 2020, arXiv 2007.05549, section 5.2). Six are for
 * meta-training, two each for validation and test. Unlike the released code, points are drawn anew in every batch.
 *
 * <p>Inputs and targets are {@code [tasks, points, 1]}. Drawing a + b tasks gives the same tasks as drawing a and then b.
 *
 * @param support points to learn from in each task
 * @param query points to be judged on in each task
 * @param pieces the tasks, each as likely
 * @param grid whether query points are an even grid over the interval instead of random
 */
public record IntervalSinusoids(int support, int query, List<Piece> pieces, boolean grid)
        implements TaskSource<Episodes> {
    private static final double LENGTH = 0.5;
    private static final double[] STARTS = {4, -1, -2, 1, 3, -3, -5, 2, 0, -4};
    private static final int TRAINED = 6;
    private static final int VALIDATED = 2;

    /**
     * A task.
     *
     * @param curve its function
     * @param x where its inputs lie
     */
    public record Piece(Sinusoid curve, Range x) {}

    /** All ten tasks, their amplitudes and phases drawn from a seed. */
    public static List<Piece> all(long seed) {
        RandomGenerator rng = new SplittableRandom(seed);
        Sinusoids.Ranges ranges = Sinusoids.Ranges.PUBLISHED;
        List<Piece> pieces = new ArrayList<>();
        for (double start : STARTS) {
            Sinusoid curve =
                    new Sinusoid(ranges.amplitude().draw(rng), ranges.phase().draw(rng));
            pieces.add(new Piece(curve, new Range(start, start + LENGTH)));
        }
        return pieces;
    }

    /** Those for meta-training. */
    static List<Piece> training(List<Piece> all) {
        return all.subList(0, TRAINED);
    }

    /** Those for validation. */
    static List<Piece> validation(List<Piece> all) {
        return all.subList(TRAINED, TRAINED + VALIDATED);
    }

    /** Those for the test. */
    static List<Piece> test(List<Piece> all) {
        return all.subList(TRAINED + VALIDATED, all.size());
    }

    /** Refuses empty tasks. */
    public IntervalSinusoids {
        CurvePoints.check(support, query, DType.FLOAT32);
        pieces = List.copyOf(pieces);
        if (pieces.isEmpty() || (grid && query < 2)) {
            throw new IllegalArgumentException("expected at least one task, and 2 query points for a grid, not "
                    + pieces.size() + " and " + query);
        }
    }

    @Override
    public Episodes sample(int tasks, RandomGenerator rng) {
        CurvePoints points = new CurvePoints(tasks, support, query, DType.FLOAT32);
        for (int t = 0; t < tasks; t++) {
            Piece piece = pieces.get((int) (rng.nextDouble() * pieces.size()));
            DoubleSupplier uniform = () -> piece.x().draw(rng);
            points.support(t, piece.curve(), uniform, () -> 0);
            points.query(t, piece.curve(), grid ? piece.x().grid(query) : uniform, () -> 0);
        }
        return points.episodes();
    }
}
