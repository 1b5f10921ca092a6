package org.deutero.tasks.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.deutero.tasks.DataException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.images.StreamSampler.Form;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Images of one pixel, whose shade says class and number: 10 class + item, of 255. */
class StreamSamplerTest {
    private Scope scope;

    @BeforeEach
    void open() {
        scope = Scope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    private static LabelledImages images(int classes, int each) {
        LabelledImages.Builder builder = LabelledImages.builder("shades", 1, 1, 1);
        for (int c = 0; c < classes; c++) {
            byte[] pixels = new byte[each];
            for (int i = 0; i < each; i++) {
                pixels[i] = (byte) (10 * c + i);
            }
            builder.add("class " + c, pixels);
        }
        return builder.build();
    }

    private static int[] shades(Tensor x) {
        float[] values = x.reshape(-1).floats();
        return IntStream.range(0, values.length)
                .map(i -> Math.round(values[i] * 255))
                .toArray();
    }

    private static StreamSampler sampler(LabelledImages pool, Form form, List<List<Integer>> sets) {
        return new StreamSampler(pool, pool, sets, form, false);
    }

    private static final List<List<Integer>> ALL = List.of(List.of(0, 1, 2, 3));

    @Test
    void classesOccurEquallyOftenInRandomOrderUnderOneLabelEach() {
        Episodes tasks = sampler(images(4, 10), new Form(4, true, 22, 8), ALL).sample(20, new SplittableRandom(1));
        Set<List<Integer>> numberings = new HashSet<>();
        int ordered = 0;
        for (int t = 0; t < 20; t++) {
            long[] labels = tasks.supportY().select(0, t).longs();
            int[] shades = shades(tasks.supportX().select(0, t));
            int[] counts = new int[4];
            Integer[] classOf = new Integer[4];
            for (int i = 0; i < labels.length; i++) {
                int label = (int) labels[i];
                counts[label]++;
                assertThat(classOf[label]).isIn(null, shades[i] / 10);
                classOf[label] = shades[i] / 10;
            }
            assertThat(Arrays.stream(counts)).allMatch(n -> n == 5 || n == 6);
            numberings.add(Arrays.asList(classOf));
            ordered += Arrays.stream(labels, 0, 4).distinct().count() == 4 ? 1 : 0;
        }
        assertThat(numberings.size()).isGreaterThan(5);
        assertThat(ordered).isLessThan(10);
    }

    @Test
    void queriesAreNoPartOfTheStreamAndAClassIsUsedUpBeforeItComesAgain() {
        Episodes tasks = sampler(images(4, 10), new Form(4, true, 48, 12), ALL).sample(10, new SplittableRandom(2));
        for (int t = 0; t < 10; t++) {
            Set<Integer> queries = new HashSet<>();
            for (int shade : shades(tasks.queryX().select(0, t))) {
                assertThat(queries.add(shade)).isTrue();
            }
            int[] stream = shades(tasks.supportX().select(0, t));
            assertThat(Arrays.stream(stream)).noneMatch(queries::contains);
            // 12 of each class from 7 images: each once or twice.
            assertThat(Arrays.stream(stream).distinct().count()).isEqualTo(28);
        }
    }

    @Test
    void classesKeepTheirOrderAndTheirSetIfTold() {
        Form form = new Form(3, false, 12, 3);
        Episodes tasks = sampler(images(5, 10), form, List.of(List.of(0, 1), List.of(2, 3, 4)))
                .sample(30, new SplittableRandom(3));
        Set<Integer> first = new HashSet<>();
        for (int t = 0; t < 30; t++) {
            long[] labels = tasks.queryY().select(0, t).longs();
            int[] shades = shades(tasks.queryX().select(0, t));
            int lowest = Arrays.stream(shades).map(s -> s / 10).min().orElseThrow();
            first.add(lowest);
            for (int i = 0; i < labels.length; i++) {
                assertThat(shades[i] / 10 - lowest).isEqualTo((int) labels[i]);
            }
        }
        assertThat(first).containsExactlyInAnyOrder(0, 2);
    }

    @Test
    void drawingTwiceIsDrawingTogether() {
        StreamSampler sampler = sampler(images(4, 10), new Form(4, true, 9, 8), ALL);
        SplittableRandom rng = new SplittableRandom(4);
        int[] parts = IntStream.concat(
                        Arrays.stream(shades(sampler.sample(2, rng).supportX())),
                        Arrays.stream(shades(sampler.sample(3, rng).supportX())))
                .toArray();
        int[] together = shades(sampler.sample(5, new SplittableRandom(4)).supportX());
        assertThat(parts).containsExactly(together);
    }

    @Test
    void standardizedPixelsHaveMeanZeroAndDeviationOne() {
        LabelledImages pool = images(4, 10);
        Episodes task = new StreamSampler(pool, images(4, 5), ALL, new Form(4, true, 40, 4), true)
                .sample(1, new SplittableRandom(5));
        assertThat(task.supportX().mean().item()).isBetween(-1e-5, 1e-5);
        assertThat(task.supportX().square().mean().item()).isBetween(1 - 1e-5, 1 + 1e-5);
    }

    @Test
    void aClassWithTooFewImagesIsNamed() {
        assertThatThrownBy(() -> sampler(images(4, 3), new Form(4, true, 8, 12), ALL))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("class 'class 0' of shades has 3 images")
                .hasMessageContaining("at least 4");
    }
}
