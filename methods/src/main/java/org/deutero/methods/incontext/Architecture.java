package org.deutero.methods.incontext;

import java.util.List;
import java.util.Optional;
import org.deutero.methods.mann.LstmCell;
import org.deutero.methods.plastic.RecurrentCell;
import org.deutero.methods.sequence.CellNetwork;
import org.deutero.methods.vsml.Readout;
import org.deutero.methods.vsml.Reduction;
import org.deutero.methods.vsml.RuleOptions;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.CausalNetwork;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.nn.attention.Transformer;
import org.deutero.tensor.nn.recurrent.LstmStart;

/** Networks that learn in their context, with the keys of a recipe's {@code method} section that give their sizes. */
enum Architecture {
    /** Attends to all that has been told. */
    TRANSFORMER {
        @Override
        CausalNetwork network(Options o, Tokens tokens) {
            int width = o.integer("width", 512, 1, MOST, "numbers in a token within the transformer");
            return new Transformer(
                    tokens.width(),
                    tokens.outputs(),
                    width,
                    o.integer("layers", 4, 1, 1000, "blocks of the transformer"),
                    o.integer("heads", 8, 1, 1000, "heads of each block"),
                    o.integer("key-size", 32, 1, MOST, "numbers in a query, key and value of a head"),
                    o.integer("hidden", 4 * width, 1, MOST, "units of the perceptron in each block"),
                    o.integer("positions", 100, 1, 1_000_000, "the most items of a sequence, a question included"),
                    o.number(
                            "position-deviation",
                            0.1,
                            0,
                            100,
                            "standard deviation of what learned positions start from"),
                    o.choice("gelu", Gelu.TANH, "exact, erf, or its approximation by tanh, as in the released code")
                                    == Gelu.TANH
                            ? Activation.GELU_TANH
                            : Activation.GELU,
                    NORM_EPSILON);
        }
    },
    /** Long short-term memory behind a perceptron of two layers. */
    LSTM {
        @Override
        CausalNetwork network(Options o, Tokens tokens) {
            int units = o.integer("units", 256, 1, MOST, "units of the LSTM and of the perceptron before it");
            return recurrent(tokens, units, new LstmCell(units, units, 1, LstmStart.HAIKU));
        }
    },
    /** The same with matrices for memory. */
    OUTER_PRODUCT {
        @Override
        CausalNetwork network(Options o, Tokens tokens) {
            int units = o.integer("units", 256, 1, MOST, "units of the perceptron before the memory");
            int heads = o.integer("heads", 8, 1, 1000, "matrices of the memory");
            int size = o.integer("head-size", 32, 1, 4096, "rows and columns of each");
            return recurrent(tokens, units, new OuterProductCell(units, heads, size));
        }
    },
    /** Long short-term memory with a matrix that it writes to and reads from. */
    FAST_WEIGHTS {
        @Override
        CausalNetwork network(Options o, Tokens tokens) {
            int units = o.integer("units", 64, 1, MOST, "units of the LSTM and of the perceptron before it");
            int values = o.integer("values", 16, 1, 4096, "rows of the memory");
            int size = o.integer("key-root", 16, 1, 4096, "a key has as many numbers as this squared");
            return recurrent(tokens, units, new FastWeightMemoryCell(units, units, values, size));
        }
    },
    /** One layer of synapses that are LSTMs with the same weights. */
    VSML {
        @Override
        CausalNetwork network(Options o, Tokens tokens) {
            if (tokens.outputs() != tokens.told()) {
                throw new OptionsException(
                        o.path("architecture") + " is vsml, which puts out as many numbers as it is told");
            }
            return new VsmlNetwork(
                    new RuleOptions(o).supervised(16, 8, Reduction.MEAN),
                    Readout.STANDARD,
                    tokens.width() - tokens.told(),
                    tokens.told(),
                    tokens.classes());
        }
    };

    private static final int MOST = 100_000;
    private static final double NORM_EPSILON = 1e-5;

    private enum Gelu {
        TANH,
        ERF
    }

    /**
     * What a network is given and puts out.
     *
     * @param width numbers of a token
     * @param told numbers at its end in which an answer is told
     * @param outputs numbers that are put out
     * @param classes whether answers are classes
     */
    record Tokens(int width, int told, int outputs, boolean classes) {}

    /** The network, its sizes asked for. */
    abstract CausalNetwork network(Options o, Tokens tokens);

    private static CausalNetwork recurrent(Tokens tokens, int units, RecurrentCell cell) {
        Mlp front = new Mlp(List.of(tokens.width(), units, units), Activation.RELU, Initializer.TRUNCATED_FAN_IN);
        return new CellNetwork(Optional.of(front), cell, tokens.outputs(), LstmStart.HAIKU);
    }
}
