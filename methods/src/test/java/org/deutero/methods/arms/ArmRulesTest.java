package org.deutero.methods.arms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.methods.InScope;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.bandit.BernoulliArms;
import org.deutero.tasks.bandit.Rounds;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(InScope.class)
class ArmRulesTest {
    private static final MeanPay UNIFORM_PRIOR = new MeanPay(2, 0.5);
    private static final MeanPay NO_PRIOR = new MeanPay(0, 0);

    private static Tensor row(double... x) {
        return Tensor.of(x, 1, 1, x.length);
    }

    private static double[] chosen(ArmRule rule, int round, double[] pulls, double[] sums) {
        return rule.probabilities(row(pulls), row(sums), round).doubles();
    }

    /** Means (1 + 1) / (1 + 2), (1 + 3) / (2 + 4) and 1 / 2: the first two are alike. */
    @Test
    void greedyTakesAnyOfTheBest() {
        double[] pulls = {1, 4, 0};
        double[] sums = {1, 3, 0};
        assertThat(chosen(new GreedyRule(UNIFORM_PRIOR, 0, false), 7, pulls, sums))
                .containsExactly(new double[] {0.5, 0.5, 0}, within(1e-15));
        assertThat(chosen(new GreedyRule(UNIFORM_PRIOR, 0.3, false), 7, pulls, sums))
                .containsExactly(new double[] {0.45, 0.45, 0.1}, within(1e-15));
        assertThat(chosen(new GreedyRule(UNIFORM_PRIOR, 0.3, true), 2, pulls, sums))
                .containsExactly(new double[] {0.45 + 0.1 / 3, 0.45 + 0.1 / 3, 0.1 / 3}, within(1e-14));
    }

    @Test
    void withoutImaginedPullsUntriedArmsComeFirst() {
        for (ArmRule rule : new ArmRule[] {new GreedyRule(NO_PRIOR, 0, false), new UpperConfidence(NO_PRIOR, 1)}) {
            for (int round : new int[] {0, 1, 5}) {
                assertThat(chosen(rule, round, new double[] {0, 3, 0}, new double[] {0, 3, 0}))
                        .containsExactly(0.5, 0, 0.5);
            }
        }
    }

    /** Of means 0.5 and 0.6 with 10 and 40 pulls: bounds cross where c (sqrt(1/10) - sqrt(1/40)) sqrt(2 ln t) = 0.1. */
    @Test
    void upperConfidenceTakesTheLargestBound() {
        double[] pulls = {10, 40};
        double[] sums = {5, 24};
        double c = 0.1 / ((Math.sqrt(0.1) - Math.sqrt(0.025)) * Math.sqrt(2 * Math.log(50)));
        assertThat(chosen(new UpperConfidence(NO_PRIOR, 1.001 * c), 49, pulls, sums))
                .containsExactly(1, 0);
        assertThat(chosen(new UpperConfidence(NO_PRIOR, 0.999 * c), 49, pulls, sums))
                .containsExactly(0, 1);
    }

    /** From the tables of Gittins, Glazebrook and Weber 2011, chapter 8: discount, successes and failures beyond Beta(1, 1), index. */
    @ParameterizedTest
    @CsvSource({
        "0.9, 0, 0, 0.7029",
        "0.9, 1, 0, 0.8001",
        "0.9, 0, 1, 0.5001",
        "0.95, 0, 0, 0.7614",
        "0.99, 0, 0, 0.8699"
    })
    void gittinsIndicesAreThoseInPrint(double discount, int successes, int failures, double index) {
        GittinsTable table = GittinsTable.of(3, discount);
        assertThat(table.index()[successes * 4 + failures]).isCloseTo(index, within(2e-4));
    }

    /** Without a future there is nothing to explore for. */
    @Test
    void withoutAFutureTheIndexIsTheMean() {
        GittinsTable table = GittinsTable.of(5, 0);
        for (int s = 0; s <= 5; s++) {
            for (int f = 0; s + f <= 5; f++) {
                assertThat(table.index()[s * 6 + f]).isCloseTo((s + 1) / (s + f + 2.0), within(1e-9));
            }
        }
        assertThat(chosen(new GittinsRule(() -> table), 3, new double[] {2, 9}, new double[] {1, 6}))
                .containsExactly(0, 1); // 9 pulls are not in the table
    }

    /** Counts are those of the rounds; all copies are counted for themselves. */
    @Test
    void pullsAndPaysAreCounted() {
        ArmAgent agent = new ArmAgent(new UpperConfidence(UNIFORM_PRIOR, 0.2), DType.FLOAT64);
        Worlds one = new BernoulliArms(List.of(3), 20).sample(30, new SplittableRandom(1));
        Worlds tasks = new Worlds(one.world(), one.seeds(), 2, 20, 20);
        Params phi = agent.begin(Params.EMPTY, tasks, context(0));
        for (int t = 0; t < 20; t++) {
            Step step = agent.step(Params.EMPTY, phi, tasks, context(t));
            Tensor pulled = step.state().get("pulls").sub(phi.get("pulls"));
            assertThat(pulled.sum(2).doubles()).containsOnly(1);
            // Only what has a probability is done.
            Tensor p = agent.predict(Params.EMPTY, phi, tasks, context(t)).exp();
            assertThat(pulled.mul(p).sum(2).gt(0).to(DType.FLOAT64).doubles()).containsOnly(1);
            Tensor paid = ((Rounds) tasks.world())
                    .pays(t)
                    .to(DType.FLOAT64)
                    .unsqueeze(1)
                    .mul(pulled);
            assertThat(step.state().get("sums").sub(phi.get("sums")).doubles()).containsExactly(paid.doubles());
            phi = step.state();
        }
        assertThat(phi.get("pulls")
                        .select(1, 0)
                        .sub(phi.get("pulls").select(1, 1))
                        .abs()
                        .sum()
                        .item())
                .isPositive();
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> new MeanPay(-1, 0)).hasMessageContaining("0 or more");
        assertThatThrownBy(() -> GittinsTable.of(3, 1)).hasMessageContaining("discount below 1");
        assertThatThrownBy(() -> GittinsTable.of(3, 0.9999999999999999)).hasMessageContaining("smaller discount");
    }

    /** Tables that would take hours are refused while the recipe is read; 0.999 is 6905 rounds. */
    @Test
    void aDiscountThatLooksTooFarAheadIsRefused() {
        assertThat(GittinsTable.horizon(100, 0.999)).isEqualTo(100 + 6905);
        Options o = Options.at("method", Map.of("table", 2000, "discount", 0.9999));
        assertThatThrownBy(() -> ArmMethods.gittins(o))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("method.table, method.discount")
                .hasMessageContaining("from round 71075")
                .hasMessageContaining("at most 10000");
    }

    private static StepContext context(int step) {
        return TaskContext.training(1).at(step, false);
    }
}
