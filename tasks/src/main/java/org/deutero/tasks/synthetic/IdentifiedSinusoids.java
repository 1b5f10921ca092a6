package org.deutero.tasks.synthetic;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;
import org.deutero.tensor.DType;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Sinusoids whose inputs say which one they are of, so that a network can learn them by heart instead of learning to learn (Yin, Tucker, Zhou, Levine, Finn 2020, arXiv 1912.03820, section 6.1, by the released notebook):
 * {@code y = A sin(x) + noise}, inputs [x; unit vector of the identity]. In meta-training the amplitude is that of the identity on an even grid; in use it is any amplitude, and the identity is drawn by itself, so it misleads.
 *
 * <p>Inputs are {@code [tasks, points, 1 + identities]}, or {@code [tasks, points, 1]} without identities; targets {@code [tasks, points, 1]}. Drawing a + b tasks gives the same tasks as drawing a and then b.
 *
 * @param support points to learn from in each task
 * @param query points to be judged on in each task
 * @param family which sinusoids there are
 * @param use whether this is how tasks are in use; then query points are an even grid over the range of x
 */
public record IdentifiedSinusoids(int support, int query, Family family, boolean use) implements TaskSource<Episodes> {
    /**
     * Which sinusoids there are.
     *
     * @param amplitude the first and the last of the grid
     * @param identities points of the grid
     * @param trained how many of them, from the first, meta-training sees
     * @param noise standard deviation of the normal noise on every target
     * @param shown whether inputs tell the identity
     */
    public record Family(Range amplitude, int identities, int trained, double noise, boolean shown) {
        /** That of the paper. */
        public static final Family PUBLISHED = new Family(new Range(0.1, 4), 20, 16, 0.1, true);

        /** Refuses grids without identities to train on. */
        public Family {
            if (identities < 2 || trained < 1 || trained > identities) {
                throw new IllegalArgumentException("of " + identities + " identities " + trained
                        + " to train on; expected at least 2, and 1 to all of them");
            }
        }

        /** The amplitude of an identity. */
        public double amplitude(int identity) {
            return amplitude.low() + (amplitude.high() - amplitude.low()) * identity / (identities - 1);
        }

        /** Numbers in an input. */
        public int inputs() {
            return shown ? 1 + identities : 1;
        }
    }

    /** Refuses empty tasks. */
    public IdentifiedSinusoids {
        CurvePoints.check(support, query, DType.FLOAT32);
        if (use && query < 2) {
            throw new IllegalArgumentException("a grid needs at least 2 query points, not " + query);
        }
    }

    @Override
    public Episodes sample(int tasks, RandomGenerator rng) {
        Range x = Sinusoids.Ranges.PUBLISHED.x();
        CurvePoints points = new CurvePoints(tasks, support, query, DType.FLOAT32);
        float[] identities = new float[ArraySize.of(tasks, family.identities())];
        for (int t = 0; t < tasks; t++) {
            int identity = (int) (rng.nextDouble() * (use ? family.identities() : family.trained()));
            double amplitude = use ? family.amplitude().draw(rng) : family.amplitude(identity);
            identities[t * family.identities() + identity] = 1;
            Sinusoid curve = new Sinusoid(amplitude, 0);
            points.support(t, curve, () -> x.draw(rng), () -> family.noise() * rng.nextGaussian());
            points.query(t, curve, use ? x.grid(query) : () -> x.draw(rng), () -> family.noise() * rng.nextGaussian());
        }
        Episodes drawn = points.episodes();
        if (!family.shown()) {
            return drawn;
        }
        Tensor units = Tensor.of(identities, tasks, 1, family.identities());
        return new Episodes(
                with(drawn.supportX(), units), drawn.supportY(), with(drawn.queryX(), units), drawn.queryY(), 0);
    }

    private static Tensor with(Tensor x, Tensor units) {
        return Tensors.cat(List.of(x, units.expand(-1, x.size(1), -1)), 2);
    }
}
