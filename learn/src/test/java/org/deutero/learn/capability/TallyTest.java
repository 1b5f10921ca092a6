package org.deutero.learn.capability;

import static org.assertj.core.api.Assertions.assertThat;

import org.deutero.learn.InScope;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counts as the last tenth of a lifetime. */
@ExtendWith(InScope.class)
class TallyTest {
    /** Step t pays t + 1. */
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "9, 1", "10, 1", "11, 2", "15, 2", "20, 2", "100, 10", "105, 11"})
    void theLastTenthHasWhateverStepsAreInIt(int steps, int late) {
        Params tally = Tally.none(DType.FLOAT64, 1);
        for (int t = 0; t < steps; t++) {
            Tensor reward = Tensors.ones(DType.FLOAT64, 1, 1, 1).mul(t + 1);
            tally = Tally.after(tally, t, steps, reward, Tensors.zerosLike(reward));
        }
        Params phi = tally.under(Tally.NAME);
        assertThat(Tally.reward(phi, true).item()).isEqualTo((steps - late + 1 + steps) / 2.0);
        assertThat(Tally.reward(phi, false).item()).isEqualTo((1 + steps) / 2.0);
    }
}
