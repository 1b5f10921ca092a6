package org.deutero.methods.leo;

import org.deutero.learn.Predictor;
import org.deutero.methods.Method;
import org.deutero.methods.Method.Sections;
import org.deutero.methods.Spectrum;
import org.deutero.options.Options;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.DType;

/** LEO as recipes name it. */
public final class LeoMethods {
    /** Latent embedding optimisation. */
    public static final Method LEO = new Method(
            "leo",
            "Latent Embedding Optimization",
            Spectrum.METRIC,
            "Rusu, Rao, Sygnowski, Vinyals, Pascanu, Osindero, Hadsell 2019, arXiv 1807.05960",
            "a latent space of classifiers on given features, where tasks begin in it, and how fast to descend",
            "unroll",
            LeoMethods::learner);

    private LeoMethods() {}

    private static Predictor<Episodes> learner(Sections s, TaskShape shape) {
        Options o = s.method();
        shape.requireClassification(o);
        return new Leo(
                shape.features(),
                o.integer("latents", 64, 1, 10_000, "numbers in a latent code"),
                o.integer("code-steps", 5, 0, 1000, "gradient steps in the codes"),
                o.integer("weight-steps", 5, 0, 1000, "gradient steps in the generated weights afterwards"),
                o.positive("inner-rate", 1, "where the step sizes of codes start; they are learned"),
                o.positive("weight-rate", 0.001, "where the step sizes of weights start; they are learned"),
                o.number("dropout", 0.3, 0, 0.99, "share of features left out in meta-training"),
                new Penalties(
                        o.number(
                                "divergence",
                                0.1,
                                0,
                                1e6,
                                "weight of the codes' divergence from a normal distribution"),
                        o.number("encoding", 1e-6, 0, 1e6, "weight of the way that codes go"),
                        o.number("decay", 1e-9, 0, 1e6, "weight of half the squared weights"),
                        o.number("orthogonality", 0.1, 0, 1e6, "weight of the decoder's correlations")),
                DType.FLOAT32);
    }
}
