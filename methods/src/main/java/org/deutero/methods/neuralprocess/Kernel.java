package org.deutero.methods.neuralprocess;

import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.attention.Attention;
import org.deutero.tensor.nn.attention.MultiHeadAttention;

/** Weights of values by query and key, Kim et al. 2019, section 3. */
sealed interface Kernel {
    /** What each query [tasks, m, size] finds under keys [tasks, n, size] and values [tasks, n, width]: [tasks, m, width]. */
    Tensor read(Params theta, Tensor query, Tensor key, Tensor value);

    default Params init(RandomGenerator rng, DType dtype) {
        return Params.EMPTY;
    }

    /** Whether queries and keys matter. */
    default boolean needsKeys() {
        return true;
    }

    /** All values alike. */
    record Uniform() implements Kernel {
        @Override
        public boolean needsKeys() {
            return false;
        }

        @Override
        public Tensor read(Params theta, Tensor query, Tensor key, Tensor value) {
            return Attention.read(Attention.uniform(query, key), value);
        }
    }

    /** By the sum of distances over features, in units of a scale. */
    record Laplace(double scale) implements Kernel {
        @Override
        public Tensor read(Params theta, Tensor query, Tensor key, Tensor value) {
            return Attention.read(Attention.laplace(query, key, scale), value);
        }
    }

    /** By scaled dot product. */
    record Dot() implements Kernel {
        @Override
        public Tensor read(Params theta, Tensor query, Tensor key, Tensor value) {
            return Attention.read(Attention.dotProduct(query, key), value);
        }
    }

    /** By several scaled dot products of learned projections. */
    record MultiHead(MultiHeadAttention heads) implements Kernel {
        @Override
        public Params init(RandomGenerator rng, DType dtype) {
            return heads.init(rng, dtype);
        }

        @Override
        public Tensor read(Params theta, Tensor query, Tensor key, Tensor value) {
            return heads.apply(theta, query, key, value);
        }
    }
}
