package org.deutero.methods.mann;

import java.util.List;
import org.deutero.learn.Predictor;
import org.deutero.learn.capability.AsEpisodes;
import org.deutero.methods.Method;
import org.deutero.methods.Method.Form;
import org.deutero.methods.Method.Sections;
import org.deutero.methods.Spectrum;
import org.deutero.methods.plastic.RecurrentCell;
import org.deutero.methods.sequence.ClassCodes;
import org.deutero.methods.sequence.NormalValues;
import org.deutero.methods.sequence.SequenceNetwork;
import org.deutero.methods.sequence.Targets;
import org.deutero.methods.sequence.UncertainSequence;
import org.deutero.methods.sequence.Values;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tasks.sequence.Sequences;
import org.deutero.tensor.DType;
import org.deutero.tensor.nn.recurrent.LstmStart;

/** Memory-augmented networks and the recurrent network beside them, as recipes name them. */
public final class MannMethods {
    /** Memory-augmented neural network. */
    public static final Method MANN = method(
            "mann",
            "Memory-Augmented Neural Networks",
            "Santoro, Bartunov, Botvinick, Wierstra, Lillicrap 2016, arXiv 1605.06065",
            "a network that binds inputs to labels in an external memory, told one step late, while its weights stay",
            true);

    /** The same with nothing but its activations to remember by. */
    public static final Method LSTM_MEMORY = method(
            "lstm-memory",
            "Learning in the activations of an LSTM",
            "Hochreiter, Younger, Conwell 2001",
            "a recurrent network whose activations are all it remembers a task by",
            false);

    private static final int MOST = 100_000;

    private enum Labels {
        ONE_HOT,
        STRINGS
    }

    private enum Written {
        SEPARATE,
        KEY
    }

    private enum LeastUsed {
        RANKED,
        SHARED
    }

    private MannMethods() {}

    private static Method method(String name, String title, String source, String summary, boolean memory) {
        return new Method(
                name,
                title,
                Spectrum.MEMORY,
                source,
                summary,
                "unroll",
                List.of(
                        new Form<>(TaskKind.SEQUENCES, (s, shape) -> inSequence(s, shape, memory)),
                        new Form<>(TaskKind.EPISODES, (s, shape) -> inEpisodes(s, shape, memory))));
    }

    private static Predictor<Episodes> inEpisodes(Sections s, TaskShape shape, boolean memory) {
        return new AsEpisodes(learner(network(s, shape, memory)));
    }

    private static Predictor<Sequences> inSequence(Sections s, TaskShape shape, boolean memory) {
        SequenceNetwork network = network(s, shape, memory);
        if (network.shuffled()) {
            throw new OptionsException(
                    s.method().path("shuffle") + " is true, but sequences have an order of their own; expected false");
        }
        return learner(network);
    }

    private static Predictor<Sequences> learner(SequenceNetwork network) {
        return network.targets() instanceof NormalValues ? new UncertainSequence(network) : network;
    }

    private static SequenceNetwork network(Sections s, TaskShape shape, boolean memory) {
        Options o = s.method();
        Targets targets = targets(o, shape);
        int inputs = shape.features() + targets.told();
        int units = o.integer("units", 200, 1, MOST, "units of the controller");
        LstmStart start = memory
                ? LstmStart.GLOROT
                : o.choice("initializer", LstmStart.GLOROT, "how the network starts: glorot, or as torch or haiku do");
        RecurrentCell cell = memory ? cell(o, inputs, units) : new LstmCell(inputs, units, forgetBias(o, start), start);
        return new SequenceNetwork(
                cell,
                targets,
                o.flag("shuffle", false, "whether support sets are gone through in random order, if tasks are not"),
                o.number("query-weight", 0, 0, 1e6, "weight of the queries' loss beside that of all steps"),
                start,
                !(targets instanceof ClassCodes codes && codes.random()),
                DType.FLOAT32);
    }

    private static double forgetBias(Options o, LstmStart start) {
        return o.number(
                "forget-bias",
                start == LstmStart.HAIKU ? 1 : 0,
                -100,
                100,
                "added to the bias of the forget gate at the start; 1 with haiku");
    }

    private static Targets targets(Options o, TaskShape shape) {
        if (!shape.classification()) {
            return o.flag(
                            "spread",
                            false,
                            "whether numbers are answered by a normal distribution, judged by its density")
                    ? new NormalValues(shape.outputs())
                    : new Values(shape.outputs());
        }
        return switch (o.choice(
                "labels", Labels.ONE_HOT, "how classes are told: a unit vector, or a string drawn for every task")) {
            case ONE_HOT -> ClassCodes.oneHot(shape.outputs());
            case STRINGS ->
                new ClassCodes(
                        o.integer("characters", 5, 1, 12, "characters of a string"),
                        o.integer("alphabet", 5, 2, 1000, "characters to choose from"),
                        true);
        };
    }

    private static RecurrentCell cell(Options o, int inputs, int units) {
        LeastRecentlyUsed memory = new LeastRecentlyUsed(
                o.integer("slots", 128, 1, MOST, "slots of the memory"),
                o.integer("width", 40, 1, MOST, "numbers in a slot"),
                o.integer("heads", 4, 1, 1000, "read and write heads"),
                o.number(
                        "usage-decay", 0.95, 0, 1, "gamma, what is left of a slot's usage after a step; 0.99 in print"),
                o.choice(
                                "least-used",
                                LeastUsed.RANKED,
                                "ranked: a slot for each head; shared, as printed: all heads have all these slots")
                        == LeastUsed.RANKED);
        return new MemoryCell(
                inputs,
                units,
                memory,
                o.choice("controller", MemoryCell.Controller.LSTM, "lstm, or feed-forward"),
                o.choice("written", Written.SEPARATE, "what is written: a separate vector, or as printed the key")
                        == Written.SEPARATE,
                o.flag("feed-back", true, "whether the controller sees what was read last"),
                o.flag("key-strength", true, "whether heads have a learned key strength; not in print"));
    }
}
