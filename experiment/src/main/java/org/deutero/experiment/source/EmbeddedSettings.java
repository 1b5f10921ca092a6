package org.deutero.experiment.source;

import java.util.List;
import java.util.Optional;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.serve.TrainedLearner;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.images.Rotation;
import org.deutero.tasks.images.SplitImages;
import org.deutero.tasks.images.VectorSampler;
import org.deutero.tasks.pictures.ImageSettings;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tasks.source.TaskSettings;

/**
 * Few-shot classification of images by features that a trained learner's frozen encoder makes of them, computed once for all images.
 *
 * @param pictures the tasks of images
 * @param learners where to find the learner
 * @param learner a run, a file or a learner that ships with the library, as on the command line
 * @param scale features have this standard deviation over the training classes, and mean 0
 * @param width numbers in a feature vector
 */
record EmbeddedSettings(ImageSettings pictures, LearnerLookup learners, String learner, double scale, int width)
        implements TaskSettings {
    /** The tasks of images themselves, unless the recipe has an embedding. */
    static TaskSettings of(Options o, ImageSettings pictures, LearnerLookup learners) {
        Optional<String> learner = o.optionalText(
                "embedding",
                "a trained run, a .dtr file, builtin:omniglot or an encoder's .onnx file, whose frozen encoder makes features of images");
        if (learner.isEmpty()) {
            return pictures;
        }
        if (pictures.train().rotation() != Rotation.NONE || pictures.test().rotation() != Rotation.NONE) {
            throw new OptionsException(
                    o.path("rotation") + " must be none with an embedding, which is made of images as they are");
        }
        if (pictures.pretrains()) {
            throw new OptionsException(o.path("train-form")
                    + " is classes, but an embedding makes features for tasks of a few classes; expected episodes");
        }
        double scale = o.positive("embedding-scale", 1, "standard deviation of features over the training classes");
        return new EmbeddedSettings(pictures, learners, learner.get(), scale, width(learners, learner.get(), pictures));
    }

    private static int width(LearnerLookup learners, String learner, ImageSettings pictures) {
        try (TrainedLearner trained = learners.open(learner)) {
            // An encoder from elsewhere brings pictures of any size to its own.
            if (trained.description().encoder().isEmpty()
                    && !trained.description().preprocessing().format().equals(pictures.format())) {
                throw new OptionsException("tasks.embedding: " + learner + " takes images of "
                        + trained.description().preprocessing().format() + ", but tasks have " + pictures.format());
            }
            return Features.width(trained, pictures.format());
        }
    }

    @Override
    public TaskShape shape() {
        return TaskShape.classes(width, pictures.test().way());
    }

    @Override
    public int trainWay() {
        return pictures.trainWay();
    }

    @Override
    public int supportSize() {
        return pictures.supportSize();
    }

    @Override
    public int convenientShard() {
        return 16;
    }

    @Override
    public int examples() {
        return 0;
    }

    @Override
    public TaskSet load(LoadListener listener) {
        SplitImages data = pictures.loader().load(listener);
        try (TrainedLearner trained = learners.open(learner)) {
            Features features = Features.of(trained, data, scale);
            List<Integer> validation = data.split().validation();
            TaskSource<Episodes> test =
                    tasks(pictures.test(), features, data.split().test());
            return new TaskSet(
                    tasks(pictures.train(), features, data.split().train()),
                    validation.isEmpty() ? Optional.empty() : Optional.of(tasks(pictures.test(), features, validation)),
                    test,
                    test,
                    Optional.of(data.images()));
        }
    }

    private TaskSource<Episodes> tasks(ImageSettings.Form form, Features features, List<Integer> classes) {
        return new VectorSampler(features.of(classes), width, form.way(), form.shot(), form.queries());
    }
}
