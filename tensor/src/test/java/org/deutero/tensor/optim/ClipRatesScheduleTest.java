package org.deutero.tensor.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.deutero.tensor.InScope;
import org.deutero.tensor.Near;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InScope.class)
class ClipRatesScheduleTest {
    private static Params two(double... values) {
        return Params.builder()
                .put("a", Near.vector(values[0]))
                .put("b", Near.vector(values[1], values[2]))
                .build();
    }

    // ---- clipping

    @Test
    void clippingByNormKeepsTheDirectionOfTheWholeTree() {
        assertThat(new Clip.ByNorm(6.5).apply(two(3, 4, 12)).flatten().doubles())
                .containsExactly(new double[] {1.5, 2, 6}, within(1e-15));
        assertThat(new Clip.ByNorm(13.5).apply(two(3, 4, 12)).flatten().doubles())
                .containsExactly(3, 4, 12);
        assertThat(Clip.NONE.apply(two(3, 4, 12)).flatten().doubles()).containsExactly(3, 4, 12);
    }

    @Test
    void clippingByValueLimitsEachElement() {
        assertThat(new Clip.ByValue(3.5).apply(two(3, -4, 12)).flatten().doubles())
                .containsExactly(3, -3.5, 3.5);
    }

    @Test
    void clippingDoesNotHideWhatIsNotANumber() {
        assertThat(new Clip.ByNorm(1).apply(two(3, Double.NaN, 12)).nonFinite()).contains("b");
        assertThat(new Clip.ByValue(1).apply(two(3, Double.NaN, 12)).nonFinite())
                .contains("b");
        assertThat(new Clip.ByNorm(1)
                        .apply(two(3, Double.POSITIVE_INFINITY, 12))
                        .nonFinite())
                .contains("b");
    }

    // ---- rates

    @Test
    void oneRateForEverything() {
        assertThat(Rates.constant(0.5)
                        .apply(two(1, 2, 3), two(4, 6, 8))
                        .flatten()
                        .doubles())
                .containsExactly(-1, -1, -1);
    }

    @Test
    void aScalarForEachTensor() {
        Params rates = Params.builder()
                .put("b", Tensor.of(new double[] {0.25}))
                .put("a", Tensor.of(new double[] {0.5}))
                .build();
        assertThat(Rates.of(rates).apply(two(1, 2, 3), two(4, 6, 8)).flatten().doubles())
                .containsExactly(-1, 0.5, 1);
    }

    @Test
    void aRateForEachElement() {
        assertThat(Rates.of(two(0.5, 1, 0.25))
                        .apply(two(1, 2, 3), two(4, 6, 8))
                        .flatten()
                        .doubles())
                .containsExactly(-1, -4, 1);
    }

    @Test
    void tensorsWithoutARateDoNotMove() {
        Params rates = Params.builder()
                .put("b", Near.vector(1, 0.25))
                .put("elsewhere", Near.vector(1))
                .build();
        Params moved = Rates.of(rates).apply(two(1, 2, 3), two(4, 6, 8));
        assertThat(moved.names()).containsExactly("a", "b");
        assertThat(moved.flatten().doubles()).containsExactly(1, -4, 1);
    }

    @Test
    void ratesOfOneShapeServeParametersOfEachTask() {
        Params moved = Rates.of(two(0.5, 1, 0.25))
                .apply(two(1, 2, 3).expand(2), two(4, 6, 8).expand(2));
        assertThat(moved.get("b").doubles()).containsExactly(-4, 1, -4, 1);
    }

    // ---- schedules

    @Test
    void schedules() {
        assertThat(Schedule.CONSTANT.factor(1_000_000)).isEqualTo(1);
        Schedule step = Schedule.stepDecay(0.5, 10);
        assertThat(new double[] {step.factor(0), step.factor(9), step.factor(10), step.factor(25)})
                .containsExactly(1, 1, 0.5, 0.25);
        Schedule linear = Schedule.linear(10, 0.2);
        assertThat(new double[] {linear.factor(0), linear.factor(5), linear.factor(10), linear.factor(99)})
                .containsExactly(new double[] {1, 0.6, 0.2, 0.2}, within(1e-15));
        Schedule cosine = Schedule.cosine(12, 0.1);
        assertThat(new double[] {
                    cosine.factor(0), cosine.factor(4), cosine.factor(6), cosine.factor(12), cosine.factor(40)
                })
                .containsExactly(new double[] {1, 0.1 + 0.9 * 0.75, 0.55, 0.1, 0.1}, within(1e-15));
    }
}
