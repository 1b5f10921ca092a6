package org.deutero.methods.blur;

import java.util.List;
import org.deutero.learn.Predictor;
import org.deutero.methods.Method;
import org.deutero.methods.Method.Sections;
import org.deutero.methods.Spectrum;
import org.deutero.methods.StreamBatches;
import org.deutero.methods.blur.GenomeStart.Matrices;
import org.deutero.methods.blur.SynapseStart.Distribution;
import org.deutero.methods.maml.MamlMethods;
import org.deutero.options.Options;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.DType;

/** BLUR as recipes name it. */
public final class BlurMethods {
    /** BLUR. */
    public static final Method BLUR = new Method(
            "blur",
            "Bidirectional Learned Update Rules",
            Spectrum.RULE,
            "Sandler, Vladymyrov, Zhmoginov, Miller, Madams, Jackson, Aguera y Arcas 2021, arXiv 2104.04657",
            "a genome of some dozen numbers by which neurons pass messages and synapses change; no gradient in the inner loop",
            "unroll",
            BlurMethods::learner);

    private enum Genes {
        NATURAL,
        SCALED
    }

    private BlurMethods() {}

    private static Predictor<Episodes> learner(Sections s, TaskShape shape) {
        Options o = s.method();
        BlurRule rule = rule(o);
        return new Blur(
                s.network().integers("hidden", List.of(256, 128), 1, 100_000, "units of the hidden layers"),
                rule,
                start(o, rule),
                o.choice(
                                        "genes",
                                        Genes.NATURAL,
                                        "meta-parameters as they are, or scaled for a search with one deviation")
                                == Genes.SCALED
                        ? GeneScales.SCALED
                        : GeneScales.NATURAL,
                new SynapseStart(
                        o.choice("synapses", Distribution.NORMAL, "how synapses start: variance 1/n, or as fixed"),
                        o.positive("synapse-std", 0.1, "deviation of synapses that start fixed"),
                        o.flag("equal-channels", true, "whether a synapse starts with one value in all channels")),
                StreamBatches.of(o, 128),
                shape.objective(),
                shape.classification() ? o.positive("logit-scale", 5, "factor between outputs and logits") : 1,
                o.flag("loss-of-every-step", false, "whether the query losses after all steps count, or the last"),
                MamlMethods.Statistics.fromOptions(o),
                DType.FLOAT32);
    }

    private static BlurRule rule(Options o) {
        StateActivation sigma = o.choice("activation", StateActivation.TANH, "non-linearity of hidden neurons");
        NormalizedParts normalization = o.choice("normalization", NormalizedParts.NEURON, "what is normalised");
        return new BlurRule(
                o.integer("states", 2, 2, 64, "states of a neuron and channels of a synapse"),
                sigma,
                o.choice("last-activation", StateActivation.TANH, "non-linearity of the last layer"),
                o.choice("backward-activation", sigma, "non-linearity of hidden neurons on the way back"),
                o.choice("backward-update", BackwardUpdate.ADDITIVE, "what messages from above do to neurons"),
                normalization,
                normalization.synapses() && o.flag("rescale", false, "whether the norm of synapses is a gene"),
                o.choice("saturation", Saturation.NONE, "what keeps synapses from growing"),
                o.flag("symmetric-directions", true, "whether the way back uses the synapses of the way forward"),
                o.flag("symmetric-states", false, "whether all channels of a synapse are the first"),
                o.flag("forward-sources", false, "whether sources count as they were before the way back"),
                o.positive(
                        "synapse-bound",
                        1000,
                        "the largest synapse; what decays after long streams decays by this bound, not by the rule"),
                o.choice("feedback", Feedback.SIGNED, "what the last layer is told of the truth"));
    }

    private static GenomeStart start(Options o, BlurRule rule) {
        return new GenomeStart(
                o.choice("genome", Matrices.RANDOM, "matrices to start from"),
                o.positive("genome-std", 0.5, "deviation of random matrices"),
                o.number("neuron-keep", 0.5, "gene f at the start"),
                o.number("neuron-update", 1, "gene eta at the start"),
                o.number("synapse-keep", 1, "gene f~ at the start"),
                o.number("synapse-update", 0.005, "gene eta~ at the start; positive goes with signed feedback"),
                rule.saturation() == Saturation.NONE
                        ? 0
                        : o.number("saturation-start", 0.001, "gene of the saturating term at the start"));
    }
}
