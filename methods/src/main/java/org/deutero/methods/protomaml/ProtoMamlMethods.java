package org.deutero.methods.protomaml;

import org.deutero.learn.Predictor;
import org.deutero.methods.Method;
import org.deutero.methods.Method.Sections;
import org.deutero.methods.NetworkOptions;
import org.deutero.methods.OptimizerOptions;
import org.deutero.methods.Spectrum;
import org.deutero.methods.maml.MamlMethods;
import org.deutero.options.Options;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.DType;

/** Proto-MAML as recipes name it. */
public final class ProtoMamlMethods {
    /** Proto-MAML. */
    public static final Method PROTO_MAML = new Method(
            "proto-maml",
            "Proto-MAML",
            Spectrum.METRIC,
            "Triantafillou, Zhu, Dumoulin, Lamblin et al. 2020, arXiv 1903.03096",
            "an encoder from whose class means a linear head starts; a few gradient steps finish it",
            "unroll",
            ProtoMamlMethods::learner);

    private ProtoMamlMethods() {}

    private static Predictor<Episodes> learner(Sections s, TaskShape shape) {
        Options o = s.method();
        shape.requireClassification(o);
        int steps = o.integer(
                "inner-steps", 1, 0, 100_000, "gradient steps in meta-training; 0 for a prototypical network");
        return new ProtoMaml(
                NetworkOptions.encoder(s.network(), shape),
                o.positive("multiplier", 1, "factor of prototypes in the head's start"),
                o.flag("adapt-encoder", true, "whether the encoder moves beside the head"),
                OptimizerOptions.inner(o),
                OptimizerOptions.rate(o, 0.02, "step size of the inner loop"),
                steps,
                o.integer(
                        "evaluation-steps",
                        Math.max(1, steps),
                        0,
                        100_000,
                        "gradient steps on the support set when the learner is used"),
                MamlMethods.Statistics.fromOptions(o),
                DType.FLOAT32);
    }
}
