package org.deutero.tasks.synthetic;

import java.util.List;
import java.util.Optional;
import org.deutero.options.Options;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.source.Offer;
import org.deutero.tasks.source.OrderedEpisodes;
import org.deutero.tasks.source.SetSettings;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tasks.source.TaskSettings;

/**
 * Sinusoids that can be memorised, since inputs tell which one they are of.
 *
 * @param sizes numbers of points
 * @param inputs numbers in an input
 * @param makers of tasks
 */
public record NonExclusiveSettings(Sizes sizes, int inputs, Makers makers) implements TaskSettings {
    private static final int PLOTTED = 200;
    private static final int MOST = 100_000;

    /**
     * Numbers of points.
     *
     * @param shot to learn from
     * @param trainShot the same in meta-training
     * @param trainQueries to be judged on in meta-training
     * @param queries to be judged on otherwise, an even grid
     */
    private record Sizes(int shot, int trainShot, int trainQueries, int queries) {
        static Sizes of(Options o, int shot, int trainShot) {
            int trained = o.integer("train-shot", trainShot, 1, MOST, "points to learn from, in meta-training");
            return new Sizes(
                    o.integer("shot", shot, 1, MOST, "points to learn from"),
                    trained,
                    o.integer("train-queries", trained, 1, MOST, "points to be judged on, in meta-training"),
                    o.integer("queries", PLOTTED, 2, MOST, "points to be judged on, an even grid"));
        }
    }

    /** Makes tasks of so many points. */
    @FunctionalInterface
    private interface Maker {
        TaskSource<Episodes> tasks(int shot, int queries);
    }

    /**
     * Makers of tasks.
     *
     * @param train of those of meta-training
     * @param validation of those to choose by
     * @param test of those to report on
     */
    private record Makers(Maker train, Maker validation, Maker test) {}

    /** Reads the keys of sinusoids with identities. */
    public static NonExclusiveSettings identified(Options o) {
        IdentifiedSinusoids.Family standard = IdentifiedSinusoids.Family.PUBLISHED;
        Sizes sizes = Sizes.of(o, 5, 10);
        Range amplitude =
                Range.of(o, "amplitude", standard.amplitude(), "least and greatest amplitude, the ends of the grid");
        int identities = o.integer("identities", standard.identities(), 2, 10_000, "amplitudes on the grid");
        int trained = o.integer(
                "train-identities", standard.trained(), 1, 10_000, "how many of them, from the least, are trained on");
        double noise = o.number("noise", standard.noise(), 0, 1e6, "standard deviation of the noise on targets");
        boolean shown = o.flag(
                "identity",
                standard.shown(),
                "whether inputs tell which amplitude they are of; when the learner is used they say anything");
        IdentifiedSinusoids.Family family = SetSettings.checked(
                o,
                () -> new IdentifiedSinusoids.Family(amplitude, identities, trained, noise, shown),
                "identities",
                "train-identities");
        Maker use = (shot, queries) -> new IdentifiedSinusoids(shot, queries, family, true);
        return new NonExclusiveSettings(
                sizes,
                family.inputs(),
                new Makers((shot, queries) -> new IdentifiedSinusoids(shot, queries, family, false), use, use));
    }

    /** Reads the keys of sinusoids on intervals. */
    public static NonExclusiveSettings intervals(Options o) {
        Sizes sizes = Sizes.of(o, 10, 10);
        List<IntervalSinusoids.Piece> all =
                IntervalSinusoids.all(o.longInteger("curve-seed", 1, "seed of amplitudes and phases"));
        return new NonExclusiveSettings(
                sizes,
                1,
                new Makers(
                        (shot, queries) -> new IntervalSinusoids(shot, queries, IntervalSinusoids.training(all), false),
                        (shot, queries) ->
                                new IntervalSinusoids(shot, queries, IntervalSinusoids.validation(all), true),
                        (shot, queries) -> new IntervalSinusoids(shot, queries, IntervalSinusoids.test(all), true)));
    }

    @Override
    public List<Offer<?, ?>> offers() {
        return List.of(new OrderedEpisodes(this));
    }

    @Override
    public TaskShape shape() {
        return TaskShape.regression(inputs, 1);
    }

    @Override
    public int trainWay() {
        return 0;
    }

    @Override
    public int supportSize() {
        return sizes.shot();
    }

    @Override
    public int convenientShard() {
        return 50;
    }

    @Override
    public TaskSet load(LoadListener listener) {
        return new TaskSet(
                makers.train().tasks(sizes.trainShot(), sizes.trainQueries()),
                Optional.of(makers.validation().tasks(sizes.shot(), sizes.queries())),
                makers.test().tasks(sizes.shot(), sizes.queries()),
                makers.test().tasks(sizes.shot(), PLOTTED),
                Optional.empty());
    }
}
