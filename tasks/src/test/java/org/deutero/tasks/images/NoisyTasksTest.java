package org.deutero.tasks.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.deutero.tasks.DataException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.images.LabelNoise.Kind;
import org.deutero.tasks.images.NoisySplit.Damage;
import org.deutero.tasks.images.NoisySplit.Sizes;
import org.deutero.tensor.Scope;
import org.junit.jupiter.api.Test;

/** Wrong labels come at the rates of their matrices, parts share no picture, and batches are drawn again to the bit. */
class NoisyTasksTest {
    private static final int CLASSES = 4;

    /** Pictures of two pixels that say which they are: class and number. */
    private static LabelledImages images(String name, int each) {
        LabelledImages.Builder builder = LabelledImages.builder(name, 1, 1, 2);
        for (int c = 0; c < CLASSES; c++) {
            byte[] pixels = new byte[2 * each];
            for (int i = 0; i < each; i++) {
                pixels[2 * i] = (byte) c;
                pixels[2 * i + 1] = (byte) i;
            }
            builder.add("class " + c, pixels);
        }
        return builder.build();
    }

    private static NoisySplit split(Kind kind, double level, double imbalance) {
        LabelledImages images = images("train", 200);
        return NoisySplit.of(
                images,
                images("test", 50),
                new Sizes(400, 42, 8, 100),
                new Damage(new LabelNoise(kind, level), imbalance),
                7);
    }

    @Test
    void labelsAreWrongAsOftenAsTheMatrixSays() {
        int n = 40_000;
        int[] truth = new int[n];
        for (Kind kind : Kind.values()) {
            LabelNoise noise = new LabelNoise(kind, 0.4);
            // The same seed makes the same choice of classes.
            double[] row = noise.matrix(CLASSES, new SplittableRandom(5))[0];
            int[] counts = new int[CLASSES];
            SplittableRandom same = new SplittableRandom(5);
            for (int label : noise.labels(truth, CLASSES, same)) {
                counts[label]++;
            }
            for (int c = 0; c < CLASSES; c++) {
                assertThat(counts[c] / (double) n).as("%s to %d", kind, c).isCloseTo(row[c], within(0.02));
            }
            double right = switch (kind) {
                case NONE -> 1;
                case UNIFORM -> 0.6 + 0.4 / CLASSES;
                case FLIP, FLIP2 -> 0.6;
            };
            assertThat(row[0]).isCloseTo(right, within(1e-12));
            assertThat(Arrays.stream(row).filter(p -> p > 0).count())
                    .isEqualTo(
                            switch (kind) {
                                case NONE -> 1;
                                case UNIFORM -> CLASSES;
                                case FLIP -> 2;
                                case FLIP2 -> 3;
                            });
        }
    }

    @Test
    void partsShareNoPicture() {
        NoisySplit split = split(Kind.UNIFORM, 0.5, 1);
        Set<String> seen = new HashSet<>();
        for (Labelled part : new Labelled[] {split.train(), split.clean(), split.validation()}) {
            for (int i = 0; i < part.size(); i++) {
                assertThat(seen.add(part.classes()[i] + "/" + part.items()[i])).isTrue();
            }
        }
        assertThat(split.train().size()).isEqualTo(400);
        assertThat(split.train().wrong()).isCloseTo(0.375, within(0.08));
        assertThat(split.clean().wrong()).isZero();
        assertThat(split.test().images().name()).isEqualTo("test");
        int[] each = new int[CLASSES];
        for (int c : split.clean().labels()) {
            each[c]++;
        }
        assertThat(each).containsExactly(11, 11, 10, 10);
    }

    @Test
    void classesBecomeUnequal() {
        NoisySplit split = split(Kind.NONE, 0, 25);
        int[] each = new int[CLASSES];
        for (int c : split.train().classes()) {
            each[c]++;
        }
        assertThat(each).containsExactly(100, 34, 12, 4);
        assertThatThrownBy(() -> NoisySplit.of(
                        images("few", 5), images("test", 5), new Sizes(20, 8, 0, 4), new Damage(LabelNoise.NONE, 1), 1))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("class 'class 0' of few has 5 pictures, but 7");
    }

    @Test
    void batchesAreDrawnAgainToTheBit() {
        NoisySplit split = split(Kind.FLIP, 0.4, 1);
        NoisyBatches batches = new NoisyBatches(split.train(), split.clean(), 6, 3, new CropFlip(1, true), 0.1f, 0.5f);
        try (Scope s = Scope.open()) {
            Episodes first = batches.sample(2, new SplittableRandom(1));
            Episodes again = batches.sample(2, new SplittableRandom(1));
            assertThat(first.supportX().shape()).containsExactly(2, 6, 1, 1, 2);
            assertThat(first.queryX().shape()).containsExactly(2, 3, 1, 1, 2);
            assertThat(first.way()).isEqualTo(CLASSES);
            assertThat(again.supportX().floats()).isEqualTo(first.supportX().floats());
            assertThat(again.queryY().longs()).isEqualTo(first.queryY().longs());
            Episodes judged = new NoisyBatches.Judged(split.test(), 0, 1).sample(1, new SplittableRandom(1));
            assertThat(judged.queryY().longs()).hasSize(100);
            assertThat(judged.queryX().floats()[0] * 255)
                    .isEqualTo(judged.queryY().longs()[0], within(1e-4f));
        }
    }

    @Test
    void aCropIsMirroredAtTheEdges() {
        float[] picture = {0, 1, 2, 3, 4, 5, 6, 7, 8};
        CropFlip crop = new CropFlip(1, true);
        Set<String> seen = new HashSet<>();
        SplittableRandom rng = new SplittableRandom(1);
        for (int i = 0; i < 500; i++) {
            float[] one = picture.clone();
            crop.apply(one, 0, 1, 3, 3, rng);
            seen.add(Arrays.toString(one));
        }
        // Three rows; three columns, turned or not, of which a mirrored one is the same turned.
        assertThat(seen).hasSize(12).contains("[4.0, 3.0, 4.0, 1.0, 0.0, 1.0, 4.0, 3.0, 4.0]");
        assertThat(seen).contains("[2.0, 1.0, 0.0, 5.0, 4.0, 3.0, 8.0, 7.0, 6.0]");
    }
}
