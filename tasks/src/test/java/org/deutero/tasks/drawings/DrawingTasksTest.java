package org.deutero.tasks.drawings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.images.ImageFormat;
import org.deutero.tasks.images.LabelledImages;
import org.deutero.tasks.omniglot.Omniglot;
import org.deutero.tensor.Scope;
import org.junit.jupiter.api.Test;

class DrawingTasksTest {
    private static final int SIDE = 28;
    private static final int SIZE = SIDE * SIDE;

    private static DrawingTasks symbols(double mixed) {
        return new DrawingTasks(List.of(DrawingTasks.SYMBOLS), 5, 1, 3, SIDE, mixed, 0);
    }

    @Test
    void tasksHaveTheUsualShapesAndInk() {
        try (Scope s = Scope.open()) {
            Episodes tasks = symbols(0.5).sample(20, new Random(1));
            assertThat(tasks.supportX().shape()).containsExactly(20, 5, 1, SIDE, SIDE);
            assertThat(tasks.queryX().shape()).containsExactly(20, 15, 1, SIDE, SIDE);
            assertThat(tasks.queryY().select(0, 7).longs())
                    .containsExactly(0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4);
            float[] ink = tasks.queryX().floats();
            for (int i = 0; i < 300; i++) {
                float most = 0;
                for (int j = 0; j < SIZE; j++) {
                    float v = ink[i * SIZE + j];
                    assertThat(v).isBetween(0f, 1.0001f);
                    most = Math.max(most, v);
                }
                assertThat(most).as("drawing %d", i).isGreaterThan(0.4f);
            }
        }
    }

    @Test
    void equalSeedsDrawEqualTasksHoweverManyAtOnce() {
        try (Scope s = Scope.open()) {
            float[] whole = symbols(0.5).sample(3, new Random(4)).queryX().floats();
            Random rng = new Random(4);
            symbols(0.5).sample(1, rng);
            float[] rest = symbols(0.5).sample(2, rng).queryX().floats();
            assertThat(rest).isEqualTo(java.util.Arrays.copyOfRange(whole, 15 * SIZE, 45 * SIZE));
        }
    }

    /** Drawings of one sign are more like each other than like those of another, but not so much that nothing is left to learn. */
    @Test
    void signsCanBeToldApartButNotByPixelsAlone() {
        try (Scope s = Scope.open()) {
            Episodes tasks = symbols(1).sample(200, new Random(2));
            float[] support = tasks.supportX().floats();
            float[] query = tasks.queryX().floats();
            int right = 0;
            for (int q = 0; q < 3000; q++) {
                int task = q / 15;
                int best = 0;
                double least = Double.MAX_VALUE;
                for (int c = 0; c < 5; c++) {
                    double d = 0;
                    for (int j = 0; j < SIZE; j++) {
                        d += Math.pow(query[q * SIZE + j] - support[(task * 5 + c) * SIZE + j], 2);
                    }
                    if (d < least) {
                        least = d;
                        best = c;
                    }
                }
                right += best == q % 15 / 3 ? 1 : 0;
            }
            assertThat(right / 3000.0).isBetween(0.3, 0.8);
        }
    }

    /** The drawings of a set, when they keep their look: nearly as they are, and a support drawing is never a query. */
    @Test
    void aSetGivesEachDrawingOnce() {
        LabelledImages images = Omniglot.images(ImageFormat.grey(Canvas.SIDE).invert())
                .select(IntStream.range(0, 6).boxed().toList());
        SetOfDrawings set = new SetOfDrawings(images, List.of(0, 1, 2, 3, 4, 5), false);
        Random rng = new Random(3);
        DrawingTasks.Class one = set.classes(1, rng).get(0);
        Canvas canvas = new Canvas();
        java.util.Set<Integer> seen = new java.util.HashSet<>();
        for (int i = 0; i < 20; i++) {
            canvas.clear();
            one.on(canvas, null, rng);
            seen.add(java.util.Arrays.hashCode(canvas.ink()));
        }
        assertThat(seen).hasSize(20);
    }

    @Test
    void pensFillWidenAndHollow() {
        Canvas canvas = new Canvas();
        canvas.line(0.3, 0.3, 0.7, 0.3, 0.03);
        canvas.line(0.7, 0.3, 0.7, 0.7, 0.03);
        canvas.line(0.7, 0.7, 0.3, 0.7, 0.03);
        canvas.line(0.3, 0.7, 0.3, 0.3, 0.03);
        double ring = sum(canvas);
        canvas.thicken(1);
        double thick = sum(canvas);
        canvas.fillHoles();
        double filled = sum(canvas);
        canvas.hollow(1);
        assertThat(thick).isGreaterThan(1.5 * ring);
        assertThat(filled).isBetween(560.0, 800.0);
        assertThat(sum(canvas)).isLessThan(filled / 3);
        int[] box = canvas.box();
        assertThat(box[0]).isBetween(14, 17);
        assertThat(box[3]).isBetween(39, 42);
    }

    private static double sum(Canvas canvas) {
        double sum = 0;
        for (float v : canvas.ink()) {
            sum += v;
        }
        return sum;
    }

    @Test
    void wrongKeysAreRefused() {
        assertThatThrownBy(() -> DrawingSettings.of(Options.at("tasks", Map.of("kinds", List.of("omniglott")))))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("tasks.kinds names omniglott")
                .hasMessageContaining("omniglot");
        assertThatThrownBy(() -> DrawingSettings.of(Options.at("tasks", Map.of("kinds", List.of("fashion-mnist")))))
                .hasMessageContaining("expected omniglot or symbols among them");
        assertThatThrownBy(() -> DrawingSettings.of(Options.at("tasks", Map.of("shot", 10, "queries", 11))))
                .hasMessageContaining("expected at most 20");
    }
}
