package org.deutero.tasks.synthetic;

import java.util.List;
import java.util.Optional;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.source.Offer;
import org.deutero.tasks.source.OrderedEpisodes;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tasks.source.TaskSettings;
import org.deutero.tensor.DType;

/**
 * Regression on functions made from formulae.
 *
 * @param harmonic whether a second tone is added and each task has a stretch of its own
 * @param shot points to learn from
 * @param queries points to be judged on, in meta-training
 * @param testQueries points to be judged on otherwise: an even grid for sinusoids
 * @param noise of targets; harmonic only
 * @param ranges of sinusoids; harmonics have their own
 */
public record CurveSettings(
        boolean harmonic, int shot, int queries, int testQueries, double noise, Sinusoids.Ranges ranges)
        implements TaskSettings {
    private static final int PLOTTED = 200;

    /** Reads the keys. */
    public static CurveSettings of(Options o, boolean harmonic) {
        int shot = o.integer("shot", 10, 1, 100_000, "points to learn from");
        return new CurveSettings(
                harmonic,
                shot,
                o.integer("train-queries", shot, 1, 100_000, "points to be judged on, in meta-training"),
                o.integer("queries", 100, 2, 100_000, "points to be judged on, an even grid for sinusoids"),
                harmonic ? o.number("noise", 0, 0, 1e6, "standard deviation of the noise on targets") : 0,
                harmonic ? Sinusoids.Ranges.PUBLISHED : ranges(o));
    }

    private static Sinusoids.Ranges ranges(Options o) {
        Sinusoids.Ranges published = Sinusoids.Ranges.PUBLISHED;
        Sinusoids.Ranges ranges = new Sinusoids.Ranges(
                Range.of(o, "amplitude", published.amplitude(), "least and greatest amplitude of a sinusoid"),
                Range.of(o, "phase", published.phase(), "least and greatest phase, in radians"),
                Range.of(o, "x", published.x(), "least and greatest input of points"));
        if (ranges.x().low() == ranges.x().high()) {
            throw new OptionsException(o.path("x") + " is a single point; expected two numbers, the first less");
        }
        return ranges;
    }

    @Override
    public List<Offer<?, ?>> offers() {
        return List.of(new OrderedEpisodes(this));
    }

    @Override
    public TaskShape shape() {
        return TaskShape.regression(1, 1);
    }

    @Override
    public int trainWay() {
        return 0;
    }

    @Override
    public int supportSize() {
        return shot;
    }

    @Override
    public int convenientShard() {
        return 50;
    }

    @Override
    public TaskSet load(LoadListener listener) {
        TaskSource<Episodes> test = tasks(testQueries, true);
        return new TaskSet(tasks(queries, false), Optional.of(test), test, tasks(PLOTTED, true), Optional.empty());
    }

    private TaskSource<Episodes> tasks(int points, boolean grid) {
        return harmonic
                ? new Harmonics(shot, points, noise, DType.FLOAT32)
                : new Sinusoids(shot, points, grid, DType.FLOAT32, ranges);
    }
}
