package org.deutero.tasks.pictures;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.SplitSizes;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.images.ImageFormat;
import org.deutero.tasks.images.LabelledImages;
import org.deutero.tasks.images.SplitImages;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tasks.projection.Curriculum;
import org.deutero.tasks.projection.ImagePool;
import org.deutero.tasks.projection.ProjectedSequences;
import org.deutero.tasks.projection.ProjectedSequences.Form;
import org.deutero.tasks.projection.RandomImages;
import org.deutero.tasks.projection.Statistics;
import org.deutero.tasks.projection.TaskFamily;
import org.deutero.tasks.projection.TaskNumbers;
import org.deutero.tasks.projection.TaskNumbers.Which;
import org.deutero.tasks.sequence.Sequences;
import org.deutero.tasks.source.OtherSettings;
import org.deutero.tasks.source.SetSettings;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tasks.source.Tasks;

/**
 * Sequences of projected images. The test is made of tasks that are not met in meta-training, on images that are held out; as parts of it, of tasks that are met, of other sets of images, and of pictures as they are.
 *
 * @param base the images of meta-training
 * @param side of them
 * @param family of tasks
 * @param numbers of those in meta-training
 * @param form of a sequence
 * @param trained the same in meta-training
 * @param curriculum of meta-training
 * @param testSets other sets to test on, by name
 * @param parts of the test
 */
public record ProjectedSettings(
        Base base,
        int side,
        TaskFamily family,
        TaskNumbers numbers,
        Form form,
        Form trained,
        Optional<Curriculum> curriculum,
        List<String> testSets,
        List<String> parts)
        implements OtherSettings<Sequences, TaskShape> {
    private static final String RANDOM = "random-vectors";
    private static final String OWN = "own";
    private static final String SEEN = "seen";
    private static final String IDENTITY = "identity";
    private static final String ORDERED = "unpermuted";
    private static final List<String> SETS = List.of("mnist", "fashion-mnist", "omniglot", RANDOM);
    private static final int MOST = 1_000_000;

    /** Loads a set of images, parted. */
    @FunctionalInterface
    private interface Base {
        StreamImages.Pools load(LoadListener listener);
    }

    /** Reads the keys. */
    public static ProjectedSettings of(Options o) {
        String images = o.choice(
                "images",
                "mnist",
                List.of("mnist", "fashion-mnist", "omniglot", RANDOM, OWN),
                "images of meta-training: a set, ten images of noise, or your own pictures");
        int way = o.integer("way", 10, 2, 10_000, "classes of a task");
        int side = o.integer("size", 14, 1, 256, "side of the images in pixels; larger ones are averaged over areas");
        Base base = images.equals(OWN) ? own(o, side, way) : listener -> named(images, side);
        int pixels = side * side;
        int outputs = o.integer("projection", pixels, 1, 100_000, "numbers in a projected image");
        TaskFamily family = SetSettings.checked(
                o,
                () -> new TaskFamily(
                        o.longInteger("task-seed", 1, "seed of all projections and orders of labels"),
                        pixels,
                        outputs,
                        o.positive("projection-scale", 1, "deviation of a projection's entries, times sqrt(pixels)"),
                        o.number("projection-bias", 0, 0, 1e6, "deviation of what a projection adds")));
        TaskNumbers numbers = TaskNumbers.seen(
                o.longInteger(
                        "number",
                        0,
                        "tasks of meta-training, each a projection and an order of labels; 0: new ones all the time"),
                o.number("bias", 0, 0, 1, "share of drawn tasks that are the first one instead, in meta-training"));
        int length = o.integer("length", 100, 1, MOST, "images of a sequence");
        ArraySize.check(
                o,
                "a projection",
                new ArraySize.Factor("projection", outputs),
                new ArraySize.Factor("size", side),
                new ArraySize.Factor("size", side));
        ArraySize.check(
                o,
                "a sequence",
                new ArraySize.Factor("length", length),
                new ArraySize.Factor("size", side),
                new ArraySize.Factor("size", side));
        Statistics statistics = o.choice(
                "statistics",
                Statistics.SEQUENCE,
                "over what pixels get mean 0 and deviation 1: each sequence, the batch, or none");
        Form trained = new Form(
                way,
                length,
                o.integer("together", 1, 1, MOST, "consecutive sequences of meta-training that have one task"),
                statistics,
                o.number(
                        "label-permutation",
                        1,
                        0,
                        1,
                        "probability that labels stand in the task's order in meta-training"),
                o.integer(
                        "label-annealing",
                        0,
                        0,
                        Integer.MAX_VALUE,
                        "iterations in which that probability grows from 0"));
        int growing = o.integer(
                "curriculum", 0, 0, Integer.MAX_VALUE, "iterations in which tasks grow to their full size; 0 for none");
        Optional<Curriculum> curriculum = growing == 0
                ? Optional.empty()
                : Optional.of(new Curriculum(
                        growing,
                        o.integer("first-way", way, 2, way, "classes of a task at the start of the curriculum"),
                        o.integer("first-length", length, 1, length, "images of a sequence at its start"),
                        o.integer("first-number", 1, 1, Integer.MAX_VALUE, "tasks of meta-training at its start")));
        List<String> sets = known(o, "test-sets", List.of(), SETS, "other sets of images to test on");
        List<String> parts = known(
                o,
                "test-parts",
                List.of(SEEN),
                List.of(SEEN, IDENTITY, ORDERED),
                "further tests: seen, tasks of meta-training; identity, pixels as they are in classes of their own order; unpermuted, labels in that order");
        if (parts.contains(IDENTITY) && outputs != pixels) {
            throw new OptionsException(o.path("test-parts") + " has identity, but a projection has " + outputs
                    + " numbers and an image " + pixels + "; expected as many, or no such test");
        }
        Form form = new Form(way, length, 1, statistics, 1, 0);
        return new ProjectedSettings(base, side, family, numbers, form, trained, curriculum, sets, parts);
    }

    private static List<String> known(
            Options o, String key, List<String> standard, List<String> possible, String description) {
        List<String> named = o.texts(key, standard, description);
        for (String name : named) {
            if (!possible.contains(name)) {
                throw new OptionsException(
                        o.path(key) + " must be of " + String.join(", ", possible) + ", not " + name);
            }
        }
        return named;
    }

    private static Base own(Options o, int side, int way) {
        TaskRequirements demand = new TaskRequirements(new SplitSizes.Needs(way, way), 1, 1);
        OwnImages pictures = OwnImages.of(o, ImageFormat.grey(side), demand);
        return listener -> {
            SplitImages set = pictures.load(listener);
            return new StreamImages.Pools(
                    set.images(),
                    set.images(),
                    set.split().train(),
                    set.split().validation().isEmpty()
                            ? set.split().test()
                            : set.split().validation(),
                    set.split().test());
        };
    }

    private static StreamImages.Pools named(String name, int side) {
        if (!name.equals(RANDOM)) {
            return StreamImages.named(name).load(ImageFormat.grey(side), Optional.empty());
        }
        LabelledImages noise = RandomImages.of(side);
        List<Integer> all = IntStream.range(0, noise.classes()).boxed().toList();
        return new StreamImages.Pools(noise, noise, all, all, all);
    }

    @Override
    public TaskKind<Sequences, TaskShape> kind() {
        return TaskKind.SEQUENCES;
    }

    @Override
    public TaskShape task() {
        return TaskShape.classes(family.outputs(), form.way());
    }

    @Override
    public int convenientShard() {
        return 64;
    }

    /** Images are measured as they come. */
    @Override
    public boolean streams() {
        return true;
    }

    @Override
    public List<String> measures() {
        return List.of("accuracy", "cross-entropy");
    }

    @Override
    public Optional<Function<Sequences, int[][]>> instances() {
        return Optional.of(Sequences::instances);
    }

    @Override
    public Tasks<Sequences> tasks(Optional<TaskSet> none, LoadListener listener) {
        StreamImages.Pools own = base.load(listener);
        ImagePool held = pool(own.judged(), own.test());
        TreeMap<String, TaskSource<Sequences>> kinds = new TreeMap<>();
        if (parts.contains(SEEN)) {
            // Where classes are parted, a task's own classes are those of meta-training.
            ImagePool known = own.train().equals(own.test()) ? held : pool(own.stream(), own.train());
            kinds.put(SEEN, tested(known, TaskNumbers.seen(numbers.seen(), 0), form));
        }
        if (parts.contains(ORDERED)) {
            kinds.put(ORDERED, tested(held, TaskNumbers.unseen(), form.permuted(false)));
        }
        if (parts.contains(IDENTITY)) {
            kinds.put(IDENTITY, tested(held, new TaskNumbers(Which.IDENTITY, 0, 0), form));
        }
        for (String set : testSets) {
            StreamImages.Pools others = named(set, side);
            ImagePool images = pool(others.judged(), others.test());
            kinds.put(set, tested(images, TaskNumbers.unseen(), form));
            if (parts.contains(ORDERED)) {
                kinds.put(set + " " + ORDERED, tested(images, TaskNumbers.unseen(), form.permuted(false)));
            }
            if (parts.contains(IDENTITY)) {
                kinds.put(set + " " + IDENTITY, tested(images, new TaskNumbers(Which.IDENTITY, 0, 0), form));
            }
        }
        return new Tasks<>(
                new ProjectedSequences(pool(own.stream(), own.train()), family, numbers, trained, curriculum, 0),
                Optional.of(tested(pool(own.judged(), own.validation()), TaskNumbers.unseen(), form)),
                tested(held, TaskNumbers.unseen(), form),
                kinds);
    }

    private ImagePool pool(LabelledImages images, List<Integer> classes) {
        return ImagePool.of(images, classes, form.way());
    }

    private ProjectedSequences tested(ImagePool images, TaskNumbers drawn, Form as) {
        return new ProjectedSequences(images, family, drawn, as);
    }
}
