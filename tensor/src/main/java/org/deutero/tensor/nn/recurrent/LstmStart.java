package org.deutero.tensor.nn.recurrent;

import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Linear;

/** How an {@link Lstm}, and a linear layer that reads its output, start. */
public enum LstmStart {
    /** Weights uniform in +-sqrt(6/(fan in + fan out)) (Glorot and Bengio 2010), where the four blocks of a weight are one matrix, biases 0. */
    GLOROT {
        @Override
        public Params cell(RandomGenerator rng, DType dtype, int in, int units, double forgetBias) {
            return new Lstm(in, units, Initializer.XAVIER_UNIFORM, forgetBias).init(rng, dtype);
        }

        @Override
        public Params readout(RandomGenerator rng, DType dtype, int units, int out) {
            return new Linear(units, out, Initializer.XAVIER_UNIFORM).init(rng, dtype);
        }
    },
    /** As PyTorch: everything uniform in +-1/sqrt(units), also the weights of inputs; a cell's bias is the sum of two such draws, since there are two of them. */
    TORCH {
        @Override
        public Params cell(RandomGenerator rng, DType dtype, int in, int units, double forgetBias) {
            long rows = 4L * units;
            double bound = 1 / Math.sqrt(units);
            Tensor bias = Tensors.uniform(rng, -bound, bound, dtype, rows)
                    .add(Tensors.uniform(rng, -bound, bound, dtype, rows));
            return Params.builder()
                    .put("weight_ih", Tensors.uniform(rng, -bound, bound, dtype, rows, in))
                    .put("weight_hh", Tensors.uniform(rng, -bound, bound, dtype, rows, units))
                    .put("bias", bias.add(Lstm.forgetting(dtype, units, forgetBias)))
                    .build();
        }

        @Override
        public Params readout(RandomGenerator rng, DType dtype, int units, int out) {
            return new Linear(units, out, Initializer.FAN_IN_UNIFORM).init(rng, dtype);
        }
    },
    /** As Haiku: weights normal with deviation 1/sqrt(in + units), drawn again beyond two deviations, since it has one matrix for inputs and state, biases 0. Haiku's forget gates also have an offset of 1. */
    HAIKU {
        @Override
        public Params cell(RandomGenerator rng, DType dtype, int in, int units, double forgetBias) {
            Tensor both = normal(rng, dtype, 4L * units, (long) in + units);
            return Params.builder()
                    .put("weight_ih", both.slice(1, 0, in).copy())
                    .put("weight_hh", both.slice(1, in, (long) in + units).copy())
                    .put("bias", Lstm.forgetting(dtype, units, forgetBias))
                    .build();
        }

        @Override
        public Params readout(RandomGenerator rng, DType dtype, int units, int out) {
            return Params.builder()
                    .put("weight", normal(rng, dtype, out, units))
                    .put("bias", Tensors.zeros(dtype, out))
                    .build();
        }
    };

    /**
     * Fresh parameters of a cell, as {@link Lstm} names them.
     *
     * @param in features of an input
     * @param units of the state
     * @param forgetBias added to the bias of the forget gate
     */
    public abstract Params cell(RandomGenerator rng, DType dtype, int in, int units, double forgetBias);

    /**
     * Fresh parameters of a {@link Linear} layer behind the cell.
     *
     * @param units that it reads
     * @param out numbers that it puts out
     */
    public abstract Params readout(RandomGenerator rng, DType dtype, int units, int out);

    private static Tensor normal(RandomGenerator rng, DType dtype, long out, long in) {
        return Tensors.truncatedNormal(rng, DType.FLOAT64, out, in)
                .div(Math.sqrt((double) in))
                .to(dtype);
    }
}
