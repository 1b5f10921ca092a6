package org.deutero.methods.plastic;

import java.util.ArrayList;
import java.util.List;
import org.deutero.tensor.Functional;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/** What keys and queries of fast weights pass through, along the last dimension. */
public sealed interface FeatureMap {
    /** [..., d] to [..., {@link #width}]. */
    Tensor apply(Tensor x);

    /** Features made of d numbers. */
    int width(int d);

    /** ELU(x) + 1 (Katharopoulos, Vyas, Pappas, Fleuret 2020). */
    record Elu() implements FeatureMap {
        @Override
        public Tensor apply(Tensor x) {
            return Functional.elu(x).add(1);
        }

        @Override
        public int width(int d) {
            return d;
        }
    }

    /** tanh, of the older fast weight memory (Schlag, Munkhdalai, Schmidhuber 2021). */
    record Tanh() implements FeatureMap {
        @Override
        public Tensor apply(Tensor x) {
            return x.tanh();
        }

        @Override
        public int width(int d) {
            return d;
        }
    }

    /**
     * Deterministic parameter-free projection, DPFP-nu (Schlag, Irie, Schmidhuber 2021, arXiv 2102.11174, section 5.3): with x2 = [relu(x), relu(-x)] the products x2 o roll(x2, j), j = 1..nu.
     *
     * @param nu shifts
     */
    record Dpfp(int nu) implements FeatureMap {
        /** Refuses no shift. */
        public Dpfp {
            if (nu < 1) {
                throw new IllegalArgumentException("DPFP needs at least 1 shift, not " + nu);
            }
        }

        @Override
        public Tensor apply(Tensor x) {
            int last = x.rank() - 1;
            Tensor both = Tensors.cat(List.of(x.relu(), x.neg().relu()), last);
            long n = both.size(last);
            List<Tensor> blocks = new ArrayList<>();
            for (int j = 1; j <= nu; j++) {
                long shift = j % n;
                Tensor rolled =
                        Tensors.cat(List.of(both.slice(last, n - shift, n), both.slice(last, 0, n - shift)), last);
                blocks.add(both.mul(rolled));
            }
            return Tensors.cat(blocks, last);
        }

        @Override
        public int width(int d) {
            return 2 * nu * d;
        }
    }
}
