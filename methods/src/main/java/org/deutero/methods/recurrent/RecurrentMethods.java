package org.deutero.methods.recurrent;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.deutero.learn.Predictor;
import org.deutero.methods.Method;
import org.deutero.methods.Method.Form;
import org.deutero.methods.Method.Sections;
import org.deutero.methods.Spectrum;
import org.deutero.methods.mann.LstmCell;
import org.deutero.methods.plastic.RecurrentCell;
import org.deutero.methods.recurrent.Experience.Part;
import org.deutero.options.Options;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tasks.world.WorldShape;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.DType;
import org.deutero.tensor.nn.recurrent.NormGru;

/** Agents that learn within their state, and policies that do not, as recipes name them. */
public final class RecurrentMethods {
    /** RL^2. */
    public static final Method RL2 = new Method(
            "rl2",
            "RL^2: fast reinforcement learning via slow reinforcement learning",
            Spectrum.MEMORY,
            "Duan, Schulman, Chen, Bartlett, Sutskever, Abbeel 2016, arXiv 1611.02779",
            "all weights of a recurrent policy, which keeps its state over the episodes of a trial and learns in it",
            "ppo",
            List.of(new Form<>(TaskKind.WORLDS, RecurrentMethods::rl2)));

    /** MetaRNN. */
    public static final Method META_RNN = new Method(
            "meta-rnn",
            "Learning to reinforcement learn (MetaRNN)",
            Spectrum.MEMORY,
            "Wang, Kurth-Nelson, Tirumala, Soyer, Leibo, Munos, Blundell, Kumaran, Botvinick 2016, arXiv 1611.05763",
            "all weights of an LSTM that is told its last action and reward and the time, and learns in its state",
            "a2c",
            List.of(new Form<>(TaskKind.WORLDS, RecurrentMethods::metaRnn)));

    /** A policy without memory of other episodes. */
    public static final Method POLICY = new Method(
            "policy",
            "A policy",
            Spectrum.BASELINE,
            "baseline",
            "one policy for all tasks, of what it sees in an episode; what learning within lifetimes is held against",
            "ppo",
            List.of(new Form<>(TaskKind.WORLDS, RecurrentMethods::policy)));

    private enum Cell {
        GRU,
        GRU_NORM,
        LSTM,
        FEED_FORWARD
    }

    private RecurrentMethods() {}

    private static Predictor<Worlds> rl2(Sections s, WorldShape world) {
        return agent(s, world, EnumSet.of(Part.OBSERVATION, Part.ACTION, Part.REWARD, Part.DONE), Cell.GRU, 64, false);
    }

    private static Predictor<Worlds> metaRnn(Sections s, WorldShape world) {
        return agent(s, world, EnumSet.of(Part.OBSERVATION, Part.ACTION, Part.REWARD, Part.TIME), Cell.LSTM, 48, false);
    }

    private static Predictor<Worlds> policy(Sections s, WorldShape world) {
        return agent(s, world, EnumSet.of(Part.OBSERVATION), Cell.FEED_FORWARD, 64, true);
    }

    private static Predictor<Worlds> agent(
            Sections s, WorldShape world, Set<Part> standard, Cell usual, int units, boolean episodic) {
        return agent(s, world, standard, inputs -> cell(s.method(), s.network(), usual, units, inputs), episodic);
    }

    /**
     * An agent with some network.
     *
     * @param standard parts of an input, if the section does not say
     * @param cells makes a cell for so many inputs
     * @param episodic whether its state begins anew in every episode, if the section does not say
     */
    static Predictor<Worlds> agent(
            Sections s, WorldShape world, Set<Part> standard, IntFunction<RecurrentCell> cells, boolean episodic) {
        Options o = s.method();
        Experience experience = new Experience(
                world,
                parts(o, standard),
                o.positive("reward-input", 1, "factor on rewards that are shown"),
                o.positive("time-input", 1, "factor on the number of the step, where it is shown"));
        RecurrentCell cell = cells.apply(experience.width());
        boolean separate = o.flag("separate", false, "whether the value has a network of its own");
        PolicyAndValue network = new PolicyAndValue(
                cell,
                separate ? Optional.of(cell) : Optional.empty(),
                world.actions(),
                o.flag("silent-policy", true, "whether the policy's last layer starts at 0"));
        return new RecurrentAgent(
                network,
                experience,
                o.flag("episodic", episodic, "whether the state begins anew in every episode"),
                o.flag("greedy", false, "whether the likeliest action is taken when it is used, and not one drawn"),
                DType.FLOAT32);
    }

    private static Set<Part> parts(Options o, Set<Part> standard) {
        EnumSet<Part> parts = EnumSet.noneOf(Part.class);
        for (Part part : Part.values()) {
            String name = part.name().toLowerCase(Locale.ROOT);
            if (o.flag("show-" + name, standard.contains(part), "whether an input has " + part.words())) {
                parts.add(part);
            }
        }
        return parts;
    }

    private static RecurrentCell cell(Options method, Options network, Cell usual, int units, int inputs) {
        Cell cell = method.choice("cell", usual, "the network that acts");
        if (cell == Cell.FEED_FORWARD) {
            return new FeedForwardCell(
                    inputs,
                    network.integers("hidden", List.of(units, units), 1, 100_000, "units of the hidden layers"));
        }
        int size = method.integer("units", units, 1, 100_000, "units of the state");
        return switch (cell) {
            case GRU -> new GruCell(inputs, size);
            case GRU_NORM ->
                new NormGruCell(new NormGru(
                        inputs,
                        size,
                        method.number("gate-offset", 1, -100, 100, "taken from the pre-activations of the update gate"),
                        method.positive("norm-epsilon", 1e-8, "added to variances that are normalised")));
            case LSTM ->
                new LstmCell(
                        inputs, size, method.number("forget-bias", 1, -100, 100, "of the forget gate at the start"));
            case FEED_FORWARD -> throw new IllegalStateException("a cell without a state has no size");
        };
    }
}
