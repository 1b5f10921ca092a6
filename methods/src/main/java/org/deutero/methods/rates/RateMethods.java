package org.deutero.methods.rates;

import java.util.List;
import org.deutero.methods.Method;
import org.deutero.methods.Method.Form;
import org.deutero.methods.Spectrum;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tensor.DType;

/** Learned step sizes as recipes name them. */
public final class RateMethods {
    /** Gradient descent with learned rates. */
    public static final Method LEARNED_RATES = new Method(
            "learned-rates",
            "Gradient descent with learned rates",
            Spectrum.RULE,
            "Maclaurin, Duvenaud, Adams 2015, arXiv 1502.03492",
            "a step size for each layer of whatever network a problem has",
            "unroll",
            List.of(new Form<>(
                    TaskKind.PROBLEMS,
                    (s, shape) -> new LearnedRates(
                            shape.ofOneFamily(),
                            s.method()
                                    .choice(
                                            "rates",
                                            LearnedRates.Sharing.LAYER,
                                            "what has a rate of its own: each layer, each tensor, or none, for a single one"),
                            s.method().positive("rate", 0.01, "all rates before meta-training"),
                            DType.FLOAT32))));

    private RateMethods() {}
}
