package org.deutero.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deutero.tasks.SplitSizes.Needs;
import org.junit.jupiter.api.Test;

class SplitSizesTest {

    private static final Needs FIVE = new Needs(5, 5);

    @Test
    void sharesDecideWhereThereIsPlenty() {
        assertThat(SplitSizes.of("x", 100, FIVE, 0.6, 0.2)).isEqualTo(new SplitSizes(60, 20, 20));
        assertThat(SplitSizes.of("x", 27, FIVE, 0.6, 0.2)).isEqualTo(new SplitSizes(16, 5, 6));
    }

    @Test
    void partsThatWouldBeTooSmallAreFilledUp() {
        for (int classes = 15; classes < 60; classes++) {
            SplitSizes sizes = SplitSizes.of("x", classes, FIVE, 0.6, 0.2);
            assertThat(sizes.train() + sizes.validation() + sizes.test()).isEqualTo(classes);
            assertThat(sizes.train()).isGreaterThanOrEqualTo(5);
            assertThat(sizes.validation()).isGreaterThanOrEqualTo(5);
            assertThat(sizes.test()).isGreaterThanOrEqualTo(5);
        }
        assertThat(SplitSizes.of("x", 12, FIVE, 0.6, 0)).isEqualTo(new SplitSizes(7, 0, 5));
        assertThat(SplitSizes.of("x", 12, FIVE, 1, 0)).isEqualTo(new SplitSizes(7, 0, 5));
    }

    @Test
    void tooFewClassesSayWhatWouldWork() {
        assertThatThrownBy(() -> SplitSizes.of("birds", 12, FIVE, 0.6, 0.2))
                .isInstanceOf(DataException.class)
                .hasMessage("birds has 12 usable classes, but these tasks need 15 (5 each for training, validation and"
                        + " testing, since no class may be in two parts); what would work: no validation"
                        + " (tasks.validation-share=0), or tasks of 4 ways (tasks.way=4)");
        assertThatThrownBy(() -> SplitSizes.of("birds", 8, new Needs(20, 5), 0.6, 0.2))
                .hasMessageContaining("20 for training and 5 for validation and for testing")
                .hasMessageContaining("tasks.way=2 and tasks.train-way=2")
                .hasMessageNotContaining("no validation");
        assertThatThrownBy(() -> SplitSizes.of("birds", 3, FIVE, 0.6, 0.2)).hasMessageEndingWith("bring more classes");
        assertThatThrownBy(() -> SplitSizes.of("birds", 99, FIVE, 0.8, 0.3)).hasMessageContaining("sum to at most 1");
    }
}
