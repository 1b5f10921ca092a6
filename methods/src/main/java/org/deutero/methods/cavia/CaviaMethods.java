package org.deutero.methods.cavia;

import org.deutero.learn.Predictor;
import org.deutero.methods.Method;
import org.deutero.methods.Method.Sections;
import org.deutero.methods.NetworkOptions;
import org.deutero.methods.OptimizerOptions;
import org.deutero.methods.Spectrum;
import org.deutero.methods.maml.MamlMethods;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.DType;
import org.deutero.tensor.nn.ConvNet;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.nn.Network;

/** CAVIA as recipes name it. */
public final class CaviaMethods {
    /** CAVIA. */
    public static final Method CAVIA = new Method(
            "cavia",
            "Fast Context Adaptation via Meta-Learning",
            Spectrum.INITIALISATION,
            "Zintgraf, Shiarlis, Kurin, Hofmann, Whiteson 2019, arXiv 1810.03642",
            "a network for all tasks with a few context numbers, which alone are adapted",
            "unroll",
            CaviaMethods::learner);

    private CaviaMethods() {}

    private static Predictor<Episodes> learner(Sections s, TaskShape shape) {
        Options o = s.method();
        int steps = o.integer("inner-steps", shape.areImages() ? 2 : 1, 1, 1000, "gradient steps on the support set");
        return new Cavia(
                network(s, shape),
                shape.objective(),
                OptimizerOptions.inner(o),
                OptimizerOptions.rate(o, 1, "step size of the context"),
                steps,
                o.integer("evaluation-steps", steps, 0, 100_000, "gradient steps when the learner is used"),
                MamlMethods.Statistics.fromOptions(o),
                DType.FLOAT32);
    }

    private static ContextNetwork network(Sections s, TaskShape shape) {
        Options o = s.method();
        int context = o.integer("context", shape.areImages() ? 100 : 5, 1, 100_000, "context numbers");
        Network network = NetworkOptions.classifier(s.network(), shape);
        if (network instanceof Mlp mlp) {
            return Concatenated.widening(mlp, context);
        }
        if (network instanceof ConvNet conv) {
            int last = conv.blocks() - 1;
            return new FeatureWise(
                    conv,
                    context,
                    o.integer("film-block", Math.min(2, last), 0, last, "block that the context modulates, from 0"),
                    o.flag("film-unit-gamma", true, "whether the scale that the context sets starts at 1"));
        }
        throw new OptionsException(
                s.network().path("type") + ": a context needs conv4, or an mlp without normalization, to enter");
    }
}
