package org.deutero.tasks.synthetic;

import static org.deutero.tasks.synthetic.Sinusoids.between;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;
import org.deutero.tensor.DType;

/**
 * Harmonic regression (Lacoste et al. 2018, "Uncertainty in Multitask Transfer Learning", arXiv 1806.07528):
 * {@code y = a1 sin(w x + b1) + a2 sin(2 w x + b2) + noise}, with w uniform in [5, 7], phases uniform in [0, 2 pi],
 * amplitudes standard normal. A task's inputs are normal with standard deviation 1 about a centre of its own, uniform in
 * [-4, 4].
 *
 * <p>Inputs and targets are {@code [tasks, points, 1]}. Drawing a + b tasks gives the same tasks as drawing a and then b.
 *
 * @param support points to learn from in each task
 * @param query points to be judged on in each task
 * @param noise standard deviation of the normal noise on every target; 0 for none
 * @param dtype FLOAT32 or FLOAT64
 */
public record Harmonics(int support, int query, double noise, DType dtype) implements TaskSource<Episodes> {

    public static final double MIN_FREQUENCY = 5;
    public static final double MAX_FREQUENCY = 7;
    /** Centres lie in [-CENTRE_LIMIT, CENTRE_LIMIT]. */
    public static final double CENTRE_LIMIT = 4;

    /** Refuses empty tasks, negative noise and types that are not floating point. */
    public Harmonics {
        CurvePoints.check(support, query, dtype);
        if (!(noise >= 0 && noise < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the noise is " + noise + ", but it must be a number of at least 0");
        }
    }

    /** Float32, without noise. */
    public static Harmonics of(int support, int query) {
        return new Harmonics(support, query, 0, DType.FLOAT32);
    }

    /** The same in another floating-point type. */
    public Harmonics as(DType other) {
        return new Harmonics(support, query, noise, other);
    }

    @Override
    public Episodes sample(int tasks, RandomGenerator rng) {
        return draw(tasks, rng).episodes();
    }

    /** As {@link #sample}, with the functions behind the tasks. */
    public CurveBatch<Harmonic> draw(int tasks, RandomGenerator rng) {
        CurvePoints points = new CurvePoints(tasks, support, query, dtype);
        List<Harmonic> curves = new ArrayList<>(tasks);
        DoubleSupplier disturbance = noise == 0 ? () -> 0 : () -> noise * rng.nextGaussian();
        for (int t = 0; t < tasks; t++) {
            Harmonic curve = new Harmonic(
                    between(MIN_FREQUENCY, MAX_FREQUENCY, rng),
                    rng.nextGaussian(),
                    between(0, 2 * Math.PI, rng),
                    rng.nextGaussian(),
                    between(0, 2 * Math.PI, rng),
                    between(-CENTRE_LIMIT, CENTRE_LIMIT, rng));
            curves.add(curve);
            DoubleSupplier inputs = () -> curve.centre() + rng.nextGaussian();
            points.support(t, curve, inputs, disturbance);
            points.query(t, curve, inputs, disturbance);
        }
        return new CurveBatch<>(points.episodes(), curves);
    }
}
