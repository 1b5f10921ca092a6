package org.deutero.methods.augmentation;

import org.deutero.learn.Predictor;
import org.deutero.learn.capability.ModelTraining;
import org.deutero.methods.Method;
import org.deutero.methods.Method.Sections;
import org.deutero.methods.NetworkOptions;
import org.deutero.methods.OptimizerOptions;
import org.deutero.methods.Spectrum;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.DType;

/** Learned augmentation, as recipes name it. */
public final class AugmentationMethods {
    /** A learned angle. */
    public static final Method LEARNED_ROTATION = new Method(
            "learned-rotation",
            "Rotation transformer",
            Spectrum.OBJECTIVE,
            "Bohdal, Yang, Hospedales 2021, arXiv 2106.10575",
            "the angle that training images are turned by, so that a classifier knows images that stand askew",
            "evograd",
            AugmentationMethods::rotation);

    private AugmentationMethods() {}

    private static Predictor<Episodes> rotation(Sections s, TaskShape shape) {
        Options o = s.method();
        shape.requireClassification(o);
        if (!shape.areImages()) {
            throw new OptionsException(o.path("name") + ": learned-rotation needs images as inputs");
        }
        ModelTraining training = ModelTraining.of(
                OptimizerOptions.updates(o), o.positive("rate", 1e-3, "step size of the classifier's training"));
        return new LearnedRotation(
                NetworkOptions.classifier(s.network(), shape),
                training,
                o.flag("learned", true, "whether there is an angle at all, or images are learned as they are"),
                DType.FLOAT32);
    }
}
