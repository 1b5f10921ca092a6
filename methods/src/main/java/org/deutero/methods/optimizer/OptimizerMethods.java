package org.deutero.methods.optimizer;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.deutero.methods.Method;
import org.deutero.methods.Method.Form;
import org.deutero.methods.Spectrum;
import org.deutero.methods.optimizer.MetaObjective.Judged;
import org.deutero.methods.optimizer.rule.AdafactorRule;
import org.deutero.methods.optimizer.rule.LearnedRule;
import org.deutero.methods.optimizer.rule.LstmRule;
import org.deutero.methods.optimizer.rule.MlpRule;
import org.deutero.methods.optimizer.rule.Preprocessing;
import org.deutero.methods.optimizer.rule.ScheduleRule;
import org.deutero.methods.optimizer.rule.SeparateRule;
import org.deutero.methods.optimizer.rule.StepNetwork;
import org.deutero.options.Options;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tensor.DType;

/** Learned optimisers as recipes name them. */
public final class OptimizerMethods {
    /** The coordinate-wise LSTM. */
    public static final Method L2L = method(
            "l2l",
            "Learning to learn by gradient descent by gradient descent",
            Spectrum.RULE,
            "Andrychowicz et al. 2016, arXiv 1606.04474",
            "the weights of one small LSTM, in which every coordinate of the weights that are trained has a state of its own and which turns its gradient into its update",
            "truncated-bptt",
            new Standard(Judged.NEXT, Total.SUM),
            OptimizerMethods::lstm);

    /** A perceptron for every parameter. */
    public static final Method MLP_OPTIMIZER = method(
            "mlp-optimizer",
            "Learned optimiser with a perceptron for every parameter (MLPLOpt)",
            Spectrum.RULE,
            "Metz et al. 2019, arXiv 1810.10180",
            "the weights of a perceptron that turns the gradient, value and momenta of a parameter and the age of the training into its step",
            "pes",
            new Standard(Judged.BEFORE, Total.MEAN),
            o -> new MlpRule(
                    network(o, List.of(32, 32)),
                    o.numbers("momentum-decays", MlpRule.DECAYS, "decays of the momenta that are kept")));

    /** A small perceptron with the features of Adafactor. */
    public static final Method ADAFACTOR_MLP = method(
            "adafactor-mlp",
            "Learned optimiser with Adafactor's features (AdafacMLPLOpt)",
            Spectrum.RULE,
            "Metz et al. 2022, arXiv 2203.11860",
            "the weights of a very small perceptron that is told second moments and factored second moments as well, and the decays of all of them",
            "pes",
            new Standard(Judged.BEFORE, Total.MEAN),
            o -> new AdafactorRule(
                    network(o, List.of(4, 4)),
                    o.numbers("momentum-decays", AdafactorRule.DECAYS, "decays of momenta before meta-training"),
                    o.number(
                            "rms-decay",
                            AdafactorRule.RMS_DECAY,
                            0,
                            0.9999999,
                            "decay of the second moment before meta-training"),
                    o.numbers(
                            "adafactor-decays",
                            AdafactorRule.DECAYS,
                            "decays of factored second moments before meta-training, as many as of momenta")));

    /** A learned rate schedule. */
    public static final Method LEARNED_SCHEDULE = method(
            "learned-schedule",
            "Momentum descent with a learned schedule of rates",
            Spectrum.RULE,
            "Maclaurin, Duvenaud, Adams 2015, arXiv 1502.03492",
            "the rate of gradient descent at some steps, between which it is interpolated, and its momentum",
            "truncated-bptt",
            new Standard(Judged.NEXT, Total.MEAN),
            o -> new ScheduleRule(
                    o.integer("knots", 5, 1, 10_000, "steps at which the rate is a meta-parameter"),
                    o.integer(
                            "horizon",
                            100,
                            1,
                            1_000_000,
                            "steps from the first knot to the last, whose rate then stays"),
                    o.choice(
                            "knot-scale",
                            ScheduleRule.Scale.LOGARITHMIC,
                            "how knots are spread: evenly over steps, or over the logarithm of 1 + step"),
                    o.positive("rate", 0.01, "rate before meta-training"),
                    o.number("momentum", 0.9, 0.0001, 0.9999, "momentum before meta-training")));

    private enum Total {
        SUM,
        MEAN
    }

    private record Standard(Judged judged, Total total) {}

    private OptimizerMethods() {}

    private static Method method(
            String name,
            String title,
            Spectrum spectrum,
            String source,
            String summary,
            String metaGradient,
            Standard standard,
            Function<Options, LearnedRule> rule) {
        return new Method(
                name,
                title,
                spectrum,
                source,
                summary,
                metaGradient,
                List.of(new Form<>(
                        TaskKind.PROBLEMS,
                        (s, shape) -> new RuleLearner(
                                rule.apply(s.method()),
                                objective(s.method(), standard),
                                s.method()
                                        .flag(
                                                "second-derivatives",
                                                false,
                                                "whether gradients of problems are differentiated through; they are constants otherwise"),
                                DType.FLOAT32))));
    }

    private static MetaObjective objective(Options o, Standard standard) {
        return new MetaObjective(
                o.choice(
                        "judged",
                        standard.judged(),
                        "losses that count: those of each step's mini-batch before or after the step, after it on the mini-batch that comes next (and before the first step), after it on a fresh one that no step trains on, the lowest of those before steps, or what is found at the end only"),
                o.choice("total", standard.total(), "whether losses of a training are added up or averaged")
                        == Total.MEAN,
                o.positive("loss-scale", 1, "factor on all losses"),
                o.integer(
                        "final-batches",
                        0,
                        0,
                        100_000,
                        "mini-batches that a training is judged on at its end, if that is what counts; 0 for what is held out"),
                o.optionalNumber(
                                "highest-loss",
                                1e-6,
                                1e30,
                                "the most that a single loss may count, NaN and infinities as this much, and 0 the least; 1.5 log of the number of classes is usual")
                        .map(OptionalDouble::of)
                        .orElse(OptionalDouble.empty()));
    }

    private static LearnedRule lstm(Options o) {
        LstmRule rule = new LstmRule(
                o.choice(
                        "preprocessing",
                        Preprocessing.LOG_AND_SIGN,
                        "what a gradient is told as: its logarithm and sign, or as it is"),
                o.positive(
                        "preprocessing-k", 5, "gradients below exp(-k) are told on a linear scale; the paper says 10"),
                o.integers("layers", List.of(20, 20), 1, 1000, "units of the LSTM layers; none for a linear rule"),
                o.positive("update-scale", 0.01, "factor on updates"),
                o.number("forget-offset", 1, -100, 100, "added to the forget gates"));
        return o.flag(
                        "separate-convolutions",
                        false,
                        "whether convolutions have an LSTM of their own, beside that of all other layers")
                ? new SeparateRule(rule)
                : rule;
    }

    private static StepNetwork network(Options o, List<Integer> hidden) {
        return new StepNetwork(
                o.integers("hidden", hidden, 1, 10_000, "units of the hidden layers of the perceptron"),
                o.positive("step-scale", 0.001, "factor on steps"),
                o.positive("magnitude-scale", 0.001, "factor on the logarithm of their magnitude"),
                o.numbers("time-scales", StepNetwork.TIME_SCALES, "time scales in which the age is told, in steps"));
    }
}
