package org.deutero.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SeedsTest {
    @Test
    void branchesDependOnTheirNameAndNumbersOnly() {
        long expected = Seeds.branch(7, "tasks", 3, 1);
        Seeds.generator(7, "other").nextLong();
        RandomGenerator first = Seeds.generator(7, "tasks", 3, 1);
        first.nextLong();
        assertThat(Seeds.branch(7, "tasks", 3, 1)).isEqualTo(expected);
        assertThat(Seeds.generator(7, "tasks", 3, 1).nextLong())
                .isEqualTo(Seeds.generator(7, "tasks", 3, 1).nextLong());
    }

    @Test
    void everyPartOfTheNameCounts() {
        Set<Long> seen = new HashSet<>();
        int n = 0;
        for (long seed : new long[] {0, 1, -1, 42}) {
            for (String name : new String[] {"", "a", "b", "ab", "ba", "training", "training-tasks"}) {
                seen.add(Seeds.branch(seed, name));
                seen.add(Seeds.branch(seed, name, 0));
                seen.add(Seeds.branch(seed, name, 0, 0));
                n += 3;
                for (long i = 1; i < 30; i++) {
                    seen.add(Seeds.branch(seed, name, i));
                    seen.add(Seeds.branch(seed, name, i, 0));
                    seen.add(Seeds.branch(seed, name, 0, i));
                    seen.add(Seeds.branch(seed, name, -i));
                    n += 4;
                }
            }
        }
        assertThat(seen).hasSize(n);
    }

    @Test
    void orderOfNumbersCounts() {
        assertThat(Seeds.branch(1, "x", 2, 3)).isNotEqualTo(Seeds.branch(1, "x", 3, 2));
    }

    /** Streams of neighbouring branches do not resemble each other: correlation of 4,000 pairs within four deviations. */
    @Test
    void neighbouringStreamsAreUncorrelated() {
        int n = 4000;
        for (long i = 0; i < 20; i++) {
            RandomGenerator a = Seeds.generator(1, "training", i, 0);
            RandomGenerator b = Seeds.generator(1, "training", i + 1, 0);
            double sum = 0;
            for (int j = 0; j < n; j++) {
                sum += a.nextGaussian() * b.nextGaussian();
            }
            assertThat(Math.abs(sum / Math.sqrt(n))).isLessThan(4);
        }
    }
}
