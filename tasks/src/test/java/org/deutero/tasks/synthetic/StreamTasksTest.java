package org.deutero.tasks.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings("try") // scopes are opened for their effect
class StreamTasksTest {
    static Stream<TaskSource<Episodes>> sources() {
        return Stream.of(new GaussianClasses(3, 4, 5, 2), new NormalPairs(3, 2, 5, 2));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void partsOfABatchAreTheBatch(TaskSource<Episodes> source) {
        try (Scope s = Scope.open()) {
            Episodes all = source.sample(5, new SplittableRandom(1));
            SplittableRandom rng = new SplittableRandom(1);
            Episodes first = source.sample(2, rng);
            Episodes rest = source.sample(3, rng);
            equal(first, all.slice(0, 2));
            equal(rest, all.slice(2, 5));
        }
    }

    private static void equal(Episodes a, Episodes b) {
        List<Tensor> left = List.of(a.supportX(), a.supportY(), a.queryX(), a.queryY());
        List<Tensor> right = List.of(b.supportX(), b.supportY(), b.queryX(), b.queryY());
        for (int i = 0; i < 4; i++) {
            assertThat(left.get(i).shape()).isEqualTo(right.get(i).shape());
            assertThat(Arrays.equals(left.get(i).doubles(), right.get(i).doubles()))
                    .isTrue();
        }
    }

    /** Features have mean 0 and variance 1, of which half is within a class and half between classes. */
    @Test
    void normalClassesHaveTheirVariances() {
        try (Scope s = Scope.open()) {
            Episodes e = new GaussianClasses(4, 2, 40, 1).sample(1000, new SplittableRandom(2));
            double[] x = e.supportX().doubles();
            long[] y = e.supportY().longs();
            double squares = 0;
            double within = 0;
            int pairs = 0;
            for (int t = 0; t < 1000; t++) {
                for (int i = 0; i < 40; i += 2) {
                    int at = t * 40 + i;
                    for (int f = 0; f < 4; f++) {
                        squares += x[at * 4 + f] * x[at * 4 + f];
                        if (y[at] == y[at + 1]) {
                            double difference = x[at * 4 + f] - x[(at + 1) * 4 + f];
                            within += difference * difference / 2;
                            pairs++;
                        }
                    }
                }
            }
            assertThat(squares / (1000 * 20 * 4)).isCloseTo(1, within(0.04));
            assertThat(within / pairs).isCloseTo(0.5, within(0.015));
            assertThat(pairs / (1000.0 * 20 * 4)).isCloseTo(0.5, within(0.015)); // classes are equally likely
        }
    }

    @Test
    void upcomingItemsAreTheNextOfTheStream() {
        try (Scope s = Scope.open()) {
            Episodes e = new GaussianClasses(3, 4, 6, 2).sample(2, new SplittableRandom(5));
            Episodes next = e.upcoming(1, 3);
            assertThat(next.queryY().longs())
                    .containsExactly(e.supportY().slice(1, 2, 4).contiguous().longs());
            assertThat(next.queryX().shape()).containsExactly(2, 2, 3);
            assertThat(next.supportSize()).isEqualTo(6);
            assertThatThrownBy(() -> e.upcoming(0, 4))
                    .hasMessage("4 steps do not have equally many of 6 support items");
        }
    }

    @Test
    void emptyTasksAreRefused() {
        assertThatThrownBy(() -> new GaussianClasses(3, 1, 5, 2)).hasMessageContaining("2 classes");
        assertThatThrownBy(() -> new NormalPairs(1, 0, 1, 1)).hasMessageContaining("1 output");
    }
}
