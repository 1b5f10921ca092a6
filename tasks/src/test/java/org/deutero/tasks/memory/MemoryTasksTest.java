package org.deutero.tasks.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // scopes are opened for their effect
class MemoryTasksTest {
    @Test
    void drawingInPartsGivesTheSameTasks() {
        List<TaskSource<Episodes>> sources = List.of(
                new SymbolPairs(6, 4, 5, true, true, 2),
                new BinaryPairs(5, 3, 2, 6, 4),
                new BinaryPatterns(8, 3, 2, 1, 2));
        for (TaskSource<Episodes> source : sources) {
            try (Scope s = Scope.open()) {
                Episodes all = source.sample(5, new SplittableRandom(1));
                SplittableRandom rng = new SplittableRandom(1);
                Episodes first = source.sample(2, rng);
                Episodes rest = source.sample(3, rng);
                assertThat(all.slice(0, 2).supportX().floats())
                        .containsExactly(first.supportX().floats());
                assertThat(all.slice(2, 5).supportX().floats())
                        .containsExactly(rest.supportX().floats());
                assertThat(all.slice(2, 5).queryX().floats())
                        .containsExactly(rest.queryX().floats());
                assertThat(Arrays.equals(
                                all.slice(0, 2).supportX().floats(),
                                all.slice(2, 4).supportX().floats()))
                        .isFalse();
            }
        }
    }

    @Test
    void theAnswerIsTheLastValueOfTheKey() {
        try (Scope s = Scope.open()) {
            Episodes tasks = new SymbolPairs(4, 9, 12, true, true, 3).sample(50, new SplittableRandom(1));
            long[] keys = tasks.supportX().argmax(2).longs();
            long[] values = tasks.supportY().longs();
            long[] asked = tasks.queryX().argmax(2).longs();
            long[] answers = tasks.queryY().longs();
            int updated = 0;
            for (int q = 0; q < asked.length; q++) {
                int task = q / 3;
                long last = -1;
                for (int i = task * 12; i < task * 12 + 12; i++) {
                    if (keys[i] == asked[q]) {
                        updated += last >= 0 && last != values[i] ? 1 : 0;
                        last = values[i];
                    }
                }
                assertThat(answers[q]).isEqualTo(last);
            }
            assertThat(updated).isGreaterThan(50);
        }
    }

    @Test
    void keysAreDifferentUnlessTheyMayRepeat() {
        try (Scope s = Scope.open()) {
            Episodes tasks = new SymbolPairs(5, 5, 5, false, false, 1).sample(30, new SplittableRandom(1));
            for (int t = 0; t < 30; t++) {
                assertThat(tasks.supportX().select(0, t).argmax(1).longs()).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
                assertThat(tasks.supportY().select(0, t).longs()).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
            }
        }
        assertThatThrownBy(() -> new SymbolPairs(3, 9, 4, false, true, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("4 pairs without repeated keys need as many keys, not 3");
    }

    @Test
    void pairsOfBitsAreFollowedByNothing() {
        try (Scope s = Scope.open()) {
            Episodes tasks = new BinaryPairs(4, 3, 2, 5, 6).sample(40, new SplittableRandom(1));
            boolean[] met = new boolean[6];
            for (int t = 0; t < 40; t++) {
                double[] bits = tasks.supportX().select(0, t).abs().sum(1).doubles();
                int pairs = (int) Arrays.stream(bits).filter(b -> b == 4).count();
                for (int i = 0; i < 5; i++) {
                    assertThat(bits[i]).isEqualTo(i < pairs ? 4 : 0);
                }
                met[pairs] = true;
                for (int q = 0; q < 6; q++) {
                    Tensor cue = tasks.queryX().select(0, t).slice(0, q, q + 1);
                    Tensor content = tasks.queryY().select(0, t).slice(0, q, q + 1);
                    Tensor differences = tasks.supportX()
                            .select(0, t)
                            .sub(cue)
                            .abs()
                            .sum(1)
                            .add(tasks.supportY()
                                    .select(0, t)
                                    .sub(content)
                                    .abs()
                                    .sum(1));
                    assertThat(differences.doubles()).contains(0);
                }
            }
            assertThat(met).containsExactly(false, false, true, true, true, true);
        }
    }

    @Test
    void patternsAreShownInTurnAndHalfOfOneIsAsked() {
        try (Scope s = Scope.open()) {
            BinaryPatterns source = new BinaryPatterns(10, 3, 2, 1, 2);
            assertThat(source.steps()).isEqualTo(18);
            Episodes tasks = source.sample(20, new SplittableRandom(1));
            for (int t = 0; t < 20; t++) {
                Tensor course = tasks.supportX().select(0, t);
                double[] on = course.abs().sum(1).doubles();
                for (int step = 0; step < 18; step++) {
                    assertThat(on[step]).isEqualTo(step % 3 == 2 ? 0 : 10);
                }
                Tensor half = tasks.queryX().select(0, t);
                Tensor whole = tasks.queryY().select(0, t);
                assertThat(half.abs().sum().item()).isEqualTo(5);
                assertThat(half.mul(whole).sum().item()).isEqualTo(5);
                for (int cycle = 0; cycle < 2; cycle++) {
                    double[] likeness = course.slice(0, cycle * 9L, cycle * 9L + 9)
                            .mul(whole)
                            .sum(1)
                            .doubles();
                    assertThat(Arrays.stream(likeness).filter(l -> l == 10).count())
                            .isGreaterThanOrEqualTo(2);
                }
            }
        }
    }
}
