package org.deutero.methods.protonet;

import org.deutero.learn.options.Options;
import org.deutero.learn.options.OptionsException;
import org.deutero.methods.Method;
import org.deutero.methods.NetworkOptions;
import org.deutero.methods.QueryStatistics;
import org.deutero.methods.Spectrum;
import org.deutero.methods.TaskShape;
import org.deutero.tensor.DType;
import org.deutero.tensor.nn.Network;

/** Prototypical networks and their baseline as recipes name them. */
public final class PrototypeMethods {
    /** Prototypical networks. */
    public static final Method PROTONET = new Method(
            "protonet",
            "Prototypical Networks",
            Spectrum.METRIC,
            "Snell, Swersky, Zemel 2017, arXiv 1703.05175",
            "an encoder in whose space each class gathers around the mean of its shots",
            "unroll",
            (s, shape) ->
                    learner(NetworkOptions.encoder(s.network(), shape), s.method(), shape, QueryStatistics.RUNNING));

    /** Nearest class mean of inputs, or of an untrained encoder. */
    public static final Method NEAREST_CENTROID = new Method(
            "nearest-centroid",
            "Nearest centroid",
            Spectrum.BASELINE,
            "baseline",
            "nothing: the class whose mean input is nearest; what a learned metric has to beat",
            "unroll",
            (s, shape) -> learner(
                    NetworkOptions.untrainedEncoder(s.network(), shape), s.method(), shape, QueryStatistics.SUPPORT));

    private PrototypeMethods() {}

    private static Prototypes learner(Network encoder, Options o, TaskShape shape, QueryStatistics standard) {
        if (!shape.classification()) {
            throw new OptionsException(
                    o.path("name") + ": prototypes need a classification, but tasks are a regression");
        }
        QueryStatistics statistics = o.choice(
                "query-statistics",
                standard,
                "batch normalisation when the learner is used: running averages, the support set, or batch (transductive)");
        return new Prototypes(encoder, statistics, DType.FLOAT32);
    }
}
