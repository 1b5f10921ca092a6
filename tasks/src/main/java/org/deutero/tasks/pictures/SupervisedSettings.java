package org.deutero.tasks.pictures;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.files.Mnist;
import org.deutero.tasks.images.ImageFormat;
import org.deutero.tasks.images.SupervisedProblem;
import org.deutero.tasks.images.SupervisedProblem.Part;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tasks.source.TaskSettings;

/**
 * One supervised problem, whose hyper-parameters are meta-learned: training examples are the support set, validation examples the query set; the test learns from the training examples again,
 * or from both, and judges on test examples.
 *
 * @param set the data set
 * @param path of its folder, or empty for the data folder
 * @param format form of the images
 * @param sizes numbers of examples
 * @param testOnBoth whether the test learns from training and validation examples
 * @param standard mean and deviation that inputs are standardised by
 * @param splitSeed of the choice of examples
 */
public record SupervisedSettings(
        Mnist set,
        Optional<Path> path,
        ImageFormat format,
        Sizes sizes,
        boolean testOnBoth,
        Standard standard,
        long splitSeed)
        implements TaskSettings {
    /** Numbers of examples to train, validate and test on. */
    public record Sizes(int train, int validation, int test) {}

    /** Inputs become (x - mean) / deviation. */
    public record Standard(double mean, double deviation) {
        Part apply(Part part) {
            return mean == 0 && deviation == 1 ? part : part.standardized(mean, deviation);
        }
    }

    /** What is made of a data set. */
    private enum Form {
        FEW_SHOT,
        SUPERVISED,
        ROTATED,
        NOISY
    }

    /** Reads the keys; those of few-shot tasks unless the recipe asks for one problem of all classes. */
    public static TaskSettings orFewShot(Options o, ImageSource source) {
        return switch (o.choice(
                "form",
                Form.FEW_SHOT,
                "few-shot tasks, one supervised problem of all classes, or its mini-batches: judged on rotated images, or with noisy labels")) {
            case FEW_SHOT -> ImageSettings.of(o, source);
            case SUPERVISED -> of(o, source);
            case ROTATED -> RotatedSettings.of(o, source);
            case NOISY -> NoisySettings.of(o, source);
        };
    }

    /** The set that a source names. @throws OptionsException if it is no such set */
    static Mnist set(Options o, ImageSource source, String form) {
        return switch (source) {
            case MNIST -> Mnist.DIGITS;
            case FASHION_MNIST -> Mnist.FASHION;
            default ->
                throw new OptionsException(o.path("form") + ": " + form + " needs mnist or fashion-mnist as source");
        };
    }

    static SupervisedSettings of(Options o, ImageSource source) {
        Mnist set = set(o, source, "supervised");
        ImageFormat format = source.format(o);
        Sizes sizes = new Sizes(
                o.integer("train-examples", 1000, 1, 60_000, "examples to learn from"),
                o.integer("validation-examples", 1000, 1, 60_000, "examples that the meta-loss is measured on"),
                o.integer("test-examples", 10_000, 1, 10_000, "examples to test on"));
        return new SupervisedSettings(
                set,
                o.optionalText("path", "folder of the IDX files; if left out, it is looked for in the data folder")
                        .map(Path::of),
                format,
                sizes,
                o.flag("test-on-both", false, "whether the test learns from training and validation examples"),
                new Standard(
                        o.number("input-mean", 0, "subtracted from inputs in [0, 1]"),
                        o.positive("input-deviation", 1, "divides them then")),
                ImageSource.splitSeed(o));
    }

    @Override
    public TaskShape shape() {
        return TaskShape.images(
                format.channels(), format.height(), set.classNames().size());
    }

    @Override
    public int trainWay() {
        return set.classNames().size();
    }

    @Override
    public int supportSize() {
        return sizes.train();
    }

    @Override
    public int convenientShard() {
        return 1;
    }

    /** There is one problem, not many that would have to be told apart. */
    @Override
    public boolean takesLabelKeys() {
        return false;
    }

    @Override
    public TaskSet load(LoadListener listener) {
        Path folder = path.orElseGet(set::folder);
        SplittableRandom rng = new SplittableRandom(splitSeed);
        List<Part> known = SupervisedProblem.draw(set.train(folder).as(format), rng, sizes.train(), sizes.validation());
        Part test = standard.apply(SupervisedProblem.draw(set.test(folder).as(format), rng, sizes.test())
                .get(0));
        Part train = standard.apply(known.get(0));
        Part validation = standard.apply(known.get(1));
        TaskSource<Episodes> judged = new SupervisedProblem(testOnBoth ? train.and(validation) : train, test);
        return new TaskSet(
                new SupervisedProblem(train, validation), Optional.empty(), judged, judged, Optional.empty());
    }
}
