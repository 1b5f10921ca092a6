package org.deutero.tensor.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.deutero.tensor.DType;
import org.deutero.tensor.InScope;
import org.deutero.tensor.Params;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(InScope.class)
class InitializerTest {
    private static Params conv(Initializer initializer) {
        return new Conv2d(20, 60, 3, 1, 1, initializer).init(new SplittableRandom(1), DType.FLOAT64);
    }

    /** Fan in 180, fan out 540. Of 10,800 draws the largest comes within a thousandth of the bound. */
    @ParameterizedTest
    @CsvSource({
        "FAN_IN_UNIFORM, 0.07453560",
        "XAVIER_UNIFORM, 0.09128709",
        "XAVIER_UNIFORM_WIDE, 0.15792667",
        "KAIMING_UNIFORM, 0.18257419",
        "LECUN_UNIFORM, 0.12909944"
    })
    void uniformWeightsFillTheirRange(Initializer initializer, double bound) {
        double[] weights = conv(initializer).get("weight").doubles();
        assertThat(Arrays.stream(weights).max().orElseThrow()).isBetween(0.999 * bound, bound);
        assertThat(Arrays.stream(weights).min().orElseThrow()).isBetween(-bound, -0.999 * bound);
        assertThat(Arrays.stream(weights).average().orElseThrow()).isCloseTo(0, within(0.03 * bound));
    }

    @Test
    void biases() {
        assertThat(conv(Initializer.KAIMING_UNIFORM).get("bias").doubles()).containsOnly(0);
        assertThat(conv(Initializer.LECUN_UNIFORM).get("bias").doubles()).containsOnly(0);
        assertThat(conv(Initializer.XAVIER_UNIFORM).get("bias").doubles()).containsOnly(0);
        double[] wide = conv(Initializer.XAVIER_UNIFORM_WIDE).get("bias").doubles();
        assertThat(Arrays.stream(wide).min().orElseThrow()).isBetween(0.0, 0.01);
        assertThat(Arrays.stream(wide).max().orElseThrow()).isBetween(0.04, 0.05);
    }
}
