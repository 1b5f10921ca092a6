package org.deutero.methods.memorization;

import java.util.ArrayList;
import java.util.List;
import org.deutero.learn.Predictor;
import org.deutero.methods.Method;
import org.deutero.methods.Method.Sections;
import org.deutero.methods.OptimizerOptions;
import org.deutero.methods.Spectrum;
import org.deutero.methods.maml.InnerLoop;
import org.deutero.methods.maml.MamlMethods;
import org.deutero.options.Options;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.DType;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Mlp;

/** Meta-regularised MAML as recipes name it. */
public final class MrMamlMethods {
    /** MAML behind an information bottleneck. */
    public static final Method MR_MAML = new Method(
            "mr-maml",
            "Meta-Regularised MAML",
            Spectrum.INITIALISATION,
            "Yin, Tucker, Zhou, Levine, Finn 2020, arXiv 1912.03820",
            "an encoder that is charged for what it memorises, and an initialisation of a head, which alone is adapted",
            "unroll",
            MrMamlMethods::learner);

    private MrMamlMethods() {}

    private static Predictor<Episodes> learner(Sections s, TaskShape shape) {
        Options o = s.method();
        int width = o.integer("code", 5, 1, 100_000, "numbers in a code, what the encoder makes of an input");
        List<Integer> sizes = new ArrayList<>(List.of(width));
        sizes.addAll(o.integers("head", List.of(40, 40), 1, 100_000, "units of the head's hidden layers"));
        sizes.add(shape.outputs());
        int steps = o.integer("inner-steps", 1, 1, 100_000, "gradient steps on the support set in meta-training");
        InnerLoop inner = InnerLoop.of(
                OptimizerOptions.inner(o),
                OptimizerOptions.rate(o, shape.classification() ? 0.4 : 0.01, "step size of the inner loop"),
                steps,
                o.integer(
                        "evaluation-steps",
                        steps,
                        0,
                        100_000,
                        "gradient steps on the support set when the learner is used"));
        return new MrMaml(
                BottleneckOptions.of(o, s.network(), shape, width),
                BottleneckOptions.beta(o),
                new Mlp(
                        sizes,
                        Activation.RELU,
                        o.choice("head-initializer", Initializer.FAN_IN_UNIFORM, "how the head's weights start")),
                shape.objective(),
                inner,
                MamlMethods.Statistics.fromOptions(o),
                DType.FLOAT32);
    }
}
