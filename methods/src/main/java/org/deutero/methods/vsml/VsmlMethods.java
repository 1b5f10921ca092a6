package org.deutero.methods.vsml;

import java.util.List;
import org.deutero.learn.Predictor;
import org.deutero.methods.Method;
import org.deutero.methods.Method.Sections;
import org.deutero.methods.Spectrum;
import org.deutero.options.Options;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.DType;

/** VSML as recipes name it. */
public final class VsmlMethods {
    private static final String SOURCE = "Kirsch, Schmidhuber 2021, arXiv 2012.14905";

    /** VSML. */
    public static final Method VSML = new Method(
            "vsml",
            "Variable Shared Meta Learning",
            Spectrum.RULE,
            SOURCE,
            "one small LSTM that is every synapse of a network; learning is what happens in its states",
            "es",
            VsmlMethods::vsml);

    /** A rule of VSML that imitates back-propagation. */
    public static final Method CLONING = new Method(
            "vsml-cloning",
            "Learning-algorithm cloning",
            Spectrum.RULE,
            SOURCE,
            "VSML's LSTM, trained to do what a synapse does under back-propagation",
            "unroll",
            VsmlMethods::cloning);

    private VsmlMethods() {}

    private static Predictor<Episodes> vsml(Sections s, TaskShape shape) {
        Options o = s.method();
        RuleOptions rule = new RuleOptions(o);
        return new Vsml(
                s.network().integers("hidden", List.of(), 1, 100_000, "units of the hidden layers; none for one layer"),
                rule.supervised(16, 8, Reduction.MEAN),
                rule.initial(0.5),
                readout(o),
                o.flag("backward-pass", false, "whether layers are visited last to first once the error is known"),
                o.flag("feed-label", false, "whether the last layer is told the label beside the error"),
                o.choice("loss", Vsml.MetaLoss.ONLINE, "what meta-learning lowers: online, or the queries at the end"),
                shape.objective(),
                DType.FLOAT32);
    }

    private static Readout readout(Options o) {
        return new Readout(
                o.integer("output-slot", 1, 0, 4095, "number of a message, from 0, that is the prediction"),
                o.positive("output-bound", 100, "predictions are limited to +- this by tanh"),
                o.positive("error-scale", 1, "factor on the error that the last layer is told"));
    }

    private static Predictor<Episodes> cloning(Sections s, TaskShape shape) {
        Options o = s.method();
        return new Cloning(
                new RuleOptions(o).supervised(16, 8, Reduction.SUM),
                o.positive("rate", 0.1, "step size of the gradient descent that is imitated"),
                o.positive("weight-std", 0.5, "deviation of the weights and biases that it starts with"),
                o.choice("judged", Cloning.Judged.ALL, "what of the imitation counts"),
                shape.objective(),
                DType.FLOAT32);
    }
}
