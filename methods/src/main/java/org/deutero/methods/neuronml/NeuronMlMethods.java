package org.deutero.methods.neuronml;

import java.util.OptionalDouble;
import org.deutero.learn.Predictor;
import org.deutero.methods.Method;
import org.deutero.methods.Method.Sections;
import org.deutero.methods.NetworkOptions;
import org.deutero.methods.OptimizerOptions;
import org.deutero.methods.Spectrum;
import org.deutero.methods.maml.InnerLoop;
import org.deutero.methods.maml.MamlMethods;
import org.deutero.options.Options;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.DType;
import org.deutero.tensor.nn.Network;

/** NeuronML as recipes name it. */
public final class NeuronMlMethods {
    /** NeuronML. */
    public static final Method NEURONML = new Method(
            "neuronml",
            "Neuromodulated Meta-Learning",
            Spectrum.INITIALISATION,
            "Wang, Guo, Qiang, Li, Zheng, Xiong, Hua 2024, arXiv 2411.06746",
            "an initialisation, and gates that choose which of its weights or units there are",
            "unroll",
            NeuronMlMethods::learner);

    private NeuronMlMethods() {}

    private static Predictor<Episodes> learner(Sections s, TaskShape shape) {
        Options o = s.method();
        int steps = o.integer("inner-steps", 5, 1, 100_000, "gradient steps on the support set in meta-training");
        InnerLoop inner = InnerLoop.of(
                OptimizerOptions.inner(o),
                OptimizerOptions.rate(o, shape.classification() ? 0.4 : 0.01, "step size of the inner loop"),
                steps,
                o.integer("evaluation-steps", steps, 0, 100_000, "gradient steps when the learner is used"));
        Network network = NetworkOptions.classifier(s.network(), shape);
        return new NeuronMl(
                network,
                shape.objective(),
                inner,
                gates(o, network),
                structure(o),
                mask(o),
                o.positive("structure-pace", 1, "rate of the gates as a factor on meta-optimizer.rate"),
                MamlMethods.Statistics.fromOptions(o),
                DType.FLOAT32);
    }

    private static Gates gates(Options o, Network network) {
        return new Gates(
                network,
                o.choice("gates", Gates.Granularity.PER_WEIGHT, "what has a gate of its own"),
                o.choice("gate-form", Gates.Form.CLAMP, "how gates are kept within 0 and 1"),
                o.number("gate-start", 0.9, 1e-6, 1 - 1e-6, "where gates start"),
                o.optionalNumber(
                                "hard-gates",
                                1e-6,
                                1 - 1e-6,
                                "gates are 1 above this and 0 elsewhere, with a straight-through gradient; soft if absent")
                        .map(OptionalDouble::of)
                        .orElse(OptionalDouble.empty()),
                o.flag(
                        "gate-scales",
                        true,
                        "whether gates on channels are the scale of a normalisation that has none, which takes them away otherwise"));
    }

    private static Structure structure(Options o) {
        Structure standard = Structure.STANDARD;
        return new Structure(
                weight(o, "frugality", standard.frugality(), "weight of the l1 norm beyond the budget"),
                weight(
                        o,
                        "plasticity",
                        standard.plasticity(),
                        "weight of what tasks share; pairs are taken within a shard"),
                weight(o, "sensitivity", standard.sensitivity(), "weight of active weights that matter little"),
                weight(
                        o,
                        "structure-task-weight",
                        standard.taskWeight(),
                        "weight of the query loss beside them; 0 as printed in the paper, where gates then all close"),
                o.positive("half-active", standard.halfActive(), "magnitude at which a weight is half active"),
                weight(o, "importance-temperature", standard.temperature(), "sharpness of importance in plasticity"),
                weight(o, "budget-share", standard.budgetShare(), "budget as a share of the l1 norm at the start"));
    }

    private static double weight(Options o, String key, double standard, String description) {
        return o.number(key, standard, 0, 1e6, description);
    }

    private static MaskSteps mask(Options o) {
        return o.flag("per-task-mask", false, "whether every task moves gates of its own before its weights")
                ? new MaskSteps(
                        o.integer("mask-steps", 1, 1, 1000, "steps of a task's gates"),
                        o.positive("mask-rate", 0.1, "step size of a task's gates"))
                : MaskSteps.NONE;
    }
}
