package org.deutero.experiment.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.deutero.learn.evaluate.Difference;
import org.junit.jupiter.api.Test;

class JudgementTest {
    @Test
    void whoDivergesMoreIsWorse() {
        double[] bad = {Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 2};
        double[] good = {1, 1, 1, 1, 1, 1};
        String counts = "bad diverged on 5 of 6 tasks, good on 0 of the same 6";
        assertThat(Judgement.sentence("mse", false, "bad", "good", Difference.paired(bad, good)))
                .isEqualTo("good is better than bad: " + counts + ". Where neither diverged: No difference between bad"
                        + " and good can be told: 1 of mean squared error over the same 1 task.");
        double[] once = {1, 1, 1, 1, 1, Double.NaN};
        assertThat(Judgement.sentence("mse", false, "once", "good", Difference.paired(once, good)))
                .isEqualTo("once diverged on 1 of 6 tasks, good on 0 of the same 6, which tells neither as better."
                        + " Where neither diverged: once and good do equally well on every task (over the same 5"
                        + " tasks).");
        double[] never = new double[6];
        Arrays.fill(never, Double.POSITIVE_INFINITY);
        assertThat(Judgement.sentence("accuracy", true, "good", "never", Difference.unpaired(good, never)))
                .isEqualTo("good is better than never: good diverged on 0 of 6 tasks, never on 6 of other 6, and there"
                        + " is no task on which neither diverged.");
    }

    @Test
    void onTheBrinkSignsTell() {
        double[] brink = {2, 2, 2, 2, 1e30};
        assertThat(Judgement.sentence(
                        "mse", false, "brink", "good", Difference.paired(brink, new double[] {1, 1, 1, 1, 1})))
                .isEqualTo("No difference between brink and good can be told: 2e29 ± 3.9e29 of mean squared error over"
                        + " the same 5 tasks, but good does better on 5 of them.");
    }

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
