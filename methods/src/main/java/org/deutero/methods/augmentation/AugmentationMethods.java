package org.deutero.methods.augmentation;

import org.deutero.learn.Predictor;
import org.deutero.learn.capability.ModelTraining;
import org.deutero.methods.Method;
import org.deutero.methods.Method.Sections;
import org.deutero.methods.NetworkOptions;
import org.deutero.methods.OptimizerOptions;
import org.deutero.methods.QueryStatistics;
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
import org.deutero.tensor.nn.ModulatedNetwork;

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
            "how strongly each channel of an encoder is disturbed in training, so that it serves domains that it has"
                    + " not seen",
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
        if (!(maps.encoder() instanceof ModulatedNetwork encoder)) {
            throw new OptionsException(
                    s.network().path("type") + ": feature-transformation disturbs the blocks of a conv4 or resnet10");
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
                auxiliary(o, maps.channels()),
                o.choice(
                        "query-statistics",
                        QueryStatistics.BATCH,
                        "batch normalisation of the encoder when the learner is used, and of the other domain's"
                                + " episodes: running averages as published, the support set, or batch (transductive)"),
                training(o),
                DType.FLOAT32);
    }

    private static Auxiliary auxiliary(Options o, int channels) {
        int classes = o.integer(
                "auxiliary",
                0,
                0,
                10_000_000,
                "classes of ordinary classification of pictures beside the episodes (tasks.auxiliary), which helps the"
                        + " model's training; 0 for none");
        if (classes == 0) {
            return Auxiliary.NONE;
        }
        return new Auxiliary(
                classes,
                channels,
                o.number(
                        "auxiliary-decay", 0.9, 0, 1, "factor on the weight of that loss, 1 at first, after each span"),
                o.integer(
                        "auxiliary-span",
                        2000,
                        1,
                        1_000_000_000,
                        "iterations in a span; a twentieth of training as published"));
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
