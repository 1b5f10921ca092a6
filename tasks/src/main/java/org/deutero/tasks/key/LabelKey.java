package org.deutero.tasks.key;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Permutations;
import org.deutero.tensor.Tensor;

/**
 * How labels are scrambled by a key, one for each episode (Rajendran, Irpan, Jang 2020, arXiv 2007.05549): y' = g(key, y). If the key can be told from y and y', the entropy of labels given inputs grows by that
 * of the key, and so many bits must be learned from the support set.
 */
public sealed interface LabelKey {
    /**
     * Draws a key.
     *
     * @param like the episode that it is for
     * @return of one episode, [1] or [1, n]
     */
    Tensor draw(RandomGenerator rng, Episodes like);

    /**
     * Scrambles labels.
     *
     * @param key of every episode, [tasks, ...]
     * @param y labels int64 [tasks, n], or targets [tasks, n, outputs]
     */
    Tensor apply(Tensor key, Tensor y);

    /** Class numbers are dealt anew: y' = key[y]; keys int64 [tasks, way]. */
    record Permute() implements LabelKey {
        @Override
        public Tensor draw(RandomGenerator rng, Episodes like) {
            return Permutations.draw(rng, 1, like.way());
        }

        @Override
        public Tensor apply(Tensor key, Tensor y) {
            return key.gather(1, y);
        }
    }

    /** Targets are moved: y' = y + key; keys [tasks]. */
    record Offset(KeyValues values) implements LabelKey {
        @Override
        public Tensor draw(RandomGenerator rng, Episodes like) {
            return number(values, rng, like);
        }

        @Override
        public Tensor apply(Tensor key, Tensor y) {
            return y.add(spread(key));
        }
    }

    /**
     * Targets are moved on a circle: y' = (y + key) mod period, in [0, period); keys [tasks], which may be negative.
     *
     * @param values of keys
     * @param period length of the circle
     */
    record Circular(KeyValues values, double period) implements LabelKey {
        /** Refuses a circle of no length. */
        public Circular {
            if (!(period > 0)) {
                throw new IllegalArgumentException("the period is " + period + ", but it must be positive");
            }
        }

        @Override
        public Tensor draw(RandomGenerator rng, Episodes like) {
            return number(values, rng, like);
        }

        @Override
        public Tensor apply(Tensor key, Tensor y) {
            boolean single = y.dtype() == DType.FLOAT32;
            double[] turned = Arrays.stream(y.add(spread(key)).doubles())
                    .map(value -> wrap(value, single))
                    .toArray();
            return Tensor.of(turned, y.shape()).to(y.dtype());
        }

        private double wrap(double value, boolean single) {
            double rest = value - period * Math.floor(value / period);
            double kept = single ? (float) rest : rest;
            return kept < period ? kept : 0; // rounding may have made it a whole turn
        }
    }

    /** Targets are stretched: y' = key * y; keys [tasks]. */
    record Scale(KeyValues values) implements LabelKey {
        @Override
        public Tensor draw(RandomGenerator rng, Episodes like) {
            return number(values, rng, like);
        }

        @Override
        public Tensor apply(Tensor key, Tensor y) {
            return y.mul(spread(key));
        }
    }

    /** The numbers of a target change places: y'[.., j] = y[.., key[j]]; keys int64 [tasks, outputs]. */
    record Dimensions() implements LabelKey {
        @Override
        public Tensor draw(RandomGenerator rng, Episodes like) {
            return Permutations.draw(rng, 1, (int) like.supportY().size(2));
        }

        @Override
        public Tensor apply(Tensor key, Tensor y) {
            long[] shape = y.shape();
            return y.gather(2, key.unsqueeze(1).expand(shape).contiguous());
        }
    }

    private static Tensor number(KeyValues values, RandomGenerator rng, Episodes like) {
        return Tensor.of(new double[] {values.draw(rng)}, 1).to(like.supportY().dtype());
    }

    private static Tensor spread(Tensor key) {
        return key.unsqueeze(1).unsqueeze(2);
    }
}
