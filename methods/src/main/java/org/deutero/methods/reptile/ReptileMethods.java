package org.deutero.methods.reptile;

import org.deutero.learn.Predictor;
import org.deutero.methods.Method;
import org.deutero.methods.Method.Sections;
import org.deutero.methods.NetworkOptions;
import org.deutero.methods.OptimizerOptions;
import org.deutero.methods.Spectrum;
import org.deutero.methods.maml.MamlMethods;
import org.deutero.options.Options;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.DType;

/** Reptile as recipes name it. */
public final class ReptileMethods {
    /** Reptile. */
    public static final Method REPTILE = new Method(
            "reptile",
            "Reptile",
            Spectrum.INITIALISATION,
            "Nichol, Achiam, Schulman 2018, arXiv 1803.02999",
            "an initialisation, moved towards where plain training on each task ends",
            "reptile",
            ReptileMethods::learner);

    private ReptileMethods() {}

    private static Predictor<Episodes> learner(Sections s, TaskShape shape) {
        Options o = s.method();
        int steps = o.integer("inner-steps", 5, 1, 100_000, "mini-batches in meta-training");
        return new Reptile(
                NetworkOptions.classifier(s.network(), shape),
                shape.objective(),
                OptimizerOptions.inner(o),
                OptimizerOptions.rate(o, 0.001, "step size of the inner training"),
                steps,
                o.integer("evaluation-steps", steps, 0, 100_000, "mini-batches when the learner is used"),
                MiniBatches.shuffled(
                        o.integer("inner-batch", 10, 1, 100_000, "examples in a mini-batch in meta-training"),
                        o.integer(
                                "evaluation-batch",
                                10,
                                1,
                                100_000,
                                "examples in a mini-batch when the learner is used")),
                MamlMethods.Statistics.fromOptions(o),
                DType.FLOAT32);
    }
}
