package org.deutero.methods.vsml;

import org.deutero.options.Options;

/** The keys of a recipe's {@code method} section that describe the shared cell. */
public final class RuleOptions {
    private final Options options;

    /** Reads nothing yet. */
    public RuleOptions(Options options) {
        this.options = options;
    }

    /** A rule that is given messages only. */
    public VsmlRule supervised(int state, int message, Reduction reduction) {
        return rule(state, message, 5, reduction, false, false);
    }

    /** A rule that is given rewards and its units' own messages, too. */
    public VsmlRule rewarded(int state, int message) {
        return rule(state, message, 1, Reduction.MEAN, true, true);
    }

    private VsmlRule rule(int state, int message, double gateBias, Reduction reduction, boolean reward, boolean own) {
        return new VsmlRule(
                options.integer("state", state, 1, 4096, "units of every synapse's LSTM"),
                options.integer("message", message, 2, 4096, "numbers in a message"),
                options.integer("ticks", 2, 1, 1000, "ticks of the LSTM at every visit"),
                options.number("gate-bias", gateBias, "added to forget gates and taken from input gates"),
                options.choice("reduction", reduction, "how messages that meet in a unit become one"),
                options.flag("layer-norm", false, "whether messages are normalised before they meet"),
                reward,
                own);
    }

    /** The states that synapses start with. */
    public InitialState initial(double random) {
        return new InitialState(
                options.number("random-states", random, 0, 1, "share of each synapse's memory that starts random"),
                options.number("state-scale", 1, 0, 1e6, "times 1/sqrt(sources): deviation of what starts random"));
    }
}
