package org.deutero.tasks.pictures;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.deutero.options.Options;
import org.deutero.tasks.DataException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.images.ClassBatchSampler;
import org.deutero.tasks.images.EpisodeSampler;
import org.deutero.tasks.images.ImageFormat;
import org.deutero.tasks.images.LabelledImages;
import org.deutero.tasks.images.Regime;
import org.deutero.tasks.images.Rotation;
import org.deutero.tasks.images.SplitImages;
import org.deutero.tasks.source.PictureInputs;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tasks.source.TaskSettings;

/**
 * Few-shot classification of images.
 *
 * @param train form of the tasks in meta-training
 * @param classBatch pictures in a mini-batch of all training classes, if those are what is meta-trained on
 * @param test form of the tasks to validate and test on
 * @param format form of the images
 * @param drawings whether the images are drawings in ink
 * @param loader brings the images
 */
public record ImageSettings(
        Form train, OptionalInt classBatch, Form test, ImageFormat format, boolean drawings, ImageSource.Loader loader)
        implements TaskSettings {
    private static final int PICTURED_QUERIES = 5;

    /** What meta-training draws. */
    private enum TrainForm {
        EPISODES,
        CLASSES
    }

    /** N-way K-shot with so many queries a class, of classes that meet as the regime says. */
    public record Form(int way, int shot, int queries, Rotation rotation, Regime regime) {
        TaskSource<Episodes> of(LabelledImages images, List<Integer> classes) {
            return new EpisodeSampler(images, classes, way, shot, queries, rotation, regime);
        }

        Form withQueries(int number) {
            return new Form(way, shot, Math.min(queries, number), rotation, regime);
        }
    }

    /** Reads the keys. */
    public static ImageSettings of(Options o, ImageSource source) {
        int way = o.integer("way", 5, 2, 10_000, "classes in a task");
        int shot = o.integer("shot", 1, 1, 10_000, "examples of each class to learn from");
        int queries = o.integer("queries", 15, 1, 10_000, "examples of each class to be judged on");
        Rotation rotation = o.choice(
                "rotation",
                Rotation.NONE,
                "quarter turns of training classes: none, as classes of their own, or at random for each task");
        Form train = new Form(
                o.integer("train-way", way, 2, 10_000, "classes in a task of meta-training"),
                o.integer("train-shot", shot, 1, 10_000, "shots in meta-training"),
                o.integer("train-queries", queries, 1, 10_000, "queries of each class in meta-training"),
                rotation,
                o.choice(
                        "regime",
                        Regime.INTER_SHUFFLE,
                        "which classes meet in a task of meta-training: any in any order, or groups of consecutive classes that are fixed for good, in any order or (non-exclusive) always with the same labels"));
        Form test = new Form(
                way,
                shot,
                queries,
                o.choice("test-rotation", rotation, "the same for test classes"),
                Regime.INTER_SHUFFLE);
        ImageFormat format = source.format(o);
        boolean drawings = source == ImageSource.OMNIGLOT && format.channels() == 1 && format.inverted();
        boolean classes = o.choice(
                        "train-form",
                        TrainForm.EPISODES,
                        "meta-training draws tasks of a few classes, or mini-batches of all classes at once")
                == TrainForm.CLASSES;
        OptionalInt classBatch = classes
                ? OptionalInt.of(o.integer("train-batch", 16, 1, 100_000, "pictures in a mini-batch of all classes"))
                : OptionalInt.empty();
        return new ImageSettings(
                train, classBatch, test, format, drawings, source.loader(o, format, TaskRequirements.of(train, test)));
    }

    @Override
    public TaskShape shape() {
        return TaskShape.images(format.channels(), format.height(), test.way());
    }

    @Override
    public int trainWay() {
        return train.way();
    }

    @Override
    public boolean pretrains() {
        return classBatch.isPresent();
    }

    @Override
    public int supportSize() {
        return test.way() * test.shot();
    }

    @Override
    public int convenientShard() {
        return 4;
    }

    @Override
    public Optional<PictureInputs> pictureInputs() {
        return Optional.of(new PictureInputs(format, drawings));
    }

    @Override
    public TaskSet load(LoadListener listener) {
        SplitImages data = loader.load(listener);
        LabelledImages images = data.images();
        if (data.split().test().isEmpty()) {
            throw new DataException(images.name() + " has no classes left to test on; change the split");
        }
        List<Integer> validation = data.split().validation();
        return new TaskSet(
                classBatch.isPresent()
                        ? new ClassBatchSampler(images, data.split().train(), classBatch.getAsInt(), train.rotation())
                        : train.of(images, data.split().train()),
                validation.isEmpty() ? Optional.empty() : Optional.of(test.of(images, validation)),
                test.of(images, data.split().test()),
                test.withQueries(PICTURED_QUERIES).of(images, data.split().test()),
                Optional.of(images));
    }
}
