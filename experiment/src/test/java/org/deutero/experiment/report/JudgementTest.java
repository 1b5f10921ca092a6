package org.deutero.experiment.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.deutero.learn.evaluate.Difference;
import org.junit.jupiter.api.Test;

class JudgementTest {
    @Test
    void accuraciesAreComparedInPoints() {
        assertThat(Judgement.sentence("accuracy", true, "a", "b", new Difference(0.021, 0.004, 600, true)))
                .isEqualTo("a is better than b by 2.10 ± 0.40 points over the same 600 tasks.");
        assertThat(Judgement.sentence("accuracy", true, "a", "b", new Difference(-0.021, 0.004, 600, false)))
                .isEqualTo("b is better than a by 2.10 ± 0.40 points over unpaired 600 tasks.");
    }

    @Test
    void lessErrorIsBetter() {
        assertThat(Judgement.sentence("mse", false, "a", "b", new Difference(0.5, 0.1, 20, true)))
                .isEqualTo("b is better than a by 0.50 ± 0.10 of mean squared error over the same 20 tasks.");
    }

    @Test
    void whatTheIntervalCannotTell() {
        assertThat(Judgement.sentence("accuracy", true, "a", "b", new Difference(0.001, 0.004, 600, true)))
                .isEqualTo("No difference between a and b can be told: 0.10 ± 0.40 points over the same 600 tasks.");
        assertThat(Judgement.sentence("accuracy", true, "a", "b", new Difference(0, 0, 600, true)))
                .isEqualTo("a and b do equally well on every task (over the same 600 tasks).");
    }
}
