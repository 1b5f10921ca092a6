package org.deutero.methods.pretrained;

import org.deutero.learn.Predictor;
import org.deutero.methods.Method;
import org.deutero.methods.Method.Sections;
import org.deutero.methods.NetworkOptions;
import org.deutero.methods.Spectrum;
import org.deutero.options.Options;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.DType;
import org.deutero.tensor.nn.Network;

/** Baselines that are trained on all classes at once, as recipes name them. */
public final class PretrainedMethods {
    /** Baseline. */
    public static final Method BASELINE = new Method(
            "baseline",
            "Baseline",
            Spectrum.METRIC,
            "Chen, Liu, Kira, Wang, Huang 2019, arXiv 1904.04232",
            "features that tell all training classes apart; a task trains a linear layer on them",
            "unroll",
            (s, shape) -> learner(s, shape, ClassLayer.LINEAR));

    /** Baseline++. */
    public static final Method BASELINE_PLUS_PLUS = new Method(
            "baseline-plus-plus",
            "Baseline++",
            Spectrum.METRIC,
            "Chen, Liu, Kira, Wang, Huang 2019, arXiv 1904.04232",
            "the same with a layer of cosines",
            "unroll",
            (s, shape) -> learner(s, shape, ClassLayer.COSINE));

    private PretrainedMethods() {}

    private static Predictor<Episodes> learner(Sections s, TaskShape shape, ClassLayer layer) {
        Options o = s.method();
        shape.requireClassification(o);
        Network encoder = NetworkOptions.encoder(s.network(), shape);
        NewHead standard = NewHead.STANDARD;
        NewHead head = new NewHead(
                o.positive("head-rate", standard.rate(), "step size of a new layer"),
                o.number("head-momentum", standard.momentum(), 0, 0.999999, "momentum of a new layer"),
                o.number("head-dampening", standard.dampening(), 0, 1, "dampening of that momentum"),
                o.number("head-decay", standard.decay(), 0, 1, "weight decay of a new layer"),
                o.integer("head-epochs", standard.epochs(), 0, 1_000_000, "passes over the support set"),
                o.integer("head-batch", standard.batch(), 1, 1_000_000, "examples in a step"));
        return new Pretrained(
                encoder,
                NetworkOptions.width(encoder, shape),
                layer,
                o.integer(
                        "base-classes",
                        shape.outputs(),
                        2,
                        10_000_000,
                        "number of training classes, quarter turns counted if they are classes"),
                head,
                DType.FLOAT32);
    }
}
