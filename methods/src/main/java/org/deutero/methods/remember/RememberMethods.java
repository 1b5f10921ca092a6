package org.deutero.methods.remember;

import org.deutero.learn.Predictor;
import org.deutero.methods.Method;
import org.deutero.methods.Method.Sections;
import org.deutero.methods.Spectrum;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.DType;

/** Rules learned by remembering, as recipes name them. */
public final class RememberMethods {
    /** A learned rule of synapses, or one of the hand-written rules to compare with. */
    public static final Method REMEMBER = new Method(
            "remember",
            "Online neural update rules by learning to remember",
            Spectrum.RULE,
            "in the manner of Gregor 2020, arXiv 2003.03124, of which only abstract and introduction were read",
            "two small networks by which every synapse changes and is read, learned by what they let a layer remember",
            "unroll",
            RememberMethods::learner);

    private enum Name {
        LEARNED,
        HEBBIAN,
        DELTA
    }

    private RememberMethods() {}

    private static Predictor<Episodes> learner(Sections s, TaskShape shape) {
        Options o = s.method();
        SynapseRule rule =
                switch (o.choice("rule", Name.LEARNED, "how synapses change: learned, or a rule to compare with")) {
                    case LEARNED ->
                        new SynapseRule.Learned(
                                o.integer("hidden", 16, 1, 10_000, "units of the two networks"),
                                o.positive("step", 0.3, "factor on changes of synapses"));
                    case HEBBIAN -> new SynapseRule.Hebbian();
                    case DELTA -> new SynapseRule.Delta();
                };
        LearnedMemory.Loss loss = o.choice(
                "loss", LearnedMemory.Loss.TARGETS, "what recall is judged by: targets as they are, or bits +1 and -1");
        if (loss == LearnedMemory.Loss.BITS && shape.classification()) {
            throw new OptionsException(o.path("loss") + ": bits needs targets of +1 and -1, but tasks have classes");
        }
        return new LearnedMemory(rule, loss, DType.FLOAT32);
    }
}
