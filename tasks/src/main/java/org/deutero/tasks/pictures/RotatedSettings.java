package org.deutero.tasks.pictures;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.files.Mnist;
import org.deutero.tasks.images.ImageFormat;
import org.deutero.tasks.images.MiniBatches;
import org.deutero.tasks.images.SupervisedProblem;
import org.deutero.tasks.images.SupervisedProblem.Part;
import org.deutero.tasks.pictures.SupervisedSettings.Sizes;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tasks.source.TaskSettings;

/**
 * Training on upright images for the sake of rotated ones (Bohdal, Yang, Hospedales 2021): a task is a mini-batch of upright training images, and one of validation images that are turned by an angle nobody tells. The test is about test images turned likewise.
 *
 * @param set the data set
 * @param path of its folder, or empty for the data folder
 * @param format form of the images
 * @param sizes numbers of examples
 * @param degrees that images to be judged on are turned by, counter-clockwise
 * @param batch examples in both mini-batches
 * @param splitSeed of the choice of examples
 */
public record RotatedSettings(
        Mnist set, Optional<Path> path, ImageFormat format, Sizes sizes, double degrees, int batch, long splitSeed)
        implements TaskSettings {
    static RotatedSettings of(Options o, ImageSource source) {
        Mnist set = SupervisedSettings.set(o, source, "rotated");
        ImageFormat format = source.format(o);
        Sizes sizes = new Sizes(
                o.integer("train-examples", 40_000, 1, 60_000, "upright examples to learn from"),
                o.integer(
                        "validation-examples", 10_000, 1, 60_000, "rotated examples that the meta-loss is measured on"),
                o.integer("test-examples", 10_000, 1, 10_000, "rotated examples to test on"));
        int batch = o.integer("batch", 128, 1, 60_000, "examples in the mini-batches of an iteration");
        if (batch > Math.min(sizes.train(), sizes.validation())) {
            throw new OptionsException(o.path("batch") + " is " + batch + ", more than the "
                    + Math.min(sizes.train(), sizes.validation()) + " examples that it is drawn from");
        }
        return new RotatedSettings(
                set,
                o.optionalText("path", "folder of the IDX files; if left out, it is looked for in the data folder")
                        .map(Path::of),
                format,
                sizes,
                o.number("angle", 30, -180, 180, "degrees that these are turned by, counter-clockwise"),
                batch,
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
        return batch;
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
        Part validation = known.get(1).rotated(degrees);
        Part test = SupervisedProblem.draw(set.test(folder).as(format), rng, sizes.test())
                .get(0)
                .rotated(degrees);
        MiniBatches judged = new MiniBatches(known.get(0), batch, test, sizes.test());
        return new TaskSet(
                new MiniBatches(known.get(0), batch, validation, batch),
                Optional.empty(),
                judged,
                judged,
                Optional.empty());
    }
}
