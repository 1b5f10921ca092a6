package org.deutero.tasks.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.deutero.tasks.DataException;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.Scope;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // scopes are opened for their effect
class EpisodeSamplerTest {

    /** 12 classes of 20 images of one pixel, each pixel unique: value = 20 * class + item. */
    private static final LabelledImages UNIQUE = unique(12, 20);

    private static LabelledImages unique(int classes, int items) {
        LabelledImages.Builder builder = LabelledImages.builder("unique", 1, 1, 1);
        for (int c = 0; c < classes; c++) {
            byte[] pixels = new byte[items];
            for (int i = 0; i < items; i++) {
                pixels[i] = (byte) (items * c + i);
            }
            builder.add("class" + c, pixels);
        }
        return builder.build();
    }

    private static List<Integer> first(int n) {
        return IntStream.range(0, n).boxed().toList();
    }

    private static int[] values(float[] pixels) {
        int[] out = new int[pixels.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = Math.round(pixels[i] * 255);
        }
        return out;
    }

    @Test
    void shapesLabelsAndRange() {
        try (Scope s = Scope.open()) {
            Episodes e =
                    new EpisodeSampler(UNIQUE, first(12), 3, 2, 4, Rotation.NONE).sample(5, new SplittableRandom(1));
            assertThat(e.way()).isEqualTo(3);
            assertThat(e.supportX().shape()).containsExactly(5, 6, 1, 1, 1);
            assertThat(e.queryX().shape()).containsExactly(5, 12, 1, 1, 1);
            assertThat(e.supportY().slice(0, 0, 1).longs()).containsExactly(0, 0, 1, 1, 2, 2);
            assertThat(e.queryY().slice(0, 4, 5).longs()).containsExactly(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2);
            for (float v : e.supportX().floats()) {
                assertThat(v).isBetween(0f, 1f);
            }
        }
    }

    /** Each episode: every class is one class, classes differ, and no image is used twice. */
    @Test
    void supportAndQueryAreDisjointAndClassesDistinct() {
        try (Scope s = Scope.open()) {
            int tasks = 200;
            Episodes e = new EpisodeSampler(UNIQUE, first(12), 5, 3, 7, Rotation.NONE)
                    .sample(tasks, new SplittableRandom(2));
            int[] support = values(e.supportX().floats());
            int[] query = values(e.queryX().floats());
            for (int t = 0; t < tasks; t++) {
                Set<Integer> classes = new HashSet<>();
                Set<Integer> images = new HashSet<>();
                for (int n = 0; n < 5; n++) {
                    int c = support[(t * 5 + n) * 3] / 20;
                    assertThat(classes.add(c)).isTrue();
                    for (int k = 0; k < 3; k++) {
                        int v = support[(t * 5 + n) * 3 + k];
                        assertThat(v / 20).isEqualTo(c);
                        assertThat(images.add(v)).isTrue();
                    }
                    for (int k = 0; k < 7; k++) {
                        int v = query[(t * 5 + n) * 7 + k];
                        assertThat(v / 20).isEqualTo(c);
                        assertThat(images.add(v)).isTrue();
                    }
                }
            }
        }
    }

    @Test
    void drawsOnlyFromTheClassesGiven() {
        try (Scope s = Scope.open()) {
            Episodes e = new EpisodeSampler(UNIQUE, List.of(11, 4, 7), 2, 1, 1, Rotation.NONE)
                    .sample(100, new SplittableRandom(3));
            Set<Integer> seen = new HashSet<>();
            for (int v : values(e.supportX().floats())) {
                seen.add(v / 20);
            }
            assertThat(seen).containsExactlyInAnyOrder(4, 7, 11);
        }
    }

    @Test
    void equalGeneratorsGiveEqualBitsAndBatchesConcatenate() {
        EpisodeSampler sampler = new EpisodeSampler(UNIQUE, first(12), 4, 2, 3, Rotation.RANDOM);
        try (Scope s = Scope.open()) {
            Episodes all = sampler.sample(6, new SplittableRandom(9));
            assertThat(sampler.sample(6, new SplittableRandom(9)).queryX().floats())
                    .isEqualTo(all.queryX().floats());
            assertThat(sampler.sample(6, new SplittableRandom(10)).queryX().floats())
                    .isNotEqualTo(all.queryX().floats());
            SplittableRandom rng = new SplittableRandom(9);
            Episodes head = sampler.sample(2, rng);
            Episodes tail = sampler.sample(4, rng);
            assertThat(head.supportX().floats())
                    .isEqualTo(all.slice(0, 2).supportX().floats());
            assertThat(tail.supportX().floats())
                    .isEqualTo(all.slice(2, 6).supportX().floats());
        }
    }

    /** Chi-square over (label, class): a sampler that keeps classes in order, or misses some, is far off. */
    @Test
    void everyClassIsEquallyLikelyAtEveryLabel() {
        int tasks = 6000;
        try (Scope s = Scope.open()) {
            Episodes e =
                    new EpisodeSampler(UNIQUE, first(6), 3, 1, 1, Rotation.NONE).sample(tasks, new SplittableRandom(4));
            int[] support = values(e.supportX().floats());
            int[] counts = new int[18];
            for (int i = 0; i < support.length; i++) {
                counts[i % 3 * 6 + support[i] / 20]++;
            }
            assertThat(chiSquare(counts, tasks / 6.0)).isLessThan(45); // 15 degrees of freedom: p = 1e-4
        }
    }

    /** Every image is as often in the support as any other: no class is read in file order. */
    @Test
    void everyImageIsEquallyLikely() {
        int tasks = 4000;
        try (Scope s = Scope.open()) {
            Episodes e =
                    new EpisodeSampler(UNIQUE, first(2), 2, 1, 2, Rotation.NONE).sample(tasks, new SplittableRandom(5));
            int[] counts = new int[40];
            for (int v : values(e.supportX().floats())) {
                counts[v]++;
            }
            assertThat(chiSquare(counts, tasks / 20.0)).isLessThan(80); // 38 degrees of freedom: p = 1e-4
            counts = new int[40];
            for (int v : values(e.queryX().floats())) {
                counts[v]++;
            }
            assertThat(chiSquare(counts, tasks / 10.0)).isLessThan(80);
        }
    }

    private static double chiSquare(int[] counts, double expected) {
        return IntStream.of(counts)
                .mapToDouble(c -> (c - expected) * (c - expected) / expected)
                .sum();
    }

    /** Two classes of 2x2 images without symmetry: pixels c, c+1, c+2, c+3 plus item. */
    private static LabelledImages squares(int classes) {
        LabelledImages.Builder builder = LabelledImages.builder("squares", 1, 2, 2);
        for (int c = 0; c < classes; c++) {
            byte[] pixels = new byte[4 * 6];
            for (int i = 0; i < 6; i++) {
                for (int p = 0; p < 4; p++) {
                    pixels[4 * i + p] = (byte) (40 * c + 4 * i + p);
                }
            }
            builder.add("square" + c, pixels);
        }
        return builder.build();
    }

    /** Finds {class, quarter turns} of a drawn image by comparing it with all that exist. */
    private static int[] identify(LabelledImages data, int[] pixels) {
        for (int c = 0; c < data.classes(); c++) {
            for (int i = 0; i < data.count(c); i++) {
                for (int turns = 0; turns < 4; turns++) {
                    Picture p = data.image(c, i).rotate(turns);
                    if (p.at(0, 0, 0) == pixels[0]
                            && p.at(0, 0, 1) == pixels[1]
                            && p.at(0, 1, 0) == pixels[2]
                            && p.at(0, 1, 1) == pixels[3]) {
                        return new int[] {c, turns};
                    }
                }
            }
        }
        throw new AssertionError("no such image");
    }

    /** For each task, the {class, turns} of each label; fails if images of one label differ in either. */
    private static List<List<List<Integer>>> turned(LabelledImages data, Rotation rotation, int way, int tasks) {
        List<List<List<Integer>>> out = new ArrayList<>();
        try (Scope s = Scope.open()) {
            Episodes e = new EpisodeSampler(data, first(data.classes()), way, 2, 3, rotation)
                    .sample(tasks, new SplittableRandom(6));
            int[] support = values(e.supportX().floats());
            int[] query = values(e.queryX().floats());
            for (int t = 0; t < tasks; t++) {
                List<List<Integer>> task = new ArrayList<>();
                for (int n = 0; n < way; n++) {
                    Set<List<Integer>> found = new HashSet<>();
                    for (int k = 0; k < 2; k++) {
                        found.add(boxed(identify(data, at(support, (t * way + n) * 2 + k))));
                    }
                    for (int k = 0; k < 3; k++) {
                        found.add(boxed(identify(data, at(query, (t * way + n) * 3 + k))));
                    }
                    assertThat(found).hasSize(1);
                    task.add(found.iterator().next());
                }
                out.add(task);
            }
        }
        return out;
    }

    private static int[] at(int[] pixels, int image) {
        return Arrays.copyOfRange(pixels, 4 * image, 4 * image + 4);
    }

    private static List<Integer> boxed(int[] pair) {
        return List.of(pair[0], pair[1]);
    }

    @Test
    void randomRotationIsOneForAClassInAnEpisodeAndTakesAllFour() {
        Map<Integer, Integer> turns = new HashMap<>();
        boolean differWithinTask = false;
        for (List<List<Integer>> task : turned(squares(4), Rotation.RANDOM, 3, 100)) {
            assertThat(task.stream().map(p -> p.get(0))).doesNotHaveDuplicates();
            task.forEach(p -> turns.merge(p.get(1), 1, Integer::sum));
            differWithinTask |= task.stream().map(p -> p.get(1)).distinct().count() > 1;
        }
        assertThat(differWithinTask).isTrue();
        assertThat(turns.keySet()).containsExactlyInAnyOrder(0, 1, 2, 3);
        assertThat(turns.values()).allMatch(n -> n > 45); // of 300, expected 75
    }

    @Test
    void rotationsAsClassesAreDistinctClasses() {
        LabelledImages data = squares(2);
        assertThat(new EpisodeSampler(data, first(2), 8, 2, 3, Rotation.CLASSES).choices())
                .isEqualTo(8);
        for (List<List<Integer>> task : turned(data, Rotation.CLASSES, 8, 20)) {
            assertThat(task).doesNotHaveDuplicates().hasSize(8); // all 2 x 4, each once
        }
    }

    @Test
    void withoutRotationImagesStandUpright() {
        for (List<List<Integer>> task : turned(squares(3), Rotation.NONE, 2, 30)) {
            assertThat(task).allMatch(p -> p.get(1) == 0);
        }
    }

    @Test
    void refusesTooFewClassesAndNamesBothNumbers() {
        assertThatThrownBy(() -> new EpisodeSampler(UNIQUE, first(4), 5, 1, 1, Rotation.NONE))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("5 ways")
                .hasMessageContaining("only 4");
        new EpisodeSampler(UNIQUE, first(4), 5, 1, 1, Rotation.CLASSES); // 16 with rotations
    }

    @Test
    void refusesAClassThatIsTooSmallAndNamesIt() {
        LabelledImages mixed = LabelledImages.builder("mixed", 1, 1, 1)
                .add("plenty", new byte[20])
                .add("scarce", new byte[5])
                .build();
        assertThatThrownBy(() -> new EpisodeSampler(mixed, first(2), 2, 1, 5, Rotation.NONE))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'scarce'")
                .hasMessageContaining("5 images")
                .hasMessageContaining("at least 6");
        new EpisodeSampler(mixed, first(2), 2, 1, 4, Rotation.NONE);
    }

    @Test
    void refusesOtherNonsense() {
        assertThatThrownBy(() -> new EpisodeSampler(UNIQUE, List.of(1, 2, 1), 2, 1, 1, Rotation.NONE))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("is listed twice, so that one episode could hold it as two classes");
        assertThatThrownBy(() -> new EpisodeSampler(UNIQUE, List.of(1, 12), 2, 1, 1, Rotation.NONE))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no class 12");
        LabelledImages oblong = LabelledImages.builder("oblong", 1, 1, 2)
                .add("a", new byte[20])
                .add("b", new byte[20])
                .build();
        assertThatThrownBy(() -> new EpisodeSampler(oblong, first(2), 2, 1, 1, Rotation.RANDOM))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("only square images can be rotated by quarter turns");
        assertThatThrownBy(() -> new EpisodeSampler(UNIQUE, first(3), 2, 0, 1, Rotation.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "an episode of 2 ways, 0 shots and 1 queries is not possible: it needs at least 2 ways, 1 shot and 1 query");
        assertThatThrownBy(() ->
                        new EpisodeSampler(UNIQUE, first(3), 2, 1, 1, Rotation.NONE).sample(0, new SplittableRandom(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("asked for 0 tasks, but a batch has at least 1");
    }

    @Test
    void colourImagesKeepTheirPlanes() {
        byte[] pixels = {10, 11, 12, 13, 20, 21, 22, 23, 30, 31, 32, 33};
        byte[] two = new byte[24];
        System.arraycopy(pixels, 0, two, 0, 12);
        System.arraycopy(pixels, 0, two, 12, 12);
        LabelledImages data = LabelledImages.builder("rgb", 3, 2, 2)
                .add("a", two)
                .add("b", two)
                .build();
        try (Scope s = Scope.open()) {
            EpisodeSampler sampler = new EpisodeSampler(data, first(2), 8, 1, 1, Rotation.CLASSES);
            int[] drawn =
                    values(sampler.sample(1, new SplittableRandom(1)).supportX().floats());
            Set<List<Integer>> seen = new HashSet<>();
            for (int i = 0; i < 8; i++) {
                List<Integer> image = new ArrayList<>();
                for (int p = 0; p < 12; p++) {
                    image.add(drawn[12 * i + p]);
                }
                seen.add(image);
            }
            assertThat(seen).contains(List.of(10, 11, 12, 13, 20, 21, 22, 23, 30, 31, 32, 33));
            assertThat(seen).contains(List.of(11, 13, 10, 12, 21, 23, 20, 22, 31, 33, 30, 32)); // anticlockwise
            assertThat(seen).hasSize(4);
        }
    }
}
