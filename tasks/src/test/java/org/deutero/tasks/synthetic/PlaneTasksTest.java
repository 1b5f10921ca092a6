package org.deutero.tasks.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaneTasksTest {
    /** Shares of class 1 are areas of the square: closed forms. */
    @ParameterizedTest
    @CsvSource({
        "XOR, 0.5",
        "AND, 0.25",
        "OR, 0.75",
        "NXOR, 0.5",
        "NAND, 0.75",
        "TWO_MOON, 0.5",
        "CIRCLE, 0.5",
        "SMALL_CIRCLE, 0.19635",
        "PIE, 0.25",
        "CROSS, 0.51",
        "TRIANGLE, 0.3825",
        "BLOBS, 0.5"
    })
    void familiesHaveTheirAreas(Plane family, double share) {
        try (Scope s = Scope.open()) {
            Episodes e = new PlaneTasks(List.of(family), 2, 40_000, 1).sample(1, new SplittableRandom(1));
            double ones = LongStream.of(e.supportY().longs()).sum() / 40_000.0;
            assertThat(ones).isCloseTo(share, within(0.01));
        }
    }

    @Test
    void blobsHaveAnyNumberOfClassesAndOthersTwo() {
        try (Scope s = Scope.open()) {
            Episodes e = new PlaneTasks(List.of(Plane.BLOBS), 5, 200, 10).sample(2, new SplittableRandom(1));
            assertThat(Arrays.stream(e.supportY().longs()).distinct().count()).isEqualTo(5);
            assertThat(e.way()).isEqualTo(5);
            assertThatThrownBy(() -> new PlaneTasks(List.of(Plane.BLOBS, Plane.PIE), 5, 10, 10))
                    .hasMessageContaining("PIE has 2 classes, not 5");
        }
    }

    @Test
    void drawingTwiceIsDrawingTogether() {
        try (Scope s = Scope.open()) {
            PlaneTasks tasks = new PlaneTasks(List.of(Plane.values()), 2, 6, 4);
            SplittableRandom rng = new SplittableRandom(3);
            tasks.sample(3, rng);
            float[] later = tasks.sample(2, rng).queryX().floats();
            float[] together = tasks.sample(5, new SplittableRandom(3))
                    .queryX()
                    .slice(0, 3, 5)
                    .floats();
            assertThat(later).containsExactly(together);
        }
    }
}
