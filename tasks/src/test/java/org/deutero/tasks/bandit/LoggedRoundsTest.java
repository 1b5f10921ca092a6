package org.deutero.tasks.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.junit.jupiter.api.Test;

class LoggedRoundsTest {
    private static final LoggedRounds ROUNDS = new LoggedRounds(BanditFamily.WHEELS, 20, 10, 0.02, DType.FLOAT64);

    @Test
    @SuppressWarnings("try") // the scope works by being open
    void targetsAreTheArmAndItsScaledReward() {
        try (Scope s = Scope.open()) {
            LoggedRounds one = new LoggedRounds(rng -> new WheelBandit(0.4), 4000, 10, 0.02, DType.FLOAT64);
            Episodes tasks = one.sample(1, new SplittableRandom(1));
            assertThat(tasks.classification()).isFalse();
            double[] x = tasks.supportX().doubles();
            double[] y = tasks.supportY().doubles();
            WheelBandit wheel = new WheelBandit(0.4);
            int[] pulls = new int[5];
            for (int i = 0; i < 4000; i++) {
                int arm = (int) y[2 * i];
                pulls[arm]++;
                double mean = wheel.mean(new double[] {x[2 * i], x[2 * i + 1]}, arm);
                assertThat(y[2 * i + 1]).isCloseTo(0.02 * mean, within(0.02 * 0.05 * 6));
            }
            for (int count : pulls) {
                assertThat((double) count).isCloseTo(800, within(4 * Math.sqrt(4000 * 0.2 * 0.8)));
            }
        }
    }

    @Test
    @SuppressWarnings("try") // the scope works by being open
    void tasksAreTheSameHoweverTheyAreDrawn() {
        try (Scope s = Scope.open()) {
            Episodes together = ROUNDS.sample(3, new SplittableRandom(7));
            RandomGenerator rng = new SplittableRandom(7);
            ROUNDS.sample(2, rng);
            Episodes last = ROUNDS.sample(1, rng);
            assertSame(together.slice(2, 3).supportX(), last.supportX());
            assertSame(together.slice(2, 3).queryY(), last.queryY());
        }
    }

    @Test
    void aLimitedFamilyHasSoManyMembers() {
        BanditFamily few = BanditFamily.WHEELS.limited(3, new SplittableRandom(1));
        RandomGenerator rng = new SplittableRandom(2);
        Set<ContextualBandit> met = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            met.add(few.draw(rng));
        }
        assertThat(met).hasSize(3);
    }

    private static void assertSame(Tensor a, Tensor b) {
        assertThat(a.doubles()).containsExactly(b.doubles());
    }
}
