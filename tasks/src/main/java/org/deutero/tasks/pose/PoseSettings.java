package org.deutero.tasks.pose;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.deutero.options.Options;
import org.deutero.tasks.DataException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.source.Offer;
import org.deutero.tasks.source.OrderedEpisodes;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tasks.source.TaskSettings;

/**
 * Pose regression.
 *
 * @param sizes numbers of pictures
 * @param shape of tasks
 * @param scale what a full turn counts
 * @param loader brings the pictures
 */
public record PoseSettings(Sizes sizes, TaskShape shape, double scale, Loader loader) implements TaskSettings {
    private static final int MOST = 10_000;
    private static final int PICTURED = 8;

    /**
     * Numbers of pictures.
     *
     * @param shot to learn from
     * @param trainQueries to be judged on in meta-training
     * @param queries to be judged on otherwise
     */
    private record Sizes(int shot, int trainQueries, int queries) {}

    /**
     * Objects by part.
     *
     * @param validation may be without objects
     */
    private record Parts(Views train, Views validation, Views test) {}

    /** Brings the pictures. */
    @FunctionalInterface
    private interface Loader {
        Parts load(LoadListener listener);
    }

    /** Reads the keys. */
    public static PoseSettings of(Options o) {
        int shot = o.integer("shot", 10, 1, MOST, "pictures of an object to learn from");
        Sizes sizes = new Sizes(
                shot,
                o.integer("train-queries", shot, 1, MOST, "pictures to be judged on, in meta-training"),
                o.integer("queries", 30, 1, MOST, "pictures to be judged on"));
        int size = o.integer("size", 32, 4, 512, "side of the pictures in pixels");
        double scale = o.positive("scale", 10, "what a full turn counts in targets, which lie in [0, scale)");
        int held = o.integer(
                "validation-objects", 10, 0, MOST, "objects to validate on; with a path the last of those to train on");
        Optional<String> path = o.optionalText(
                "path", "arrays train_x, train_y, val_x, val_y in an .npz file; if left out, objects are made up");
        if (path.isPresent()) {
            Path file = Path.of(path.get());
            return new PoseSettings(sizes, shape(size, 1), scale, listener -> read(file, size, held));
        }
        Views.Axis axis = o.choice(
                "turn",
                Views.Axis.DEPTH,
                "what turns: the object about its upright axis (depth), the picture (plane), or both");
        int train = o.integer("train-objects", 50, 1, MOST, "objects to train on");
        int test = o.integer("test-objects", 15, 1, MOST, "objects to test on");
        int views = o.integer("views", 100, 2, MOST, "pictures of each object");
        Views.Plan plan = new Views.Plan(
                train + held + test,
                views,
                size,
                axis,
                o.number("elevation", 25, -90, 90, "degrees by which the camera looks down"),
                o.number("tilt", 10, 0, 90, "most degrees more or less, by chance for each picture"),
                o.longInteger("object-seed", 1, "seed of the objects and their pictures"));
        return new PoseSettings(sizes, shape(size, axis.outputs()), scale, listener -> {
            Views all = Views.rendered(plan, 0, plan.objects());
            return new Parts(all.part(0, train), all.part(train, train + held), all.part(train + held, plan.objects()));
        });
    }

    private static TaskShape shape(int size, int outputs) {
        return new TaskShape(List.of(1L, (long) size, (long) size), outputs, Objective.SQUARED_ERROR);
    }

    private static Parts read(Path file, int size, int held) {
        Views train = PoseFiles.read(file, "train", size);
        if (held >= train.objects()) {
            throw new DataException(file + " has " + train.objects() + " objects to train on, but " + held
                    + " of them are to validate on (tasks.validation-objects)");
        }
        int left = train.objects() - held;
        return new Parts(train.part(0, left), train.part(left, train.objects()), PoseFiles.read(file, "val", size));
    }

    @Override
    public double period() {
        return scale;
    }

    @Override
    public List<Offer<?, ?>> offers() {
        return List.of(new OrderedEpisodes(this));
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
        return 10;
    }

    @Override
    public TaskSet load(LoadListener listener) {
        Parts parts = loader.load(listener);
        return new TaskSet(
                tasks(parts.train(), sizes.trainQueries()),
                parts.validation().objects() == 0
                        ? Optional.empty()
                        : Optional.of(tasks(parts.validation(), sizes.queries())),
                tasks(parts.test(), sizes.queries()),
                tasks(parts.test(), Math.min(sizes.queries(), PICTURED)),
                Optional.empty());
    }

    private TaskSource<Episodes> tasks(Views views, int queries) {
        try {
            return new PoseTasks(views, sizes.shot(), queries, scale);
        } catch (IllegalArgumentException e) {
            throw new DataException(e.getMessage() + " (tasks.shot, tasks.queries, tasks.views)", e);
        }
    }
}
