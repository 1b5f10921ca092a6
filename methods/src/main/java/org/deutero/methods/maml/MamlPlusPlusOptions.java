package org.deutero.methods.maml;

import java.util.List;
import java.util.OptionalDouble;
import org.deutero.learn.Predictor;
import org.deutero.methods.Method.Sections;
import org.deutero.methods.NetworkOptions;
import org.deutero.methods.OptimizerOptions;
import org.deutero.methods.maml.InnerLoop.Granularity;
import org.deutero.methods.maml.MamlMethods.Statistics;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.DType;
import org.deutero.tensor.nn.Network;

/**
 * The {@code method} section of a recipe for MAML++; defaults are those of the released code on Omniglot.
 *
 * <p>Differs from the released code in one point: rates have an entry for each step of meta-training, where it keeps one more that no step uses.
 */
final class MamlPlusPlusOptions {
    private MamlPlusPlusOptions() {}

    static Predictor<Episodes> learner(Sections s, TaskShape shape) {
        Options o = s.method();
        int steps = o.integer("inner-steps", 5, 1, 1000, "gradient steps on the support set in meta-training");
        InnerLoop inner = new InnerLoop(
                OptimizerOptions.inner(o),
                OptimizerOptions.rate(o, shape.classification() ? 0.1 : 0.01, "where learned rates start"),
                o.choice("inner-rates", Granularity.TENSOR_AND_STEP, "what has a learned rate of its own"),
                OptionalDouble.empty(),
                o.optionalNumber(
                                "lowest-inner-rate",
                                -1e6,
                                1e6,
                                "learned rates count as at least this much; unbounded if absent, as released")
                        .map(OptionalDouble::of)
                        .orElse(OptionalDouble.empty()),
                steps,
                o.integer(
                        "evaluation-steps",
                        steps,
                        0,
                        100_000,
                        "gradient steps when the learner is used; those beyond inner-steps repeat the last one's settings"));
        boolean norm = shape.areImages()
                && o.flag("norm-per-step", true, "whether batch normalisation has scale and shift for every step");
        Adaptation adaptation =
                norm || (shape.areImages() && !adaptsNorm(o)) ? Adaptation.ALL_BUT_NORM : Adaptation.ALL;
        Network network = NetworkOptions.classifier(s.network(), shape);
        return new Maml(
                network,
                shape.objective(),
                adaptation,
                Adapted.of(o, network),
                inner,
                new PerStep(losses(o, steps), norm),
                Statistics.fromOptions(o),
                DType.FLOAT32);
    }

    private static boolean adaptsNorm(Options o) {
        return o.flag("adapt-norm", true, "whether the inner loop moves batch normalisation's scale and shift");
    }

    private static LossWeights losses(Options o, int steps) {
        List<Double> fixed = o.numbers(
                "multi-step-weights",
                List.of(),
                "weights of the query losses after each step, instead of annealed ones");
        if (fixed.isEmpty()) {
            return new LossWeights.Annealed(
                    o.integer(
                            "multi-step-iterations",
                            5000,
                            0,
                            Integer.MAX_VALUE,
                            "iterations over which the loss of every step gives way to that of the last"),
                    o.integer(
                            "iterations-per-epoch",
                            500,
                            1,
                            Integer.MAX_VALUE,
                            "iterations for which the weights of these losses stay"));
        }
        if (fixed.size() != steps) {
            throw new OptionsException(o.path("multi-step-weights") + ": expected one weight for each of the " + steps
                    + " inner steps, not " + fixed.size());
        }
        return new LossWeights.Fixed(fixed);
    }
}
