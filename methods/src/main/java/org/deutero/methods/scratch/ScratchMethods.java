package org.deutero.methods.scratch;

import java.util.List;
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
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tensor.DType;
import org.deutero.tensor.optim.Optimizer;

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
                    ScratchMethods::learner)
            .and(TaskKind.PROBLEMS, (s, shape) -> training(s.method()));

    private ScratchMethods() {}

    private static ProblemTraining training(Options o) {
        Optimizer optimizer = OptimizerOptions.inner(o);
        double rate = OptimizerOptions.rate(o, 0.1, "step size");
        List<Double> rates = o.numbers(
                "rates",
                List.of(),
                "step sizes to choose from instead: an iteration of training tries one of them, and the best is used");
        return new ProblemTraining(
                optimizer,
                rates.isEmpty() ? List.of(rate) : rates,
                o.flag(
                        "choose-by-end",
                        false,
                        "whether the best rate is that of the lowest held-out loss at the end, or of the lowest mean loss on the way"));
    }

    private static Predictor<Episodes> learner(Sections s, TaskShape shape) {
        Options o = s.method();
        return new FromScratch(
                NetworkOptions.classifier(s.network(), shape),
                shape.objective(),
                OptimizerOptions.inner(o),
                OptimizerOptions.rate(o, 0.1, "step size"),
                StreamBatches.of(o, 128),
                MamlMethods.Statistics.fromOptions(o),
                DType.FLOAT32);
    }
}
