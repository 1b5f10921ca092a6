package org.deutero.tasks.synthetic;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;
import org.deutero.tensor.DType;

/**
 * Sinusoid regression (Finn, Abbeel and Levine 2017, section 5.1): {@code y = A sin(x - phase)} with A uniform in
 * [0.1, 5], phase uniform in [0, pi], x uniform in [-5, 5] unless other ranges are given, no noise.
 *
 * <p>Inputs and targets are {@code [tasks, points, 1]}. Drawing a + b tasks gives the same tasks as drawing a and then b.
 *
 * @param support points to learn from in each task (K)
 * @param query points to be judged on in each task
 * @param grid whether the query points are an even grid over the range of x, ends included, instead of random: for evaluation
 *     and plots
 * @param dtype FLOAT32 or FLOAT64
 * @param ranges of amplitude, phase and inputs
 */
public record Sinusoids(int support, int query, boolean grid, DType dtype, Ranges ranges)
        implements TaskSource<Episodes> {

    public static final double MIN_AMPLITUDE = 0.1;
    public static final double MAX_AMPLITUDE = 5;
    public static final double MAX_PHASE = Math.PI;
    /** Inputs lie in [-X_LIMIT, X_LIMIT] in the paper. */
    public static final double X_LIMIT = 5;

    /**
     * What is drawn uniformly.
     *
     * @param amplitude of the curves
     * @param phase in radians
     * @param x of the points
     */
    public record Ranges(Range amplitude, Range phase, Range x) {
        /** Those of the paper. */
        public static final Ranges PUBLISHED = new Ranges(
                new Range(MIN_AMPLITUDE, MAX_AMPLITUDE), new Range(0, MAX_PHASE), new Range(-X_LIMIT, X_LIMIT));
    }

    /** In the ranges of the paper. */
    public Sinusoids(int support, int query, boolean grid, DType dtype) {
        this(support, query, grid, dtype, Ranges.PUBLISHED);
    }

    /** Refuses empty tasks and types that are not floating point. */
    public Sinusoids {
        CurvePoints.check(support, query, dtype);
        if (grid && query < 2) {
            throw new IllegalArgumentException("a grid needs at least 2 query points, not " + query);
        }
    }

    /** Random support and query points, float32. */
    public static Sinusoids of(int support, int query) {
        return new Sinusoids(support, query, false, DType.FLOAT32);
    }

    /** Random support points; the query is a grid of 100 points, the customary test. */
    public static Sinusoids evaluation(int support) {
        return new Sinusoids(support, 100, true, DType.FLOAT32);
    }

    /** The same in another floating-point type. */
    public Sinusoids as(DType other) {
        return new Sinusoids(support, query, grid, other, ranges);
    }

    @Override
    public Episodes sample(int tasks, RandomGenerator rng) {
        return draw(tasks, rng).episodes();
    }

    /** As {@link #sample}, with the functions behind the tasks. */
    public CurveBatch<Sinusoid> draw(int tasks, RandomGenerator rng) {
        CurvePoints points = new CurvePoints(tasks, support, query, dtype);
        List<Sinusoid> curves = new ArrayList<>(tasks);
        DoubleSupplier uniform = () -> ranges.x().draw(rng);
        DoubleSupplier none = () -> 0;
        for (int t = 0; t < tasks; t++) {
            Sinusoid curve =
                    new Sinusoid(ranges.amplitude().draw(rng), ranges.phase().draw(rng));
            curves.add(curve);
            points.support(t, curve, uniform, none);
            points.query(t, curve, grid ? ranges.x().grid(query) : uniform, none);
        }
        return new CurveBatch<>(points.episodes(), curves);
    }

    /** From a and b by nextDouble alone, whose bits are the same in every Java version. */
    static double between(double a, double b, RandomGenerator rng) {
        return a + (b - a) * rng.nextDouble();
    }
}
