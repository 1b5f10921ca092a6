package org.deutero.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;

/** Comparisons of tensors, and random ones to compare. */
public final class Near {
    private Near() {}

    /** Demands equal shapes and elements that agree to a bound. */
    public static void assertNear(Tensor actual, Tensor expected, double bound) {
        assertThat(actual.shape()).isEqualTo(expected.shape());
        assertThat(actual.doubles()).containsExactly(expected.doubles(), within(bound));
    }

    /** Demands equal names, shapes and elements that agree to a bound. */
    public static void assertNear(Params actual, Params expected, double bound) {
        assertThat(actual.names()).isEqualTo(expected.names());
        actual.forEach((name, value) -> {
            assertThat(value.shape()).as(name).isEqualTo(expected.get(name).shape());
            assertThat(value.doubles())
                    .as(name)
                    .containsExactly(expected.get(name).doubles(), within(bound));
        });
    }

    /** Standard normal float64 numbers. */
    public static Tensor normal(long seed, long... shape) {
        return Tensors.normal(new SplittableRandom(seed), DType.FLOAT64, shape);
    }

    /** Standard normal float64 numbers in the shapes of a tree. */
    public static Params normalLike(long seed, Params params) {
        SplittableRandom rng = new SplittableRandom(seed);
        return params.map(t -> Tensors.normal(rng, DType.FLOAT64, t.shape()));
    }

    /** A float64 vector. */
    public static Tensor vector(double... values) {
        return Tensor.of(values, values.length);
    }
}
