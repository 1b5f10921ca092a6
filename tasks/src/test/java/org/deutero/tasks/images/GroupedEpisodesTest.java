package org.deutero.tasks.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.deutero.tasks.Augmentation;
import org.deutero.tasks.DataException;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.Test;

class GroupedEpisodesTest {
    /** Six classes of four pictures of one pixel, whose value says which they are. */
    private static LabelledImages data() {
        LabelledImages.Builder builder = LabelledImages.builder("numbers", 1, 1, 1);
        for (int c = 0; c < 6; c++) {
            int first = 10 * c;
            byte[] pixels = new byte[4];
            for (int i = 0; i < 4; i++) {
                pixels[i] = (byte) (first + i);
            }
            builder.add("class" + c, pixels);
        }
        return builder.build();
    }

    private static final List<List<Integer>> GROUPS = List.of(List.of(0, 1, 2), List.of(3, 4, 5));

    private static GroupedEpisodes source(boolean fixed) {
        return new GroupedEpisodes(data(), GROUPS, new GroupedEpisodes.Form(2, 3, 1, fixed, Augmentation.NONE));
    }

    private static int[] values(Tensor x) {
        float[] values = x.floats();
        return IntStream.range(0, values.length)
                .map(i -> Math.round(255 * values[i]))
                .toArray();
    }

    @Test
    void aFixedGroupIsAlwaysTheSameTask() {
        try (Scope s = Scope.open()) {
            Episodes tasks = source(true).sample(8, new SplittableRandom(1));
            boolean[] seen = new boolean[2];
            for (int t = 0; t < 8; t++) {
                int[] support = values(tasks.supportX().select(0, t));
                int first = support[0];
                assertThat(first).isIn(0, 30);
                seen[first / 30] = true;
                assertThat(support).containsExactly(first, first + 1, first + 2, first + 10, first + 11, first + 12);
                assertThat(values(tasks.queryX().select(0, t))).containsExactly(first + 3, first + 13);
            }
            assertThat(seen).containsExactly(true, true);
            assertThat(tasks.slice(0, 1).supportY().longs()).containsExactly(0, 0, 0, 1, 1, 1);
        }
    }

    @Test
    void otherwiseClassesAndExamplesAreDrawnAndNeverShared() {
        try (Scope s = Scope.open()) {
            Episodes tasks = source(false).sample(20, new SplittableRandom(1));
            for (int t = 0; t < 20; t++) {
                int[] support = values(tasks.supportX().select(0, t));
                int[] query = values(tasks.queryX().select(0, t));
                assertThat(support[0] / 30).isEqualTo(query[1] / 30);
                assertThat(IntStream.concat(IntStream.of(support), IntStream.of(query))
                                .distinct())
                        .hasSize(8);
                assertThat(query[0] / 10).isEqualTo(support[0] / 10);
            }
        }
    }

    @Test
    void drawingInTwoPortionsIsDrawingAtOnce() {
        try (Scope s = Scope.open()) {
            var turned = new GroupedEpisodes(
                    data(), GROUPS, new GroupedEpisodes.Form(2, 2, 1, false, new AffineAugmentation(0, 0.9, 0)));
            SplittableRandom rng = new SplittableRandom(4);
            turned.sample(2, rng);
            Episodes rest = turned.sample(1, rng);
            Episodes all = turned.sample(3, new SplittableRandom(4));
            assertThat(rest.queryX().floats())
                    .containsExactly(all.slice(2, 3).queryX().floats());
            assertThat(rest.supportX().floats())
                    .containsExactly(all.slice(2, 3).supportX().floats());
            assertThat(all.slice(2, 3).augmentation()).isEqualTo(new AffineAugmentation(0, 0.9, 0));
            assertThat(all.repeat(2).augmentation()).isEqualTo(new AffineAugmentation(0, 0.9, 0));
        }
    }

    @Test
    void whatIsTooSmallIsRefused() {
        assertThatThrownBy(() ->
                        new GroupedEpisodes(data(), GROUPS, new GroupedEpisodes.Form(4, 1, 1, true, Augmentation.NONE)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a task of 4 ways needs as many classes");
        assertThatThrownBy(() ->
                        new GroupedEpisodes(data(), GROUPS, new GroupedEpisodes.Form(2, 4, 1, true, Augmentation.NONE)))
                .hasMessageContaining("need at least 5");
    }

    @Test
    void pictureMapsAreAffineAndReplayable() {
        try (Scope s = Scope.open()) {
            Tensor x = Tensors.normal(new SplittableRandom(1), DType.FLOAT64, 3, 2, 9, 9);
            assertThat(new AffineAugmentation(0, 0, 0).apply(x, new SplittableRandom(1)))
                    .isSameAs(x);
            AffineAugmentation any = new AffineAugmentation(180, 0.2, 0.2);
            double[] once = any.apply(x, new SplittableRandom(2)).doubles();
            assertThat(any.apply(x, new SplittableRandom(2)).doubles()).containsExactly(once);
            assertThat(any.apply(x, new SplittableRandom(3)).doubles()).isNotEqualTo(once);
            // A plane a x + b y + c, where nothing comes in from outside, stays a plane: bilinear maps are exact on it.
            // Scaled up only, its middle does not see the edge.
            double[] plane = new double[81];
            for (int i = 0; i < 81; i++) {
                plane[i] = 2 * (i % 9) - 3.0 * (i / 9) + 100;
            }
            double[] y = new AffineAugmentation(180, 0.1, 0)
                    .apply(Tensor.of(plane, 1, 1, 9, 9), new SplittableRandom(6))
                    .doubles();
            double right = y[4 * 9 + 5] - y[4 * 9 + 4];
            double down = y[5 * 9 + 4] - y[4 * 9 + 4];
            assertThat(y[3 * 9 + 3] - y[4 * 9 + 4]).isCloseTo(-right - down, within(1e-9));
            // A turn keeps the length of the slope.
            assertThat(right * right + down * down).isCloseTo(13, within(1e-9));
        }
    }
}
