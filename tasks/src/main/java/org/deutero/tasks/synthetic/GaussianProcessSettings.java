package org.deutero.tasks.synthetic;

import java.util.List;
import java.util.Optional;
import org.deutero.options.Options;
import org.deutero.tasks.SetSizes;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.source.Offer;
import org.deutero.tasks.source.OrderedEpisodes;
import org.deutero.tasks.source.SetSettings;
import org.deutero.tasks.source.SizedTasks;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tasks.source.TaskSettings;
import org.deutero.tensor.DType;

/**
 * Regression on functions drawn from Gaussian processes.
 *
 * @param least shortest length and smallest scale
 * @param most longest length and largest scale
 * @param sets numbers of points
 * @param queries points of the grid that tests are judged on
 */
public record GaussianProcessSettings(RadialKernel least, RadialKernel most, SetSettings sets, int queries)
        implements TaskSettings {
    /** As in the notebook of conditional neural processes. */
    private static final SetSettings STANDARD =
            new SetSettings(new SetSizes(3, 9, 2, 9, 18), 10, List.of(3, 5, 10, 20));

    /** Reads the keys. */
    public static GaussianProcessSettings of(Options o) {
        double length = o.positive("length", 0.4, "over which values are alike; the longest, if there is a shortest");
        double scale = o.positive("scale", 1, "standard deviation of values; the largest, if there is a smallest");
        double jitter = o.positive("jitter", 0.02, "standard deviation of the noise");
        double shortest = o.positive("length-least", length, "the shortest length: each function draws its own");
        double smallest = o.positive("scale-least", scale, "the smallest scale: each function draws its own");
        SetSettings sets = SetSettings.of(o, STANDARD);
        int queries = o.integer("queries", 100, 2, 10_000, "points of the grid that tests are judged on");
        RadialKernel least = SetSettings.checked(
                o, () -> new RadialKernel(shortest, smallest, jitter), "length-least", "scale-least", "jitter");
        RadialKernel most =
                SetSettings.checked(o, () -> new RadialKernel(length, scale, jitter), "length", "scale", "jitter");
        SetSettings.checked(
                o,
                () -> new GaussianProcesses(least, most, sets.training(), 0, DType.FLOAT32),
                "length-least",
                "length",
                "scale-least",
                "scale");
        return new GaussianProcessSettings(least, most, sets, queries);
    }

    @Override
    public List<Offer<?, ?>> offers() {
        return List.of(new OrderedEpisodes(this));
    }

    /** The number of points is drawn once for a batch, so that tasks cannot be drawn one by one. */
    @Override
    public boolean takesLabelKeys() {
        return false;
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
        return sets.shot();
    }

    @Override
    public int convenientShard() {
        return 50;
    }

    @Override
    public TaskSet load(LoadListener listener) {
        GaussianProcesses train = new GaussianProcesses(least, most, sets.training(), 0, DType.FLOAT32);
        GaussianProcesses test = shown(sets.shot());
        List<SizedTasks> bySize = sets.testShots().stream()
                .map(n -> {
                    GaussianProcesses tasks = shown(n);
                    return new SizedTasks(n, tasks, List.of(new ExactPosterior(tasks), new StandardNormal(tasks)));
                })
                .toList();
        return new TaskSet(train, Optional.of(test), test, test, Optional.empty(), bySize);
    }

    private GaussianProcesses shown(int points) {
        return new GaussianProcesses(least, most, SetSizes.of(points), queries, DType.FLOAT32);
    }
}
