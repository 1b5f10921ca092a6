package org.deutero.methods.weighting;

import java.util.List;
import org.deutero.learn.Predictor;
import org.deutero.learn.capability.ModelTraining;
import org.deutero.methods.Method;
import org.deutero.methods.Method.Sections;
import org.deutero.methods.NetworkOptions;
import org.deutero.methods.Spectrum;
import org.deutero.options.Options;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.DType;
import org.deutero.tensor.nn.Network;
import org.deutero.tensor.optim.Schedule;
import org.deutero.tensor.optim.Sgd;

/** Training with weights of examples, as recipes name it. */
public final class WeightingMethods {
    private static final String REN = "Ren, Zeng, Yang, Urtasun 2018, arXiv 1803.09050";
    private static final String SHU = "Shu, Xie, Yi, Zhao, Zhou, Xu, Meng 2019, arXiv 1902.07379";
    private static final String XU = "Xu, Zhu, Jiang, Yang 2021, arXiv 2104.15092";

    /** Meta-Weight-Net. */
    public static final Method META_WEIGHT_NET = new Method(
            "meta-weight-net",
            "Meta-Weight-Net",
            Spectrum.OBJECTIVE,
            SHU,
            "the weight of a training example by its loss, so that a classifier learns what a small clean set says",
            "example-weights",
            (s, shape) -> metaWeightNet(s, shape, false));

    /** FaMUS. */
    public static final Method FAMUS = new Method(
            "famus",
            "FaMUS",
            Spectrum.OBJECTIVE,
            XU,
            "the same, with a meta-gradient that passes through a few layers of the classifier only",
            "example-weights",
            (s, shape) -> metaWeightNet(s, shape, true));

    /** Learning to reweight examples. */
    public static final Method L2R = new Method(
            "l2r",
            "Learning to Reweight",
            Spectrum.OBJECTIVE,
            REN,
            "the weights of each batch's examples, anew in every iteration, by how their gradients agree with a clean batch's",
            "unroll",
            WeightingMethods::reweighted);

    /** No weights. */
    public static final Method PLAIN_TRAINING = new Method(
            "plain-training",
            "Plain training",
            Spectrum.BASELINE,
            "baseline",
            "nothing: a classifier trained on all labels alike; what weights of examples have to beat",
            "unroll",
            (s, shape) -> new PlainTraining(classifier(s, shape)));

    private WeightingMethods() {}

    private static Classifier classifier(Sections s, TaskShape shape) {
        Options o = s.method();
        shape.requireClassification(o);
        double momentum = o.number("momentum", 0.9, 0, 0.999999, "momentum of the classifier's training");
        ModelTraining training = new ModelTraining(
                new Sgd(momentum, o.flag("nesterov", false, "whether that momentum looks ahead")),
                o.positive("rate", 0.1, "step size of the classifier's training"),
                Schedule.milestones(
                        o.number("rate-factor", 0.1, 0, 1, "factor on that step size at each of the iterations listed"),
                        o.integers("rate-drops", List.of(), 0, Integer.MAX_VALUE, "iterations at which it falls")),
                o.number("decay", 5e-4, 0, 10, "weight decay of the classifier"));
        return new Classifier(NetworkOptions.classifier(s.network(), shape), training, DType.FLOAT32);
    }

    private static Predictor<Episodes> reweighted(Sections s, TaskShape shape) {
        Classifier classifier = classifier(s, shape);
        int layers = s.method()
                .integer(
                        "gated-layers",
                        0,
                        0,
                        1000,
                        "last layers whose gradients are compared, as FaMUS does; 0 for all");
        return new LearningToReweight(
                classifier, layers == 0 ? FixedGate.NONE : FixedGate.last(classifier.network(), layers));
    }

    private static Predictor<Episodes> metaWeightNet(Sections s, TaskShape shape, boolean gated) {
        Options o = s.method();
        Classifier classifier = classifier(s, shape);
        WeightNet net = new WeightNet(
                o.integer("hidden", 100, 1, 100_000, "units of the network from losses to weights"),
                o.choice("input", WeightNet.Input.LOSS, "what that network sees: a loss, or log(1 + loss)"),
                o.choice(
                        "weights",
                        WeightNet.Weighting.NORMALISED,
                        "its outputs are divided by their sum, or by the size of the batch"));
        double decay = o.number("weight-net-decay", 0, 0, 10, "weight decay of that network, coupled");
        if (!gated) {
            return new MetaWeightNet(classifier, net, decay);
        }
        Network network = classifier.network();
        if (o.choice(
                        "gates",
                        Gates.FIXED,
                        "which layers the meta-gradient passes through: the last ones, or drawn ones")
                == Gates.FIXED) {
            FixedGate gate = FixedGate.last(
                    network, o.integer("gated-layers", 1, 1, 1000, "last layers that it passes through"));
            return new MetaWeightNet(classifier, net, decay, gate, 0.1, alignment(o, 0));
        }
        return new MetaWeightNet(
                classifier,
                net,
                decay,
                SampledGateOptions.of(o, network),
                o.positive("sampler-rate", 0.1, "step size of the networks that draw gates"),
                alignment(o, 0.1));
    }

    private enum Gates {
        FIXED,
        LEARNED
    }

    private static Alignment alignment(Options o, double standard) {
        return new Alignment(
                o.number(
                        "alignment",
                        standard,
                        0,
                        1e6,
                        "weight of the distance between the last layer's gradients on training and on clean examples"),
                o.choice(
                        "alignment-of",
                        Alignment.Pooling.MEAN,
                        "what is compared of them for every output: the mean, or mean and deviation as in the released code"));
    }
}
