package org.deutero.tasks.drawings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.options.Suggestions;
import org.deutero.tasks.ClassSplit;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.files.Mnist;
import org.deutero.tasks.images.ImageFormat;
import org.deutero.tasks.images.LabelledImages;
import org.deutero.tasks.omniglot.Omniglot;
import org.deutero.tasks.source.PictureInputs;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tasks.source.TaskSettings;

/**
 * Few-shot classification of drawings of many kinds and looks, so that a learner meets in training what users will bring. Validation and test are about Omniglot's other characters and signs
 * that no training task showed, where those kinds are chosen, both with all looks.
 *
 * @param drawn what is drawn in meta-training
 * @param train form of its tasks
 * @param test form of the tasks to validate and test on
 * @param size side of the pictures in pixels
 * @param mixed share of the tasks in which each drawing has a look of its own
 * @param plain share of the tasks whose drawings look as in their set
 */
public record DrawingSettings(List<Drawn> drawn, Form train, Form test, int size, double mixed, double plain)
        implements TaskSettings {
    private static final int PICTURED_QUERIES = 5;
    private static final int FEW = 20;

    /** What is drawn. */
    public enum Drawn {
        /** Characters, the alphabetical split; quarter turns are classes. */
        OMNIGLOT,
        /** Signs of strokes, arcs and polygons, new in every task. */
        SYMBOLS,
        /** Silhouettes of clothing, all ten classes and their quarter turns; only in meta-training. */
        FASHION_MNIST;

        String recipeName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** N-way K-shot with so many queries a class. */
    public record Form(int way, int shot, int queries) {}

    /** Reads the keys. */
    public static DrawingSettings of(Options o) {
        List<String> names = Stream.of(Drawn.values()).map(Drawn::recipeName).toList();
        List<Drawn> kinds = new ArrayList<>();
        for (String name : o.texts(
                "kinds",
                List.of("omniglot", "symbols"),
                "what is drawn in meta-training, some of " + String.join(", ", names)
                        + "; a name that stands twice is drawn twice as often")) {
            if (!names.contains(name)) {
                throw new OptionsException(
                        o.path("kinds") + " names " + name + Suggestions.phrase(name, names) + "; expected " + names);
            }
            kinds.add(Drawn.values()[names.indexOf(name)]);
        }
        if (kinds.stream().allMatch(kind -> kind == Drawn.FASHION_MNIST)) {
            throw new OptionsException(o.path("kinds") + " is "
                    + kinds.stream().map(Drawn::recipeName).toList()
                    + "; expected omniglot or symbols among them, since the tests are about those");
        }
        int way = o.integer("way", 5, 2, 40, "classes in a task");
        int shot = o.integer("shot", 1, 1, FEW - 1, "examples of each class to learn from");
        int queries = o.integer("queries", 5, 1, FEW - 1, "examples of each class to be judged on");
        Form test = new Form(way, shot, queries);
        Form train = new Form(
                o.integer("train-way", way, 2, 40, "classes in a task of meta-training"),
                o.integer("train-shot", shot, 1, FEW - 1, "shots in meta-training"),
                o.integer("train-queries", queries, 1, FEW - 1, "queries of each class in meta-training"));
        refuseMany(o, "", test);
        refuseMany(o, "train-", train);
        return new DrawingSettings(
                List.copyOf(kinds),
                train,
                test,
                o.integer("size", 28, 8, 112, "side of the pictures in pixels"),
                o.number("mixed", 0.4, 0, 1, "share of the tasks in which each drawing has its own pen and margins"),
                o.number("plain", 0.25, 0, 1, "share of the tasks whose drawings look as in their set"));
    }

    private static void refuseMany(Options o, String prefix, Form form) {
        if (form.shot() + form.queries() > FEW) {
            throw new OptionsException(o.path(prefix + "shot") + " " + form.shot() + " and " + prefix + "queries "
                    + form.queries() + " need " + (form.shot() + form.queries())
                    + " drawings of a class; expected at most " + FEW + ", as many as Omniglot has");
        }
    }

    @Override
    public TaskShape shape() {
        return TaskShape.images(1, size, test.way());
    }

    @Override
    public int trainWay() {
        return train.way();
    }

    @Override
    public int supportSize() {
        return test.way() * test.shot();
    }

    @Override
    public int convenientShard() {
        return 1;
    }

    @Override
    public Optional<PictureInputs> pictureInputs() {
        return Optional.of(new PictureInputs(ImageFormat.grey(size).invert(), true));
    }

    @Override
    public TaskSet load(LoadListener listener) {
        boolean characters = drawn.contains(Drawn.OMNIGLOT);
        ClassSplit split = Omniglot.vinyals();
        Optional<LabelledImages> omniglot = characters
                ? Optional.of(Omniglot.images(ImageFormat.grey(Canvas.SIDE).invert()))
                : Optional.empty();
        Optional<LabelledImages> clothing = drawn.contains(Drawn.FASHION_MNIST)
                ? Optional.of(Mnist.FASHION.train(Mnist.FASHION.folder()).as(ImageFormat.grey(Canvas.SIDE)))
                : Optional.empty();
        List<DrawingTasks.Kind> trained = drawn.stream()
                .map(kind -> switch (kind) {
                    case OMNIGLOT -> (DrawingTasks.Kind) new SetOfDrawings(omniglot.orElseThrow(), split.train(), true);
                    case SYMBOLS -> DrawingTasks.SYMBOLS;
                    case FASHION_MNIST -> all(clothing.orElseThrow());
                })
                .toList();
        TaskSource<Episodes> tests = tasks(judged(omniglot, split.test()), test);
        return new TaskSet(
                tasks(trained, train),
                Optional.of(tasks(judged(omniglot, split.validation()), test)),
                tests,
                tasks(
                        judged(omniglot, split.test()),
                        new Form(test.way(), test.shot(), Math.min(test.queries(), PICTURED_QUERIES))),
                Optional.empty());
    }

    private static DrawingTasks.Kind all(LabelledImages images) {
        return new SetOfDrawings(
                images, IntStream.range(0, images.classes()).boxed().toList(), true);
    }

    private List<DrawingTasks.Kind> judged(Optional<LabelledImages> omniglot, List<Integer> classes) {
        List<DrawingTasks.Kind> judged = new ArrayList<>();
        omniglot.ifPresent(images -> judged.add(new SetOfDrawings(images, classes, true)));
        if (drawn.contains(Drawn.SYMBOLS)) {
            judged.add(DrawingTasks.SYMBOLS);
        }
        return judged;
    }

    private TaskSource<Episodes> tasks(List<DrawingTasks.Kind> of, Form form) {
        return new DrawingTasks(of, form.way(), form.shot(), form.queries(), size, mixed, plain);
    }
}
