package org.deutero.methods.synapse;

import java.util.OptionalLong;
import org.deutero.learn.Predictor;
import org.deutero.methods.FastNetwork;
import org.deutero.methods.Method;
import org.deutero.methods.Method.Sections;
import org.deutero.methods.NetworkOptions;
import org.deutero.methods.SettlingOptions;
import org.deutero.methods.Spectrum;
import org.deutero.methods.maml.MamlMethods;
import org.deutero.methods.synapse.Consolidation.Form;
import org.deutero.methods.synapse.Consolidation.Strength;
import org.deutero.options.Options;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.DType;

/** Learners of synapses that remember, as recipes name them. */
public final class SynapseMethods {
    private static final String SOURCE = "Zucchet, Schug, von Oswald, Zhao, Sacramento 2022, arXiv 2104.01677";

    /** Learned centres. */
    public static final Method COMPLEX_SYNAPSE = new Method(
            "complex-synapse",
            "Contrastive meta-learning, complex synapse",
            Spectrum.PLASTICITY,
            SOURCE,
            "for every synapse a centre that its weight is pulled to, and starts from; the strength of the pull, too, if asked for",
            "contrastive",
            (s, shape) -> learner(s, shape, true));

    /** Zero centres. */
    public static final Method LEARNED_DECAY = new Method(
            "learned-decay",
            "Learned weight decay",
            Spectrum.PLASTICITY,
            SOURCE,
            "a strength of weight decay for every synapse; learning starts from the same random weights each time",
            "contrastive",
            (s, shape) -> learner(s, shape, false));

    private enum Start {
        CENTRE,
        FIXED
    }

    private SynapseMethods() {}

    private static Predictor<Episodes> learner(Sections s, TaskShape shape, boolean centred) {
        Options o = s.method();
        SettlingOptions.Both settling = SettlingOptions.of(o, 0.01, 100);
        Consolidation consolidation = new Consolidation(
                centred,
                o.choice(
                        "strength",
                        centred ? Strength.FIXED : Strength.SYNAPSE,
                        "whether strengths of the pull are fixed, or learned for every tensor or synapse"),
                o.choice(
                        "strength-form",
                        Form.LOGARITHM,
                        "whether learned strengths are held as logarithms, or as themselves and not below 0"),
                o.positive("lambda", centred ? 0.5 : 1e-3, "strength of the pull, at the start if it is learned"));
        boolean fixed = !centred
                || o.choice("start", Start.CENTRE, "where learning starts: at the centres, or at weights drawn once")
                        == Start.FIXED;
        OptionalLong seed =
                fixed ? OptionalLong.of(o.seed("start-seed", "seed of the weights drawn once")) : OptionalLong.empty();
        return new ComplexSynapse(
                new FastNetwork(
                        NetworkOptions.classifier(s.network(), shape),
                        shape.objective(),
                        MamlMethods.Statistics.fromOptions(o)),
                consolidation,
                settling.training(),
                settling.evaluation(),
                o.integer(
                        "batch",
                        0,
                        0,
                        1_000_000,
                        "examples in a mini-batch of the inner steps; 0 for the whole support set"),
                seed,
                DType.FLOAT32);
    }
}
