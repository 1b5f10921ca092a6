package org.deutero.methods.plastic;

import org.deutero.learn.Predictor;
import org.deutero.methods.Method;
import org.deutero.methods.Method.Sections;
import org.deutero.methods.NetworkOptions;
import org.deutero.methods.Spectrum;
import org.deutero.methods.plastic.RecurrentMemory.Readout;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.DType;

/** Plastic networks and fast weights as recipes name them. */
public final class PlasticMethods {
    /** A recurrent network with plastic connections, with or without neuromodulation. */
    public static final Method PLASTIC_RECURRENT = new Method(
            "plastic-recurrent",
            "Differentiable plasticity, recurrent; Backpropamine",
            Spectrum.PLASTICITY,
            "Miconi, Stanley, Clune 2018, arXiv 1804.02464; Miconi, Rawal, Clune, Stanley 2019, arXiv 2002.10585",
            "weights, and how plastic each of them is; a recurrent network remembers a task in Hebbian traces",
            "unroll",
            PlasticMethods::recurrent);

    /** A plastic last layer. */
    public static final Method PLASTIC_READOUT = new Method(
            "plastic-readout",
            "Differentiable plasticity, one-shot classification",
            Spectrum.PLASTICITY,
            "Miconi, Stanley, Clune 2018, arXiv 1804.02464",
            "features, and how plastic each weight of the last layer is; its traces follow clamped labels",
            "unroll",
            PlasticMethods::readout);

    /** Fast weights that attend to the recent past. */
    public static final Method FAST_WEIGHTS = new Method(
            "fast-weights",
            "Using Fast Weights to Attend to the Recent Past",
            Spectrum.PLASTICITY,
            "Ba, Hinton, Mnih, Leibo, Ionescu 2016, arXiv 1610.06258",
            "a recurrent network whose fast weights store its recent activity",
            "unroll",
            PlasticMethods::fastWeights);

    /** Fast weight programmers. */
    public static final Method FAST_WEIGHT_PROGRAMMER = new Method(
            "fast-weight-programmer",
            "Linear Transformers Are Secretly Fast Weight Programmers",
            Spectrum.PLASTICITY,
            "Schlag, Irie, Schmidhuber 2021, arXiv 2102.11174",
            "keys, queries and write strengths, by which a slow network programs a fast weight matrix",
            "unroll",
            PlasticMethods::programmer);

    private enum Modulated {
        NONE,
        SIMPLE,
        FAN,
        RETROACTIVE
    }

    private enum Map {
        ELU,
        DPFP,
        TANH
    }

    private enum Judged {
        SQUARED_ERROR,
        CROSS_ENTROPY
    }

    private PlasticMethods() {}

    private static Presentation presentation(Options o, Presentation standard) {
        return o.choice(
                "presentation",
                standard,
                "how items become time: auto, inputs alone; paired, input and target at once; serial, one after the other");
    }

    private static Predictor<Episodes> recurrent(Sections s, TaskShape shape) {
        Options o = s.method();
        boolean pattern = !shape.classification() && shape.features() == shape.outputs();
        Presentation presentation = presentation(o, pattern ? Presentation.AUTO : Presentation.PAIRED);
        Modulated modulated = o.choice("modulation", Modulated.NONE, "how the network rules its own plasticity");
        boolean own = modulated == Modulated.NONE;
        return new RecurrentMemory(
                own ? plastic(o, presentation.width(shape)) : modulated(o, presentation.width(shape), modulated),
                presentation,
                own ? Readout.UNITS : Readout.LINEAR,
                shape,
                o.positive("input-scale", 1, "factor on inputs"),
                o.integer("query-steps", 1, 1, 10_000, "steps for which a query stays"),
                own && shape.classification() ? o.positive("logit-scale", 5, "factor between outputs and logits") : 1,
                DType.FLOAT32);
    }

    private static RecurrentCell plastic(Options o, int units) {
        return new PlasticCell(
                units,
                rule(o, TraceRule.HEBB_DECAY),
                plastic(o),
                o.positive("deviation", 0.01, "of weights and plasticities at the start"),
                o.positive("rate", 0.01, "eta at the start"));
    }

    private static boolean plastic(Options o) {
        return o.flag("plastic", true, "whether connections are plastic");
    }

    private static TraceRule rule(Options o, TraceRule standard) {
        return o.choice("rule", standard, "how traces follow activity");
    }

    private static RecurrentCell modulated(Options o, int inputs, Modulated modulated) {
        return new ModulatedCell(
                inputs,
                o.integer("units", 100, 1, 100_000, "units of the network"),
                PlasticityModulation.valueOf(modulated.name()),
                o.positive("bound", modulated == Modulated.FAN ? 2 : 1, "largest trace"),
                o.positive("deviation", 0.01, "largest weight and plasticity at the start"),
                modulated == Modulated.RETROACTIVE ? o.positive("rate", 0.1, "eta of eligibilities at the start") : 0);
    }

    private static Predictor<Episodes> readout(Sections s, TaskShape shape) {
        Options o = s.method();
        if (!shape.classification()) {
            throw new OptionsException("method plastic-readout needs tasks with classes, but these are " + shape);
        }
        return new PlasticReadout(
                NetworkOptions.classifier(s.network(), shape),
                rule(o, TraceRule.OJA),
                plastic(o),
                o.number("clamp", 1000, 0, 1e6, "added to the logit of the true class while it is shown"),
                o.choice("loss", PlasticReadout.Loss.BINARY_CROSS_ENTROPY, "what queries are judged by"),
                o.positive("deviation", 0.01, "largest plasticity at the start"),
                o.positive("rate", 0.01, "eta at the start"),
                DType.FLOAT32);
    }

    private static Predictor<Episodes> fastWeights(Sections s, TaskShape shape) {
        Options o = s.method();
        Presentation presentation = presentation(o, Presentation.SERIAL);
        return new RecurrentMemory(
                new FastWeightCell(
                        presentation.width(shape),
                        o.integer("units", 50, 1, 100_000, "units of the network"),
                        o.number("decay", 0.95, 0, 1, "lambda, what is left of fast weights after a step"),
                        o.number("rate", 0.5, 0, 100, "eta of fast weights; 0 for a plain recurrent network"),
                        o.integer("loops", 1, 1, 1000, "times that fast weights act in a step")),
                presentation,
                Readout.LINEAR,
                shape,
                1,
                1,
                1,
                DType.FLOAT32);
    }

    private static Predictor<Episodes> programmer(Sections s, TaskShape shape) {
        Options o = s.method();
        FastWeightRule rule = o.choice("rule", FastWeightRule.DELTA, "how associations are written");
        Judged loss = shape.classification()
                ? o.choice("loss", Judged.SQUARED_ERROR, "what queries are judged by")
                : Judged.SQUARED_ERROR;
        return new FastWeightProgrammer(
                shape,
                rule,
                map(o, rule == FastWeightRule.MEMORY ? Map.TANH : Map.DPFP),
                o.integer("embedding", 64, 1, 1_000_000, "numbers that an input is embedded in"),
                o.integer("size", 64, 1, 1_000_000, "numbers in keys and queries"),
                loss == Judged.SQUARED_ERROR ? Objective.SQUARED_ERROR : Objective.CROSS_ENTROPY,
                DType.FLOAT32);
    }

    private static FeatureMap map(Options o, Map standard) {
        return switch (o.choice("map", standard, "what keys and queries pass through")) {
            case ELU -> new FeatureMap.Elu();
            case TANH -> new FeatureMap.Tanh();
            case DPFP -> new FeatureMap.Dpfp(o.integer("nu", 1, 1, 1000, "shifts of the projection"));
        };
    }
}
