package org.deutero.tasks.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.Scope;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // scopes are opened for their effect
class NonExclusiveTest {
    private static final IdentifiedSinusoids.Family QUIET =
            new IdentifiedSinusoids.Family(new Range(0.1, 4), 20, 16, 0, true);

    private static int identity(float[] x, int point) {
        int found = -1;
        for (int i = 0; i < 20; i++) {
            float u = x[point * 21 + 1 + i];
            assertThat(u).isIn(0f, 1f);
            if (u == 1) {
                assertThat(found).isEqualTo(-1);
                found = i;
            }
        }
        return found;
    }

    /** In meta-training the identity tells the amplitude, and there are 16 of them. */
    @Test
    void identitiesTellTheAmplitude() {
        try (Scope s = Scope.open()) {
            Episodes e = new IdentifiedSinusoids(2, 3, QUIET, false).sample(200, new SplittableRandom(1));
            assertThat(e.inputShape()).containsExactly(21);
            float[] x = e.queryX().floats();
            float[] y = e.queryY().floats();
            Set<Integer> met = new HashSet<>();
            for (int p = 0; p < y.length; p++) {
                int identity = identity(x, p);
                met.add(identity);
                double amplitude = 0.1 + 3.9 * identity / 19;
                assertThat((double) y[p]).isCloseTo(amplitude * Math.sin(x[p * 21]), within(1e-6));
            }
            assertThat(met).hasSize(16).doesNotContain(16, 17, 18, 19);
        }
    }

    /** In use any identity stands beside any amplitude, and queries are an even grid. */
    @Test
    void inUseIdentitiesMislead() {
        try (Scope s = Scope.open()) {
            Episodes e = new IdentifiedSinusoids(2, 5, QUIET, true).sample(100, new SplittableRandom(1));
            float[] x = e.queryX().floats();
            float[] y = e.queryY().floats();
            int right = 0;
            Set<Integer> met = new HashSet<>();
            for (int t = 0; t < 100; t++) {
                int second = t * 5 + 1; // x = -2.5
                assertThat(x[second * 21]).isEqualTo(-2.5f);
                int identity = identity(x, second);
                met.add(identity);
                double amplitude = y[second] / Math.sin(-2.5);
                assertThat(amplitude).isBetween(0.09, 4.01);
                right += Math.abs(amplitude - (0.1 + 3.9 * identity / 19)) < 0.1 ? 1 : 0;
            }
            assertThat(met.size()).isGreaterThan(16);
            assertThat(right).isLessThan(20);
        }
    }

    @Test
    void noiseHasItsDeviation() {
        try (Scope s = Scope.open()) {
            IdentifiedSinusoids.Family noisy = new IdentifiedSinusoids.Family(new Range(0, 0), 2, 1, 0.1, false);
            Episodes e = new IdentifiedSinusoids(100, 100, noisy, false).sample(50, new SplittableRandom(1));
            assertThat(e.inputShape()).containsExactly(1);
            assertThat(Math.sqrt(e.supportY().square().mean().item())).isCloseTo(0.1, within(0.005));
        }
    }

    /** Every input belongs to one task, and parts share none. */
    @Test
    void intervalsDoNotOverlap() {
        try (Scope s = Scope.open()) {
            List<IntervalSinusoids.Piece> all = IntervalSinusoids.all(1);
            assertThat(all).hasSize(10);
            Episodes e = new IntervalSinusoids(5, 5, IntervalSinusoids.training(all), false)
                    .sample(300, new SplittableRandom(1));
            float[] x = e.supportX().floats();
            float[] y = e.supportY().floats();
            Set<Integer> met = new HashSet<>();
            for (int i = 0; i < x.length; i++) {
                double at = x[i];
                List<IntervalSinusoids.Piece> home = all.stream()
                        .filter(p -> p.x().low() <= at && at <= p.x().high())
                        .toList();
                assertThat(home).hasSize(1);
                met.add(all.indexOf(home.get(0)));
                assertThat((double) y[i]).isCloseTo(home.get(0).curve().at(at), within(1e-6));
            }
            assertThat(met).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
        }
    }
}
