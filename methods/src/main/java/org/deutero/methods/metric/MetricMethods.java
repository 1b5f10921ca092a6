package org.deutero.methods.metric;

import java.util.Optional;
import org.deutero.learn.Predictor;
import org.deutero.methods.Method;
import org.deutero.methods.Method.Sections;
import org.deutero.methods.NetworkOptions;
import org.deutero.methods.QueryStatistics;
import org.deutero.methods.Spectrum;
import org.deutero.methods.metric.Prototypes.Distance;
import org.deutero.methods.network.FeatureMaps;
import org.deutero.options.Options;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.DType;
import org.deutero.tensor.nn.Network;

/** Learners that compare, as recipes name them. */
public final class MetricMethods {
    /** Prototypical networks. */
    public static final Method PROTONET = new Method(
            "protonet",
            "Prototypical Networks",
            Spectrum.METRIC,
            "Snell, Swersky, Zemel 2017, arXiv 1703.05175",
            "an encoder in whose space each class gathers around the mean of its shots",
            "unroll",
            (s, shape) -> prototypes(NetworkOptions.encoder(s.network(), shape), s.method(), shape));

    /** Matching networks. */
    public static final Method MATCHING = new Method(
            "matching",
            "Matching Networks",
            Spectrum.METRIC,
            "Vinyals, Blundell, Lillicrap, Kavukcuoglu, Wierstra 2016, arXiv 1606.04080",
            "an encoder in whose space queries attend to the shots of their class, alone or in the context of all shots",
            "unroll",
            MetricMethods::matching);

    /** Relation networks. */
    public static final Method RELATION = new Method(
            "relation",
            "Relation Networks",
            Spectrum.METRIC,
            "Sung, Yang, Zhang, Xiang, Torr, Hospedales 2018, arXiv 1711.06025",
            "an encoder, and a module that scores how a query relates to a class",
            "unroll",
            MetricMethods::relation);

    /** Nearest class mean of inputs, or of an untrained encoder. */
    public static final Method NEAREST_CENTROID = new Method(
            "nearest-centroid",
            "Nearest centroid",
            Spectrum.BASELINE,
            "baseline",
            "nothing: the class whose mean input is nearest; what a learned metric has to beat",
            "unroll",
            (s, shape) -> learner(
                    NetworkOptions.untrainedEncoder(s.network(), shape),
                    Prototypes.EUCLIDEAN,
                    s.method(),
                    shape,
                    QueryStatistics.SUPPORT));

    /** SimpleShot. */
    public static final Method SIMPLESHOT = new Method(
            "simpleshot",
            "SimpleShot",
            Spectrum.BASELINE,
            "Wang, Chao, Weinberger, van der Maaten 2019, arXiv 1911.04623",
            "nothing: the nearest class mean of features of length 1, centred or not; for frozen features",
            "unroll",
            (s, shape) -> learner(
                    NetworkOptions.untrainedEncoder(s.network(), shape),
                    new SimpleShot(
                            s.method()
                                            .choice(
                                                    "transform",
                                                    Transform.CENTRED,
                                                    "l2 brings features to length 1, centred takes the mean of the support set off before")
                                    == Transform.CENTRED,
                            s.method().positive("scale", 10, "factor of squared distances")),
                    s.method(),
                    shape,
                    QueryStatistics.SUPPORT));

    /** Ridge regression in closed form. */
    public static final Method R2D2 = new Method(
            "r2d2",
            "R2-D2",
            Spectrum.METRIC,
            "Bertinetto, Henriques, Torr, Vedaldi 2019, arXiv 1805.08136",
            "an encoder on whose features ridge regression in closed form tells classes apart, with its weight decay and scale",
            "unroll",
            MetricMethods::ridge);

    private enum Transform {
        L2,
        CENTRED
    }

    private MetricMethods() {}

    private static Predictor<Episodes> ridge(Sections s, TaskShape shape) {
        Options o = s.method();
        boolean choose = o.flag(
                "choose-lambda",
                false,
                "whether each task chooses its weight decay by its examples left out, one at a time");
        Ridge head = new Ridge(
                o.positive(
                        "lambda", 0.1, "weight decay, or where it starts, times the mean squared length of features"),
                o.positive("scale", 10, "factor of logits, or where it starts"),
                choose);
        return learner(NetworkOptions.encoder(s.network(), shape), head, o, shape, QueryStatistics.RUNNING);
    }

    private static Predictor<Episodes> prototypes(Network encoder, Options o, TaskShape shape) {
        Distance distance = o.choice("distance", Distance.EUCLIDEAN, "squared Euclidean as published, or cosine");
        Prototypes head = distance == Distance.EUCLIDEAN
                ? Prototypes.EUCLIDEAN
                : new Prototypes(
                        distance,
                        o.positive("scale", 10, "factor of cosines, or where it starts"),
                        o.flag("learn-scale", true, "whether that factor is meta-learned"));
        return learner(encoder, head, o, shape, QueryStatistics.RUNNING);
    }

    private static Predictor<Episodes> matching(Sections s, TaskShape shape) {
        Options o = s.method();
        Matching.Kernel kernel = o.choice(
                "kernel", Matching.Kernel.HALF_COSINE, "how alike a query and a shot are; cosine as published");
        boolean context = o.flag("full-context", false, "whether embeddings depend on the whole support set");
        Network encoder = NetworkOptions.encoder(s.network(), shape);
        Optional<FullContext> full = context
                ? Optional.of(new FullContext(
                        NetworkOptions.width(encoder, shape),
                        o.integer("context-steps", 5, 1, 1000, "reads of the support set by each query")))
                : Optional.empty();
        return learner(encoder, new Matching(kernel, full), o, shape, QueryStatistics.RUNNING);
    }

    private static Predictor<Episodes> relation(Sections s, TaskShape shape) {
        Options o = s.method();
        FeatureMaps maps = NetworkOptions.maps(s.network(), shape);
        Relation head = new Relation(
                maps.channels(),
                maps.side(),
                o.integer("hidden", 8, 1, 100_000, "units of the relation module's first linear layer"),
                o.choice("reduction", Relation.Reduction.SUM, "how the shots of a class become one"),
                o.choice(
                        "loss", Relation.Loss.SQUARED_ERROR, "squared error of scores as published, or cross-entropy"));
        return learner(maps.encoder(), head, o, shape, QueryStatistics.RUNNING);
    }

    private static MetricLearner learner(
            Network encoder, Head head, Options o, TaskShape shape, QueryStatistics standard) {
        shape.requireClassification(o);
        QueryStatistics statistics = o.choice(
                "query-statistics",
                standard,
                "batch normalisation when the learner is used: running averages, the support set, or batch (transductive)");
        return new MetricLearner(encoder, head, statistics, DType.FLOAT32);
    }
}
