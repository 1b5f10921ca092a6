package org.deutero.methods.lpg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Mlp;

/** What an agent's policy, prediction and value are functions of: a row of a table, or a network. */
public sealed interface Body {
    /**
     * Fresh parameters of each lifetime's own, [lifetimes, ...].
     *
     * @param outputs numbers that come out
     * @param deviation of the numbers of a table
     */
    Params init(RandomGenerator rng, DType dtype, int lifetimes, int outputs, double deviation);

    /**
     * What comes out, [lifetimes, n, outputs].
     *
     * @param own parameters of each lifetime
     * @param seen numbers of states, int64 [lifetimes, n], or vectors [lifetimes, n, numbers]
     */
    Tensor of(Params own, Tensor seen);

    /** Whether what is seen are numbers of states. */
    boolean numbered();

    /**
     * A number for every state and output: what a layer without bias makes of unit vectors. Parameters: {@code table} [lifetimes, states, outputs].
     *
     * @param states rows
     */
    record Table(int states) implements Body {
        private static final String TABLE = "table";

        /** The rows of all states, [lifetimes, states, outputs]. */
        static Tensor all(Params own) {
            return own.get(TABLE);
        }

        /** Parameters from rows. */
        static Params of(Tensor rows) {
            return Params.of(TABLE, rows);
        }

        @Override
        public Params init(RandomGenerator rng, DType dtype, int lifetimes, int outputs, double deviation) {
            return of(
                    deviation == 0
                            ? Tensors.zeros(dtype, lifetimes, states, outputs)
                            : Tensors.normal(rng, dtype, lifetimes, states, outputs)
                                    .mul(deviation));
        }

        @Override
        public Tensor of(Params own, Tensor seen) {
            Tensor rows = own.get(TABLE);
            int lifetimes = (int) rows.size(0);
            Tensor first = Tensors.range(lifetimes).unsqueeze(1).mul(rows.size(1));
            return rows.reshape(-1, rows.size(2))
                    .indexSelect(0, seen.add(first.to(seen.dtype())).reshape(-1))
                    .reshape(lifetimes, seen.size(1), rows.size(2));
        }

        @Override
        public boolean numbered() {
            return true;
        }
    }

    /**
     * A perceptron.
     *
     * @param features numbers that it sees
     * @param hidden units of its hidden layers
     */
    record Perceptron(int features, List<Integer> hidden) implements Body {
        /** Copies the list. */
        public Perceptron {
            hidden = List.copyOf(hidden);
        }

        private Mlp network(int outputs) {
            List<Integer> sizes = new ArrayList<>(List.of(features));
            sizes.addAll(hidden);
            sizes.add(outputs);
            return new Mlp(sizes, Activation.RELU, Initializer.FAN_IN_UNIFORM);
        }

        @Override
        public Params init(RandomGenerator rng, DType dtype, int lifetimes, int outputs, double deviation) {
            Params[] each = new Params[lifetimes];
            for (int i = 0; i < lifetimes; i++) {
                each[i] = network(outputs).init(rng, dtype);
            }
            Params.Builder stacked = Params.builder();
            each[0].names()
                    .forEach(name -> stacked.put(
                            name,
                            Tensors.stack(
                                    Arrays.stream(each)
                                            .map(one -> one.get(name))
                                            .toList(),
                                    0)));
            return stacked.build();
        }

        @Override
        public Tensor of(Params own, Tensor seen) {
            // The number of outputs lies in the parameters.
            return network(1).apply(own, seen);
        }

        @Override
        public boolean numbered() {
            return false;
        }
    }
}
