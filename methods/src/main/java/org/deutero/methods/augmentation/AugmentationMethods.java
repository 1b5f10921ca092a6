package org.deutero.methods.augmentation;

import org.deutero.learn.Predictor;
import org.deutero.learn.capability.ModelTraining;
import org.deutero.methods.Method;
import org.deutero.methods.Method.Sections;
import org.deutero.methods.NetworkOptions;
import org.deutero.methods.OptimizerOptions;
import org.deutero.methods.Spectrum;
import org.deutero.methods.metric.Head;
import org.deutero.methods.metric.Prototypes;
import org.deutero.methods.metric.Relation;
import org.deutero.methods.network.FeatureMaps;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.DType;
import org.deutero.tensor.nn.ConvNet;

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

    /** Learned noise on features. */
    public static final Method FEATURE_TRANSFORMATION = new Method(
            "feature-transformation",
            "Learned feature-wise transformation",
            Spectrum.OBJECTIVE,
            "Tseng, Lee, Huang, Yang 2020, arXiv 2001.08735; Bohdal, Yang, Hospedales 2021, arXiv 2106.10575",
            "how strongly each channel of an encoder is disturbed in training, so that it serves domains that it has not seen",
            "evograd",
            AugmentationMethods::transformation);

    private enum Comparison {
        RELATION,
        PROTOTYPE
    }

    private AugmentationMethods() {}

    private static ModelTraining training(Options o) {
        return ModelTraining.of(
                OptimizerOptions.updates(o), o.positive("rate", 1e-3, "step size of the model's training"));
    }

    private static Predictor<Episodes> transformation(Sections s, TaskShape shape) {
        Options o = s.method();
        shape.requireClassification(o);
        FeatureMaps maps = NetworkOptions.maps(s.network(), shape);
        if (!(maps.encoder() instanceof ConvNet encoder)) {
            throw new OptionsException(
                    s.network().path("type") + ": feature-transformation disturbs the blocks of a conv4");
        }
        Head head = o.choice(
                                "head",
                                Comparison.RELATION,
                                "how queries are compared: by a learned relation, or with prototypes")
                        == Comparison.RELATION
                ? new Relation(
                        maps.channels(),
                        maps.side(),
                        o.integer("hidden", 8, 1, 100_000, "units of the relation module's first linear layer"),
                        Relation.Reduction.MEAN,
                        Relation.Loss.CROSS_ENTROPY)
                : Prototypes.EUCLIDEAN;
        return new FeatureTransformation(
                encoder,
                head,
                o.choice(
                        "transformation",
                        FeatureTransformation.Transformation.LEARNED,
                        "noise on features in training: none, of fixed strength, or of learned strengths"),
                training(o),
                DType.FLOAT32);
    }

    private static Predictor<Episodes> rotation(Sections s, TaskShape shape) {
        Options o = s.method();
        shape.requireClassification(o);
        if (!shape.areImages()) {
            throw new OptionsException(o.path("name") + ": learned-rotation needs images as inputs");
        }
        return new LearnedRotation(
                NetworkOptions.classifier(s.network(), shape),
                training(o),
                o.flag("learned", true, "whether there is an angle at all, or images are learned as they are"),
                DType.FLOAT32);
    }
}
