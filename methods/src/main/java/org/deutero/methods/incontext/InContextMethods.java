package org.deutero.methods.incontext;

import java.util.List;
import org.deutero.learn.Predictor;
import org.deutero.learn.capability.AsEpisodes;
import org.deutero.methods.Method;
import org.deutero.methods.Method.Form;
import org.deutero.methods.Method.Sections;
import org.deutero.methods.Spectrum;
import org.deutero.methods.sequence.ClassCodes;
import org.deutero.methods.sequence.SequenceNetwork;
import org.deutero.methods.sequence.Targets;
import org.deutero.methods.sequence.TokenFormat;
import org.deutero.methods.sequence.Values;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tasks.sequence.Sequences;
import org.deutero.tensor.DType;

/** General-purpose in-context learning as recipes name it. */
public final class InContextMethods {
    /** GPICL. */
    public static final Method GPICL = new Method(
            "gpicl",
            "General-Purpose In-Context Learning",
            Spectrum.MEMORY,
            "Kirsch, Harrison, Sohl-Dickstein, Metz 2022, arXiv 2212.04458",
            "a causal network, a transformer or one with a recurrent state, that answers each item of a sequence from"
                    + " those told before; on enough different tasks it becomes a learning algorithm",
            "unroll",
            List.of(
                    new Form<>(TaskKind.SEQUENCES, InContextMethods::inSequence),
                    new Form<>(TaskKind.EPISODES, InContextMethods::inEpisodes)));

    private InContextMethods() {}

    private static Predictor<Sequences> inSequence(Sections s, TaskShape shape) {
        return learner(s.method(), shape, false);
    }

    /** Support sets stand class by class, so they are told in random order. */
    private static Predictor<Episodes> inEpisodes(Sections s, TaskShape shape) {
        return new AsEpisodes(learner(s.method(), shape, true));
    }

    private static SequenceNetwork learner(Options o, TaskShape shape, boolean shuffled) {
        if (!shape.classification() && shape.targetWidth() != shape.outputs()) {
            throw new OptionsException(
                    o.path("name") + ": this method answers by classes or numbers, but tasks are about arms");
        }
        Targets targets = shape.classification() ? ClassCodes.oneHot(shape.outputs()) : new Values(shape.outputs());
        TokenFormat format = o.choice(
                "tokens",
                TokenFormat.OFFICIAL,
                "official: an item with the answer to the one before; paired: with the one before as well");
        Architecture architecture = o.choice(
                "architecture",
                Architecture.TRANSFORMER,
                "transformer, or lstm, outer-product (matrices for memory), fast-weights, vsml");
        Architecture.Tokens tokens = new Architecture.Tokens(
                format.width(shape.features(), targets.told()),
                targets.told(),
                targets.outputs(),
                shape.classification());
        return new SequenceNetwork(
                architecture.network(o, tokens),
                targets,
                format,
                true,
                shuffled,
                o.number("query-weight", 0, 0, 1e6, "weight of the queries' loss beside that of all positions"),
                true,
                DType.FLOAT32);
    }
}
