package org.deutero.tasks.pictures;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.images.ImageFormat;
import org.deutero.tasks.images.LabelledImages;
import org.deutero.tasks.images.StreamSampler;
import org.deutero.tasks.source.Offer;
import org.deutero.tasks.source.OrderedEpisodes;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tasks.source.TaskSettings;

/**
 * A data set to be learned from scratch, in the order of a stream; meta-training may be on another one, of another size.
 *
 * <p>Meta-training judges by other images of the training part, validation by the test part of the set that is meta-trained on, the test by the test part of its own set.
 *
 * @param train tasks of meta-training
 * @param test tasks to test on; validation has meta-training's form, which its images can fill
 */
public record StreamSettings(Part train, Part test) implements TaskSettings {
    private static final List<String> SETS = List.of("mnist", "fashion-mnist", "omniglot");
    private static final Pattern RANGE = Pattern.compile("(\\d+)-(\\d+)");

    /**
     * Where images come from and what tasks are made of them.
     *
     * @param images the set
     * @param format of the images
     * @param crop side of the central square that is used
     * @param form of a task
     * @param sets of classes; empty for all classes
     * @param standardized whether pixels have mean 0 and deviation 1
     */
    public record Part(
            StreamImages images,
            ImageFormat format,
            Optional<Integer> crop,
            StreamSampler.Form form,
            List<List<Integer>> sets,
            boolean standardized) {
        StreamImages.Pools load() {
            return images.load(format, crop);
        }

        TaskSource<Episodes> of(LabelledImages stream, LabelledImages judged, List<Integer> classes) {
            return new StreamSampler(stream, judged, sets.isEmpty() ? List.of(classes) : sets, form, standardized);
        }
    }

    /** Reads the keys. */
    public static StreamSettings of(Options o) {
        String set = o.choice("images", "fashion-mnist", SETS, "set of images that test tasks are made of");
        String trainSet = o.choice("train-images", set, SETS, "set of images to meta-train on");
        int way = o.integer("way", 10, 2, 10_000, "the most classes of a task");
        int support = o.integer("support", 1280, 1, 100_000_000, "images of a task's stream, to learn from");
        int queries = o.integer("queries", 500, 1, 1_000_000, "images to be judged on");
        int size = o.integer("size", 28, 1, 1024, "side of the images in pixels");
        boolean shuffled = o.flag("shuffle-classes", true, "whether classes are numbered at random in every task");
        boolean standardized = o.flag("standardize", false, "whether pixels get mean 0 and deviation 1 over the set");
        Optional<Integer> crop = o.optionalInteger("crop", 1, 1024, "side of the central square that is used");
        List<List<Integer>> sets = sets(o, "class-sets", List.of());
        Part test = new Part(
                StreamImages.named(set),
                ImageFormat.grey(size),
                crop,
                new StreamSampler.Form(way, shuffled, support, queries),
                sets,
                standardized);
        Part train = new Part(
                StreamImages.named(trainSet),
                ImageFormat.grey(o.integer("train-size", size, 1, 1024, "side in meta-training")),
                trainSet.equals(set) && crop.isPresent()
                        ? Optional.of(o.integer("train-crop", crop.get(), 1, 1024, "central square in meta-training"))
                        : o.optionalInteger("train-crop", 1, 1024, "central square in meta-training"),
                new StreamSampler.Form(
                        o.integer("train-way", way, 2, 10_000, "the most classes in meta-training"),
                        shuffled,
                        o.integer("train-support", support, 1, 100_000_000, "images of a stream in meta-training"),
                        o.integer("train-queries", queries, 1, 1_000_000, "images judged on in meta-training")),
                sets(o, "train-class-sets", trainSet.equals(set) ? texts(sets) : List.of()),
                standardized);
        fits(o, "crop", test);
        fits(o, "train-crop", train);
        return new StreamSettings(train, test);
    }

    private static void fits(Options o, String key, Part part) {
        part.crop().filter(side -> side > part.images().side()).ifPresent(side -> {
            throw new OptionsException(o.path(key) + " must be at most "
                    + part.images().side() + ", the side of the pictures, not " + side);
        });
    }

    private static List<String> texts(List<List<Integer>> sets) {
        return sets.stream().map(s -> s.get(0) + "-" + s.get(s.size() - 1)).toList();
    }

    private static List<List<Integer>> sets(Options o, String key, List<String> standard) {
        return o
                .texts(key, standard, "ranges of classes such as 0-4, from one of which a task is made; all if none")
                .stream()
                .map(range -> {
                    Matcher m = RANGE.matcher(range);
                    if (!m.matches() || Integer.parseInt(m.group(1)) >= Integer.parseInt(m.group(2))) {
                        throw new OptionsException(
                                o.path(key) + " must be ranges of classes such as 0-4, not " + range);
                    }
                    return IntStream.rangeClosed(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)))
                            .boxed()
                            .toList();
                })
                .toList();
    }

    @Override
    public List<Offer<?, ?>> offers() {
        return List.of(new OrderedEpisodes(this));
    }

    @Override
    public TaskShape shape() {
        return TaskShape.images(1, test.format().height(), test.form().way());
    }

    @Override
    public int trainWay() {
        return train.form().way();
    }

    @Override
    public int supportSize() {
        return test.form().support();
    }

    @Override
    public int convenientShard() {
        return 4;
    }

    @Override
    public int examples() {
        return 0;
    }

    @Override
    public TaskSet load(LoadListener listener) {
        StreamImages.Pools own = train.load();
        StreamImages.Pools others = train.images() == test.images()
                        && train.format().equals(test.format())
                        && train.crop().equals(test.crop())
                ? own
                : test.load();
        TaskSource<Episodes> unseen = test.of(others.stream(), others.judged(), others.test());
        return new TaskSet(
                train.of(own.stream(), own.stream(), own.train()),
                Optional.of(train.of(own.stream(), own.judged(), own.validation())),
                unseen,
                unseen,
                Optional.of(others.stream()));
    }
}
