package org.deutero.methods.maml;

import java.util.Optional;
import java.util.OptionalDouble;
import org.deutero.learn.Predictor;
import org.deutero.methods.Method;
import org.deutero.methods.Method.Sections;
import org.deutero.methods.NetworkOptions;
import org.deutero.methods.OptimizerOptions;
import org.deutero.methods.QueryStatistics;
import org.deutero.methods.Spectrum;
import org.deutero.methods.maml.InnerLoop.Granularity;
import org.deutero.methods.policy.PolicyOptions;
import org.deutero.options.Options;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tensor.DType;
import org.deutero.tensor.nn.Network;

/** The MAML family as recipes name it. */
public final class MamlMethods {
    /** MAML, second order. */
    public static final Method MAML = new Method(
                    "maml",
                    "Model-Agnostic Meta-Learning",
                    Spectrum.INITIALISATION,
                    "Finn, Abbeel, Levine 2017, arXiv 1703.03400",
                    "an initialisation from which a few gradient steps solve a task",
                    "unroll",
                    (s, shape) -> learner(s, shape, Adaptation.ALL, false, 1))
            .and(TaskKind.WORLDS, PolicyOptions::maml);

    /** MAML, first order. */
    public static final Method FOMAML = new Method(
                    "fomaml",
                    "First-order MAML",
                    Spectrum.INITIALISATION,
                    "Finn, Abbeel, Levine 2017, arXiv 1703.03400, section 5.2; Nichol, Achiam, Schulman 2018, arXiv"
                            + " 1803.02999",
                    "MAML without second derivatives",
                    "first-order",
                    (s, shape) -> learner(s, shape, Adaptation.ALL, false, 1))
            .and(TaskKind.WORLDS, PolicyOptions::maml);

    /** ANIL. */
    public static final Method ANIL = new Method(
            "anil",
            "Almost No Inner Loop",
            Spectrum.INITIALISATION,
            "Raghu, Raghu, Bengio, Vinyals 2020, arXiv 1909.09157",
            "features, and an initialisation of the last layer, which alone is adapted",
            "unroll",
            (s, shape) -> learner(s, shape, Adaptation.HEAD, false, 1));

    /** BOIL. */
    public static final Method BOIL = new Method(
            "boil",
            "Body Only update in Inner Loop",
            Spectrum.INITIALISATION,
            "Oh, Yoo, Kim, Yun 2021, arXiv 2008.08882",
            "an initialisation of the body, which alone is adapted, and a head that stays",
            "unroll",
            (s, shape) -> learner(s, shape, Adaptation.BODY, false, 1));

    /** Meta-SGD. */
    public static final Method META_SGD = new Method(
            "meta-sgd",
            "Meta-SGD",
            Spectrum.INITIALISATION,
            "Li, Zhou, Chen, Li 2017, arXiv 1707.09835",
            "an initialisation and a learning rate for every weight",
            "unroll",
            (s, shape) -> learner(s, shape, Adaptation.ALL, true, 1));

    /** MAML++. */
    public static final Method MAML_PLUS_PLUS = new Method(
            "maml-plus-plus",
            "MAML++",
            Spectrum.INITIALISATION,
            "Antoniou, Edwards, Storkey 2019, arXiv 1810.09502",
            "an initialisation, and for every inner step rates of each tensor and a normalisation",
            "unroll",
            MamlPlusPlusOptions::learner);

    /** Training on all tasks at once, then fine-tuning: what MAML is compared with. */
    public static final Method JOINT = new Method(
                    "joint",
                    "Joint training and fine-tuning",
                    Spectrum.BASELINE,
                    "baseline of Finn, Abbeel, Levine 2017, arXiv 1703.03400",
                    "one network for all tasks at once; gradient steps only when it is used",
                    "unroll",
                    (s, shape) -> learner(s, shape, Adaptation.ALL, false, 0))
            .and(TaskKind.WORLDS, PolicyOptions::joint);

    private MamlMethods() {}

    private static Predictor<Episodes> learner(
            Sections s, TaskShape shape, Adaptation adaptation, boolean learnedRates, int standardSteps) {
        Options o = s.method();
        int steps = standardSteps == 0
                ? 0
                : o.integer(
                        "inner-steps", standardSteps, 1, 100_000, "gradient steps on the support set in meta-training");
        int evaluationSteps = o.integer(
                "evaluation-steps",
                Math.max(1, steps),
                0,
                100_000,
                "gradient steps on the support set when the learner is used");
        double rate = learnedRates
                ? OptimizerOptions.rate(o, 0.005, "where learned rates start, or the lower end of a range")
                : OptimizerOptions.rate(o, shape.classification() ? 0.4 : 0.01, "step size of the inner loop");
        Optional<Double> highest = learnedRates
                ? o.optionalNumber(
                        "highest-inner-rate", rate, 1e6, "upper end of the range in which learned rates start")
                : Optional.empty();
        InnerLoop inner = new InnerLoop(
                OptimizerOptions.inner(o),
                rate,
                learnedRates ? Granularity.WEIGHT : Granularity.FIXED,
                highest.map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                OptionalDouble.empty(),
                steps,
                evaluationSteps);
        boolean norm = adaptation != Adaptation.ALL
                || !shape.areImages()
                || o.flag("adapt-norm", true, "whether the inner loop moves batch normalisation's scale and shift");
        Network network = NetworkOptions.classifier(s.network(), shape);
        return new Maml(
                network,
                shape.objective(),
                norm ? adaptation : Adaptation.ALL_BUT_NORM,
                adaptation == Adaptation.ALL ? Adapted.of(o, network) : Adapted.ALL,
                inner,
                PerStep.NOTHING,
                Statistics.fromOptions(o),
                DType.FLOAT32);
    }

    /** The choice of query statistics among those that adapted weights can have. */
    public enum Statistics {
        /** The query batch itself. */
        BATCH,
        /** The support set. */
        SUPPORT;

        /** The {@code query-statistics} key. */
        public static QueryStatistics fromOptions(Options o) {
            Statistics choice = o.choice(
                    "query-statistics",
                    BATCH,
                    "batch normalisation of queries when the learner is used: batch (transductive) or support");
            return QueryStatistics.valueOf(choice.name());
        }
    }
}
