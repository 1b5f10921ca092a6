package org.deutero.methods.imaml;

import org.deutero.learn.Predictor;
import org.deutero.methods.Method;
import org.deutero.methods.Method.Sections;
import org.deutero.methods.NetworkOptions;
import org.deutero.methods.OptimizerOptions;
import org.deutero.methods.Spectrum;
import org.deutero.methods.imaml.Proximity.Course;
import org.deutero.methods.maml.InnerLoop;
import org.deutero.methods.maml.MamlMethods;
import org.deutero.options.Options;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.DType;

/** Implicit MAML as recipes name it. */
public final class ImplicitMamlMethods {
    /** iMAML. */
    public static final Method IMAML = new Method(
            "imaml",
            "Implicit MAML",
            Spectrum.INITIALISATION,
            "Rajeswaran, Finn, Kakade, Levine 2019, arXiv 1909.04630",
            "a point that every task's solution is pulled to, and starts from",
            "implicit-cg",
            ImplicitMamlMethods::learner);

    private ImplicitMamlMethods() {}

    private static Predictor<Episodes> learner(Sections s, TaskShape shape) {
        Options o = s.method();
        int steps = o.integer("inner-steps", 16, 1, 100_000, "gradient steps on the support set in meta-training");
        InnerLoop inner = InnerLoop.of(
                OptimizerOptions.inner(o),
                OptimizerOptions.rate(o, shape.classification() ? 0.1 : 0.005, "step size of the inner loop"),
                steps,
                o.integer("evaluation-steps", steps, 0, 100_000, "gradient steps when the learner is used"));
        double lambda = o.positive("lambda", 2, "strength of the pull towards the meta-parameters");
        Proximity proximity = new Proximity(
                lambda,
                o.number("evaluation-lambda", lambda, 0, 1e6, "strength of the pull when the learner is used"),
                o.choice(
                        "proximity",
                        Course.EVERY_STEP,
                        "where the pull acts: in every step as in the paper, or once after the loop as in the released code"));
        return new ImplicitMaml(
                NetworkOptions.classifier(s.network(), shape),
                shape.objective(),
                inner,
                proximity,
                MamlMethods.Statistics.fromOptions(o),
                DType.FLOAT32);
    }
}
