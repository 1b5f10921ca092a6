package org.deutero.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.deutero.tasks.images.VectorSampler;
import org.deutero.tasks.synthetic.NoisyPrototypes;
import org.deutero.tensor.Scope;
import org.junit.jupiter.api.Test;

/** Sequences of labelled items, and the class-by-class tasks that they are made of. */
@SuppressWarnings("try") // scopes are opened for their effect
class InRandomOrderTest {
    /** Class c of so many has the vectors [c, 0], [c, 1], ... */
    private static VectorSampler vectors(int classes, int each, int way, int shot, int queries) {
        float[][] all = new float[classes][2 * each];
        for (int c = 0; c < classes; c++) {
            for (int i = 0; i < each; i++) {
                all[c][2 * i] = c;
                all[c][2 * i + 1] = i;
            }
        }
        return new VectorSampler(List.of(all), 2, way, shot, queries);
    }

    @Test
    void itemsKeepTheirLabelsAndOrdersDiffer() {
        try (Scope s = Scope.open()) {
            int tasks = 20;
            Episodes drawn = new InRandomOrder(vectors(9, 4, 3, 2, 1)).sample(tasks, new SplittableRandom(1));
            float[] x = drawn.supportX().floats();
            float[] asked = drawn.queryX().floats();
            long[] y = drawn.supportY().longs();
            int inOrder = 0;
            for (int t = 0; t < tasks; t++) {
                for (int i = 0; i < 6; i++) {
                    // The query of a class tells which class its label stands for.
                    assertThat(x[(t * 6 + i) * 2]).isEqualTo(asked[(t * 3 + (int) y[t * 6 + i]) * 2]);
                }
                long[] own = Arrays.copyOfRange(y, t * 6, t * 6 + 6);
                long[] sorted = own.clone();
                Arrays.sort(sorted);
                assertThat(sorted).containsExactly(0, 0, 1, 1, 2, 2);
                inOrder += Arrays.equals(own, sorted) ? 1 : 0;
            }
            assertThat(inOrder).isLessThan(tasks / 2);
        }
    }

    @Test
    void itemsOfAClassAreNeverTheSameTwice() {
        try (Scope s = Scope.open()) {
            Episodes drawn = vectors(5, 4, 2, 3, 1).sample(30, new SplittableRandom(2));
            float[] x = drawn.supportX().floats();
            float[] asked = drawn.queryX().floats();
            for (int c = 0; c < 60; c++) {
                boolean[] seen = new boolean[4];
                for (int i = 0; i < 3; i++) {
                    seen[(int) x[(c * 3 + i) * 2 + 1]] = true;
                }
                seen[(int) asked[c * 2 + 1]] = true;
                assertThat(seen).containsOnly(true);
            }
        }
    }

    @Test
    void drawingTwiceIsDrawingTogether() {
        try (Scope s = Scope.open()) {
            for (TaskSource<Episodes> source : List.of(
                    vectors(9, 4, 3, 2, 1),
                    new NoisyPrototypes(3, 2, 2, 1, 0.1),
                    new InRandomOrder(new NoisyPrototypes(3, 2, 2, 1, 0.1)))) {
                Episodes together = source.sample(5, new SplittableRandom(3));
                SplittableRandom rng = new SplittableRandom(3);
                source.sample(2, rng);
                Episodes rest = source.sample(3, rng);
                assertThat(Arrays.equals(
                                rest.supportX().floats(),
                                together.supportX().slice(0, 2, 5).floats()))
                        .isTrue();
                assertThat(rest.supportY().longs())
                        .containsExactly(together.supportY().slice(0, 2, 5).longs());
            }
        }
    }

    @Test
    void prototypesHaveLengthTwo() {
        try (Scope s = Scope.open()) {
            Episodes exact = new NoisyPrototypes(16, 3, 2, 1, 0).sample(4, new SplittableRandom(4));
            for (double length : exact.supportX().square().sum(2).doubles()) {
                assertThat(length).isBetween(4 - 1e-5, 4 + 1e-5);
            }
            Episodes noisy = new NoisyPrototypes(16, 3, 50, 1, 0.15).sample(4, new SplittableRandom(4));
            double spread = noisy.supportX()
                    .reshape(12, 50, 16)
                    .sub(noisy.supportX().reshape(12, 50, 16).meanKeep(1))
                    .square()
                    .mean()
                    .item();
            assertThat(Math.sqrt(spread)).isBetween(0.14, 0.155);
        }
    }

    @Test
    void tooFewVectorsAreRefused() {
        assertThatThrownBy(() -> vectors(9, 4, 3, 4, 1))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("at least 4 examples");
    }
}
