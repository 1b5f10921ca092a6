package org.deutero.tasks.synthetic;

import static org.deutero.tasks.synthetic.Sinusoids.between;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.SetSizes;
import org.deutero.tasks.TaskSource;
import org.deutero.tensor.DType;
import org.deutero.tensor.Tensor;

/**
 * Functions drawn from Gaussian processes (Garnelo et al. 2018, arXiv 1807.01613; notebooks of deepmind/neural-processes): inputs uniform in [-2, 2], values normal with a {@link RadialKernel}, whose length and scale are the same for
 * all functions or drawn for each, uniform in their ranges. Covariances are factorised in double precision.
 *
 * <p>Inputs and targets are {@code [tasks, points, 1]}. Queries are either the points shown and some more, as neural processes are trained, or an even grid, noise included. All tasks of a batch have the same
 * numbers of points, drawn once for the batch: unless these are fixed, drawing a + b tasks is not drawing a and then b. A function on a grid does not depend on how many points are shown, and the first of many points are those that fewer
 * would be.
 *
 * @param least shortest length and smallest scale
 * @param most longest length and largest scale, and the noise of all
 * @param sizes numbers of points
 * @param grid points of the grid; 0 for the points shown and more
 * @param dtype FLOAT32 or FLOAT64
 */
public record GaussianProcesses(RadialKernel least, RadialKernel most, SetSizes sizes, int grid, DType dtype)
        implements TaskSource<Episodes> {
    /** Inputs lie in [-X_LIMIT, X_LIMIT]. */
    public static final double X_LIMIT = 2;

    /** Refuses ranges upside down and grids of one point. */
    public GaussianProcesses {
        if (least.length() > most.length() || least.scale() > most.scale()) {
            throw new IllegalArgumentException("the least length and scale, " + least.length() + " and " + least.scale()
                    + ", are above the largest, " + most.length() + " and " + most.scale());
        }
        if (grid < 0 || grid == 1) {
            throw new IllegalArgumentException("a grid needs at least 2 points, not " + grid);
        }
    }

    /** Functions of one kernel. */
    public static GaussianProcesses of(RadialKernel kernel, SetSizes sizes, int grid) {
        return new GaussianProcesses(kernel, kernel, sizes, grid, DType.FLOAT32);
    }

    /**
     * Tasks with the kernel that each function was drawn from.
     *
     * @param episodes the tasks
     * @param kernels of each
     */
    public record Batch(Episodes episodes, List<RadialKernel> kernels) {}

    @Override
    public Episodes sample(int tasks, RandomGenerator rng) {
        return draw(tasks, rng).episodes();
    }

    /** As {@link #sample}, with the kernels. */
    public Batch draw(int tasks, RandomGenerator rng) {
        SetSizes.Drawn drawn = sizes.draw(rng);
        int shown = drawn.shown();
        Points support = new Points(tasks, shown);
        Points query = new Points(tasks, grid > 0 ? grid : shown + drawn.extra());
        List<RadialKernel> kernels = new ArrayList<>(tasks);
        for (int t = 0; t < tasks; t++) {
            SplittableRandom own = new SplittableRandom(rng.nextLong());
            RadialKernel kernel = new RadialKernel(
                    between(least.length(), most.length(), own),
                    between(least.scale(), most.scale(), own),
                    most.jitter());
            kernels.add(kernel);
            double[] x = inputs(shown, drawn.extra(), own.split());
            double[] y = kernel.factor(x).times(normal(x.length, own.split()));
            support.put(t, x, y, grid);
            query.put(t, x, y, 0);
        }
        return new Batch(new Episodes(support.x(), support.y(), query.x(), query.y(), 0), List.copyOf(kernels));
    }

    /** A grid comes first, so that neither its values nor earlier points depend on how many points follow. */
    private double[] inputs(int shown, int extra, RandomGenerator rng) {
        double[] x = new double[grid + shown + (grid > 0 ? 0 : extra)];
        for (int i = 0; i < x.length; i++) {
            double at = i < grid ? -X_LIMIT + 2 * X_LIMIT * i / (grid - 1) : between(-X_LIMIT, X_LIMIT, rng);
            x[i] = dtype == DType.FLOAT32 ? (float) at : at;
        }
        return x;
    }

    private static double[] normal(int n, RandomGenerator rng) {
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = rng.nextGaussian();
        }
        return values;
    }

    private final class Points {
        private final int tasks;
        private final int number;
        private final double[] x;
        private final double[] y;

        Points(int tasks, int number) {
            this.tasks = tasks;
            this.number = number;
            x = new double[ArraySize.of(tasks, number)];
            y = new double[x.length];
        }

        void put(int task, double[] allX, double[] allY, int from) {
            System.arraycopy(allX, from, x, task * number, number);
            System.arraycopy(allY, from, y, task * number, number);
        }

        Tensor x() {
            return Tensor.of(x, tasks, number, 1).to(dtype);
        }

        Tensor y() {
            return Tensor.of(y, tasks, number, 1).to(dtype);
        }
    }
}
