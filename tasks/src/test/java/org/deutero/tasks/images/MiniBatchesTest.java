package org.deutero.tasks.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.images.SupervisedProblem.Part;
import org.deutero.tensor.Scope;
import org.junit.jupiter.api.Test;

/** Mini-batches to learn from and to be judged on. */
class MiniBatchesTest {
    /** Image i is 4 times the number i + from, of class i modulo 3. */
    private static Part part(int number, int from) {
        float[] values = new float[4 * number];
        long[] labels = new long[number];
        for (int i = 0; i < number; i++) {
            Arrays.fill(values, 4 * i, 4 * i + 4, i + from);
            labels[i] = i % 3;
        }
        return new Part(values, labels, List.of(1, 2, 2), 3);
    }

    @Test
    void examplesKeepTheirLabelsAndNoneIsTwiceInABatch() {
        try (Scope s = Scope.open()) {
            MiniBatches source = new MiniBatches(part(10, 0), 7, part(6, 100), 6);
            Episodes tasks = source.sample(5, new SplittableRandom(1));
            assertThat(tasks.supportX().shape()).containsExactly(5, 7, 1, 2, 2);
            for (int t = 0; t < 5; t++) {
                float[] x = tasks.supportX().select(0, t).floats();
                long[] y = tasks.supportY().select(0, t).longs();
                for (int i = 0; i < 7; i++) {
                    assertThat(y[i]).isEqualTo((long) x[4 * i] % 3);
                    assertThat(x[4 * i + 3]).isEqualTo(x[4 * i]);
                }
                assertThat(new float[] {x[0], x[4], x[8], x[12], x[16], x[20], x[24]})
                        .doesNotHaveDuplicates();
                // All of a part come in their order.
                assertThat(tasks.queryY().select(0, t).longs()).containsExactly(0, 1, 2, 0, 1, 2);
            }
            assertThat(tasks.supportX().select(0, 0).floats())
                    .isNotEqualTo(tasks.supportX().select(0, 1).floats());
        }
    }

    @Test
    void moreThanThereAreIsRefused() {
        assertThatThrownBy(() -> new MiniBatches(part(3, 0), 4, part(6, 0), 2))
                .hasMessage("a mini-batch of 4 examples cannot be drawn from 3");
    }

    @Test
    void imagesAreTurnedCounterClockwise() {
        Part upright = new Part(new float[] {1, 2, 3, 4}, new long[] {0}, List.of(1, 2, 2), 2);
        float[] turned = upright.rotated(90).images();
        assertThat(turned).containsExactly(new float[] {2, 4, 1, 3}, org.assertj.core.api.Assertions.within(1e-6f));
    }
}
