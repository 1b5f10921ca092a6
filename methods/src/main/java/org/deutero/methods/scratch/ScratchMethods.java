package org.deutero.methods.scratch;

import org.deutero.learn.Predictor;
import org.deutero.methods.Method;
import org.deutero.methods.Method.Sections;
import org.deutero.methods.NetworkOptions;
import org.deutero.methods.OptimizerOptions;
import org.deutero.methods.Spectrum;
import org.deutero.methods.StreamBatches;
import org.deutero.methods.maml.MamlMethods;
import org.deutero.options.Options;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.DType;

/** Training from scratch as recipes name it. */
public final class ScratchMethods {
    /** A plain optimiser from a random initialisation. */
    public static final Method FROM_SCRATCH = new Method(
            "from-scratch",
            "Training from scratch",
            Spectrum.BASELINE,
            "baseline",
            "nothing: an optimiser on a fresh network; what a learned rule has to beat",
            "unroll",
            ScratchMethods::learner);

    private ScratchMethods() {}

    private static Predictor<Episodes> learner(Sections s, TaskShape shape) {
        Options o = s.method();
        return new FromScratch(
                NetworkOptions.classifier(s.network(), shape),
                shape.objective(),
                OptimizerOptions.inner(o),
                o.positive("inner-rate", 0.1, "step size"),
                StreamBatches.of(o, 128),
                MamlMethods.Statistics.fromOptions(o),
                DType.FLOAT32);
    }
}
