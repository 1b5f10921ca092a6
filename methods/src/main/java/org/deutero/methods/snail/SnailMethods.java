package org.deutero.methods.snail;

import java.util.List;
import org.deutero.learn.Predictor;
import org.deutero.methods.Method;
import org.deutero.methods.Method.Sections;
import org.deutero.methods.NetworkOptions;
import org.deutero.methods.QueryStatistics;
import org.deutero.methods.Spectrum;
import org.deutero.methods.metric.MetricLearner;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.DType;
import org.deutero.tensor.nn.Network;

/** SNAIL as recipes name it. */
public final class SnailMethods {
    /** SNAIL. */
    public static final Method SNAIL = new Method(
            "snail",
            "SNAIL",
            Spectrum.AMORTISED,
            "Mishra, Rohaninejad, Chen, Abbeel 2018, arXiv 1707.03141",
            "causal convolutions and attention that read labelled shots as a sequence and answer at its end",
            "unroll",
            SnailMethods::learner);

    private SnailMethods() {}

    private static Predictor<Episodes> learner(Sections s, TaskShape shape) {
        Options o = s.method();
        if (!shape.classification()) {
            throw new OptionsException(
                    o.path("name") + ": this method needs a classification, but tasks are a regression");
        }
        Network encoder = NetworkOptions.encoder(s.network(), shape);
        int shots =
                o.integer("most-shots", 5, 1, 1000, "shots of a class that convolutions span; attention has no limit");
        Snail.Sizes sizes;
        try {
            sizes = new Snail.Sizes(
                    o.integers(
                            "attention-keys", List.of(64, 256, 512), 1, 100_000, "key sizes of the attention blocks"),
                    o.integers(
                            "attention-values",
                            List.of(32, 128, 256),
                            1,
                            100_000,
                            "value sizes of the attention blocks"),
                    o.integer("filters", 128, 1, 100_000, "channels that each causal convolution adds"),
                    Math.addExact(Math.multiplyExact(shape.outputs(), shots), 1),
                    o.integer("first-dilation", 1, 1, 2, "of every convolution block; 2 as printed in the paper"));
        } catch (IllegalArgumentException e) {
            throw new OptionsException(o.path("attention-values") + ": " + e.getMessage());
        }
        return new MetricLearner(
                encoder,
                Snail.of(NetworkOptions.width(encoder, shape), shape.outputs(), sizes),
                o.choice(
                        "query-statistics",
                        QueryStatistics.RUNNING,
                        "batch normalisation when the learner is used: running averages, the support set, or batch (transductive)"),
                DType.FLOAT32);
    }
}
