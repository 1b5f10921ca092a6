package org.deutero.methods.ridge;

import java.util.List;
import org.deutero.learn.Predictor;
import org.deutero.methods.Method;
import org.deutero.methods.Method.Form;
import org.deutero.methods.Method.Sections;
import org.deutero.methods.Spectrum;
import org.deutero.options.Options;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tasks.sequence.Sequences;
import org.deutero.tensor.DType;

/** Online ridge regression as recipes name it. */
public final class RidgeMethods {
    /** Ridge regression on what has been told. */
    public static final Method ONLINE_RIDGE = new Method(
            "online-ridge",
            "Online ridge regression",
            Spectrum.BASELINE,
            "baseline",
            "nothing: a linear model of given features, fitted anew to all that has been told; what a learned learner"
                    + " of sequences has to beat",
            "unroll",
            List.of(new Form<>(TaskKind.SEQUENCES, RidgeMethods::learner)));

    private RidgeMethods() {}

    private static Predictor<Sequences> learner(Sections s, TaskShape shape) {
        Options o = s.method();
        return new OnlineRidge(
                o.choice(
                        "features",
                        RidgeFeatures.LINEAR,
                        "what the model is linear in: constant (a running mean), inputs, linear, which adds a constant to them, or quadratic, with all"
                                + " products of two inputs"),
                o.positive("ridge", 1e-3, "weight of the squared weights beside the sum of squared errors"),
                shape,
                DType.FLOAT32);
    }
}
