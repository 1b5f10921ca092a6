package org.deutero.tasks.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@SuppressWarnings("try") // scopes are opened for their effect
class ArmFamiliesTest {
    private static double[][] bandit(ArmFamily family, int rounds, long seed) {
        double[] means = new double[rounds * family.arms()];
        double[] pays = new double[means.length];
        family.draw(new SplittableRandom(seed), means, pays);
        return new double[][] {means, pays};
    }

    private static double[] firstArm(double[] means, int arms) {
        double[] first = new double[means.length / arms];
        Arrays.setAll(first, t -> means[t * arms]);
        return first;
    }

    /** Pays are means and noise of the deviation asked for, in each round anew. To five standard errors. */
    @Test
    void gaussianArmsPayTheirMeansWithNoise() {
        int rounds = 4000;
        double[][] drawn = bandit(new GaussianArms(3, 0.3), rounds, 1);
        double squares = 0;
        for (int i = 0; i < drawn[0].length; i++) {
            assertThat(drawn[0][i]).isEqualTo(drawn[0][i % 3]).isBetween(0.0, 1.0);
            squares += Math.pow(drawn[1][i] - drawn[0][i], 2);
        }
        int n = drawn[0].length;
        assertThat(squares / n).isCloseTo(0.09, within(5 * 0.09 * Math.sqrt(2.0 / n)));
    }

    /** Means of d + 1 arms with d features have a linear relation that is the same in all tasks. */
    @Test
    void linearArmsHangTogether() {
        LinearArms family = LinearArms.drawn(3, 2, 0, 5);
        double[][] x = family.features();
        double determinant = x[0][0] * x[1][1] - x[0][1] * x[1][0];
        double u = (x[2][0] * x[1][1] - x[2][1] * x[1][0]) / determinant;
        double v = (x[0][0] * x[2][1] - x[0][1] * x[2][0]) / determinant;
        for (int seed = 0; seed < 5; seed++) {
            double[] means = bandit(family, 1, seed)[0];
            assertThat(means[2]).isCloseTo(u * means[0] + v * means[1], within(1e-12));
        }
        assertThat(bandit(family, 1, 0)[0][0]).isNotEqualTo(bandit(family, 1, 1)[0][0]);
    }

    @ParameterizedTest
    @EnumSource(
            value = TwoArms.class,
            names = {"INDEPENDENT"},
            mode = EnumSource.Mode.EXCLUDE)
    void theSecondArmPaysWhereTheFirstDoesNot(TwoArms family) {
        double[] means = bandit(family, 50, 3)[0];
        for (int t = 0; t < 50; t++) {
            assertThat(means[2 * t] + means[2 * t + 1]).isCloseTo(1, within(1e-15));
        }
    }

    @Test
    void easyMediumAndHardHaveTwoBanditsEach() {
        TwoArms[] families = {TwoArms.EASY, TwoArms.MEDIUM, TwoArms.HARD};
        double[] low = {0.1, 0.25, 0.4};
        for (int i = 0; i < 3; i++) {
            int f = i;
            double[] firsts = new double[40];
            Arrays.setAll(firsts, seed -> bandit(families[f], 7, seed)[0][6 * 2]);
            assertThat(Arrays.stream(firsts).sorted().distinct().toArray()).containsExactly(low[i], 1 - low[i]);
        }
    }

    /** The walk touches both ends, and its steps are as uniform numbers are. */
    @Test
    void aRestlessArmWalksFromEndToEnd() {
        for (int seed = 0; seed < 20; seed++) {
            double[] walk = firstArm(bandit(TwoArms.RESTLESS, 200, seed)[0], 2);
            double[] sorted = Arrays.stream(walk).sorted().toArray();
            assertThat(sorted[0]).isZero();
            assertThat(sorted[199]).isEqualTo(1);
            assertThat(Arrays.stream(walk).distinct().count()).isEqualTo(200);
            double largest = 0;
            double sum = 0;
            for (int t = 1; t < 200; t++) {
                double step = Math.abs(walk[t] - walk[t - 1]);
                largest = Math.max(largest, step);
                sum += step;
            }
            // Uniform steps: the mean of their sizes is half the largest.
            assertThat(sum / 199 / largest).isCloseTo(0.5, within(5 / Math.sqrt(12 * 199)));
        }
    }

    @Test
    void theLastOfElevenArmsTellsWhichIsBest() {
        for (int seed = 0; seed < 20; seed++) {
            double[][] drawn = bandit(new InformativeArm(), 2, seed);
            assertThat(drawn[1]).containsExactly(drawn[0]);
            double[] second = Arrays.copyOfRange(drawn[1], 11, 22);
            int target = (int) Math.round(10 * second[10]) - 1;
            for (int a = 0; a < 10; a++) {
                assertThat(second[a]).isEqualTo(a == target ? 5 : 1);
            }
        }
    }

    @Test
    void drawingInPartsGivesTheSameBandits() {
        try (Scope s = Scope.open()) {
            for (ArmFamily family : new ArmFamily[] {TwoArms.RESTLESS, new GaussianArms(3, 1), new InformativeArm()}) {
                ArmLifetimes source = new ArmLifetimes(family, 6);
                SplittableRandom rng = new SplittableRandom(2);
                Worlds all = source.sample(5, new SplittableRandom(2));
                Worlds first = source.sample(2, rng);
                Worlds rest = source.sample(3, rng);
                assertThat(table(all.slice(0, 2))).containsExactly(table(first));
                assertThat(table(all.slice(2, 5))).containsExactly(table(rest));
                assertThat(all.steps()).isEqualTo(6);
            }
        }
    }

    private static float[] table(Worlds worlds) {
        return ((Rounds) worlds.world()).table().floats();
    }

    /** The same arms, the better one in front. */
    @Test
    void theBetterArmMayComeFirst() {
        for (TwoArms family : TwoArms.values()) {
            double[] means = new double[2 * 20];
            double[] ordered = new double[means.length];
            double[] pays = new double[means.length];
            for (int seed = 0; seed < 30; seed++) {
                family.draw(new SplittableRandom(seed), means, pays);
                new BetterFirst(family).draw(new SplittableRandom(seed), ordered, pays);
                double lead = 0;
                for (int t = 0; t < 20; t++) {
                    lead += ordered[2 * t] - ordered[2 * t + 1];
                    assertThat(new double[] {ordered[2 * t], ordered[2 * t + 1]})
                            .containsExactlyInAnyOrder(means[2 * t], means[2 * t + 1]);
                }
                assertThat(lead).isNotNegative();
            }
        }
    }
}
