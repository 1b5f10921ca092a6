package org.deutero.methods.warpgrad;

import org.deutero.learn.Predictor;
import org.deutero.methods.Method;
import org.deutero.methods.Method.Sections;
import org.deutero.methods.NetworkOptions;
import org.deutero.methods.Spectrum;
import org.deutero.methods.reptile.MiniBatches;
import org.deutero.options.Options;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.DType;
import org.deutero.tensor.nn.Network;

/** WarpGrad and Leap as recipes name them. */
public final class WarpGradMethods {
    /** WarpGrad. */
    public static final Method WARPGRAD = new Method(
            "warpgrad",
            "Warped Gradient Descent",
            Spectrum.INITIALISATION,
            "Flennerhag, Rusu, Pascanu, Visin, Yin, Hadsell 2020, arXiv 1909.00025",
            "layers between those that a task trains, which precondition its gradient; also the start, and step sizes",
            "warpgrad",
            (s, shape) ->
                    learner(s, shape, WarpOptions.warped(s.method(), NetworkOptions.classifier(s.network(), shape))));

    /** Leap. */
    public static final Method LEAP = new Method(
            "leap",
            "Leap",
            Spectrum.INITIALISATION,
            "Flennerhag, Moreno, Lawrence, Damianou 2019, arXiv 1812.01054",
            "an initialisation from which the paths of training, however long, are short",
            "leap",
            (s, shape) -> learner(s, shape, NetworkOptions.classifier(s.network(), shape)));

    private WarpGradMethods() {}

    private static Predictor<Episodes> learner(Sections s, TaskShape shape, Network network) {
        Options o = s.method();
        int steps = o.integer("inner-steps", 100, 1, 100_000, "mini-batches in meta-training");
        InnerDescent descent = new InnerDescent(
                o.positive("inner-rate", shape.classification() ? 0.1 : 0.01, "step size of the inner loop"),
                o.number("inner-momentum", 0, 0, 0.999999, "momentum of the inner loop"),
                o.flag("learned-rates", false, "whether each tensor has a step size and a momentum that are learned"));
        return new WarpGrad(
                network,
                shape.objective(),
                o.choice("start", WarpGrad.Start.LEARNED, "tasks begin where all do, which is learned, or each afresh"),
                descent,
                steps,
                o.integer("evaluation-steps", steps, 0, 100_000, "mini-batches when the learner is used"),
                MiniBatches.ofSupport(o.integer(
                        "inner-batch", 20, 0, 100_000, "support examples in a mini-batch; 0 for all of them")),
                o.choice(
                        "query-statistics",
                        WarpGrad.Statistics.BATCH,
                        "batch normalisation of queries when the learner is used: of themselves, of the support set, or running averages of the task's mini-batches"),
                DType.FLOAT32);
    }
}
