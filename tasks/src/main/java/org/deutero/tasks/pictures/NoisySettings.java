package org.deutero.tasks.pictures;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.files.Cifar10;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.files.Mnist;
import org.deutero.tasks.images.CropFlip;
import org.deutero.tasks.images.ImageFormat;
import org.deutero.tasks.images.LabelNoise;
import org.deutero.tasks.images.Labelled;
import org.deutero.tasks.images.LabelledImages;
import org.deutero.tasks.images.NoisyBatches;
import org.deutero.tasks.images.NoisySplit;
import org.deutero.tasks.images.NoisySplit.Damage;
import org.deutero.tasks.images.NoisySplit.Sizes;
import org.deutero.tasks.images.Resampling;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tasks.source.TaskSettings;

/**
 * Ordinary classification of a data set whose training labels are made wrong, beside a small clean set: a task is one iteration's mini-batches, and the test is one task of all pictures held out.
 *
 * @param classes how many there are
 * @param format form of the images
 * @param sizes numbers of pictures
 * @param damage done to the training pictures
 * @param batches of an iteration
 * @param splitSeed of the choice of pictures and of wrong labels
 * @param loader brings pictures to train on and to test on
 */
public record NoisySettings(
        int classes, ImageFormat format, Sizes sizes, Damage damage, Batches batches, long splitSeed, Loader loader)
        implements ClassifierSettings {
    /** Pictures to train on and to test on; the same ones if the set has no part of its own to test on. */
    @FunctionalInterface
    public interface Loader {
        Cifar10.Parts load(LoadListener listener);
    }

    /**
     * The mini-batches of an iteration.
     *
     * @param train pictures with noisy labels
     * @param clean pictures with clean labels
     * @param augmentation of both
     * @param mean subtracted from pixels
     * @param deviation divides them then
     */
    public record Batches(int train, int clean, CropFlip augmentation, double mean, double deviation) {
        /** Reads the keys. */
        static Batches of(Options o) {
            return new Batches(
                    o.integer("batch", 100, 1, 100_000, "training pictures in an iteration"),
                    o.integer("clean-batch", 100, 1, 100_000, "clean pictures in an iteration"),
                    new CropFlip(
                            o.integer(
                                    "crop-padding",
                                    0,
                                    0,
                                    100,
                                    "pixels by which pictures are shifted at random, mirrored at the edges"),
                            o.flag("flip", false, "whether half of the pictures are turned left to right")),
                    o.number("input-mean", 0, "subtracted from inputs in [0, 1]"),
                    o.positive("input-deviation", 1, "divides them then"));
        }

        TaskSource<Episodes> of(Labelled noisy, Labelled right) {
            return new NoisyBatches(noisy, right, train, clean, augmentation, (float) mean, (float) deviation);
        }

        TaskSource<Episodes> judged(Labelled held) {
            return new NoisyBatches.Judged(held, (float) mean, (float) deviation);
        }

        /** Whether a picture in [0, 1] is an input as it is. */
        boolean plain() {
            return mean == 0 && deviation == 1;
        }
    }

    /** Reads the keys of MNIST, of Fashion-MNIST, or of pictures of the user's. */
    static TaskSettings of(Options o, ImageSource source) {
        if (source == ImageSource.IMAGES) {
            return OwnNoisySettings.of(o);
        }
        Mnist set = switch (source) {
            case MNIST -> Mnist.DIGITS;
            case FASHION_MNIST -> Mnist.FASHION;
            default ->
                throw new OptionsException(
                        o.path("form") + ": noisy needs mnist, fashion-mnist, cifar-10 or images as source");
        };
        ImageFormat format = source.format(o);
        Optional<Path> path = o.optionalText(
                        "path", "folder of the IDX files; if left out, it is looked for in the data folder")
                .map(Path::of);
        return read(o, set.classNames().size(), format, listener -> {
            Path folder = path.map(ImageSource::existing).orElseGet(set::folder);
            return new Cifar10.Parts(
                    set.train(folder).as(format), set.test(folder).as(format));
        });
    }

    /** Reads the keys of CIFAR-10. */
    public static NoisySettings cifar(Options o) {
        int side = o.integer("size", 32, 1, 1024, "side of the images in pixels");
        ImageFormat format = new ImageFormat(
                3, side, side, o.choice("resampling", Resampling.AREA, "how images are brought to that size"), false);
        Optional<Path> path = o.optionalText(
                        "path",
                        "folder of the binary files, or a .tar.gz of pictures; if left out, it is looked for in the data folder")
                .map(Path::of);
        return read(
                o,
                Cifar10.CLASSES.size(),
                format,
                listener -> Cifar10.read(path.map(ImageSource::existing).orElseGet(Cifar10::folder), format));
    }

    private static NoisySettings read(Options o, int classes, ImageFormat format, Loader loader) {
        Sizes sizes = new Sizes(
                o.integer("train-examples", 0, 0, 10_000_000, "pictures to train on; 0 for all that are left"),
                o.integer("clean-examples", 1000, classes, 10_000_000, "clean pictures, as many of each class"),
                o.integer("validation-examples", 0, 0, 10_000_000, "clean pictures to validate on; 0 for none"),
                o.integer("test-examples", 10_000, classes, 10_000_000, "clean pictures to test on"));
        LabelNoise.Kind kind = o.choice(
                "noise",
                LabelNoise.Kind.NONE,
                "what wrong labels become: any class, one other class, or one of two other classes");
        double level = kind == LabelNoise.Kind.NONE
                ? 0
                : o.number("noise-level", 0.4, 0, 1, "probability that a training label is drawn anew");
        Damage damage = new Damage(
                new LabelNoise(kind, level),
                o.number(
                        "imbalance",
                        1,
                        1,
                        1e6,
                        "so many times the smallest class of training pictures is the largest"));
        return new NoisySettings(classes, format, sizes, damage, Batches.of(o), ImageSource.splitSeed(o), loader);
    }

    @Override
    public TaskSet load(LoadListener listener) {
        Cifar10.Parts parts = loader.load(listener);
        LabelledImages images = parts.train();
        NoisySplit split = NoisySplit.of(images, parts.test(), sizes, damage, splitSeed);
        listener.note(String.format(
                Locale.ROOT,
                "%s: %d pictures to train on, %.1f %% of them with wrong labels; %d clean ones, %d to test on.",
                images.name(),
                split.train().size(),
                100 * split.train().wrong(),
                split.clean().size(),
                split.test().size()));
        TaskSource<Episodes> test = batches.judged(split.test());
        return new TaskSet(
                batches.of(split.train(), split.clean()),
                split.validation().size() == 0 ? Optional.empty() : Optional.of(batches.judged(split.validation())),
                test,
                test,
                Optional.of(images));
    }
}
