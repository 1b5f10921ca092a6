package org.deutero.learn.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.deutero.learn.evaluate.Summary;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static Summary summary(double mean, int diverged) {
        return new Summary(mean, 0.1, 10, diverged);
    }

    @Test
    void aValidationWithDivergedTasksIsWorseThanOneWithout() {
        Progress some = Progress.NONE.after(summary(0.1, 2), 1, false);
        assertThat(some.best()).isEqualTo(0.1);
        Progress none = some.after(summary(5, 0), 2, false);
        assertThat(none.bestIteration()).isEqualTo(2);
        assertThat(none.after(summary(0.1, 1), 3, false).stale()).isEqualTo(1);
        assertThat(none.after(summary(4, 0), 3, false).stale()).isZero();
    }

    @Test
    void whereAllDivergedNothingIsBest() {
        assertThat(Progress.NONE.after(summary(Double.NaN, 10), 1, true).best()).isNaN();
        Progress some = Progress.NONE.after(summary(0.5, 9), 1, true);
        assertThat(some.after(summary(Double.NaN, 10), 2, true).bestIteration()).isEqualTo(1);
    }

    @Test
    void checkpointsKeepIt() {
        Progress some = Progress.NONE.after(summary(0.1, 2), 1, false);
        assertThat(Progress.of(some.toMetadata())).isEqualTo(some);
        assertThat(some.after(summary(5, 0), 2, false).toMetadata())
                .isEqualTo(Map.of("best", "5.0", "best-iteration", "2", "stale", "0"));
    }
}
