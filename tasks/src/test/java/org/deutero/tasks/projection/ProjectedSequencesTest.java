package org.deutero.tasks.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.deutero.tasks.DataException;
import org.deutero.tasks.projection.ProjectedSequences.Form;
import org.deutero.tasks.projection.TaskNumbers.Which;
import org.deutero.tasks.sequence.Sequences;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A task is its number: a projection and an order of labels that hold for all items, and for all who draw it. */
class ProjectedSequencesTest {
    private static final int SIDE = 4;
    private static final ImagePool POOL =
            ImagePool.of(RandomImages.of(SIDE), IntStream.range(0, 10).boxed().toList(), 10);
    private static final TaskFamily FAMILY = new TaskFamily(3, SIDE * SIDE, 5, 1, 0);
    private static final Form PLAIN = new Form(4, 30, 1, Statistics.NONE, 1, 0);
    private Scope scope;

    @BeforeEach
    void open() {
        scope = Scope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    private static ProjectedSequences source(TaskNumbers numbers, Form form) {
        return new ProjectedSequences(POOL, FAMILY, numbers, form);
    }

    private static Sequences drawn(ProjectedSequences source, int tasks) {
        return source.sample(tasks, new SplittableRandom(1));
    }

    /** Every class is one image, so of each task there are as many different items as labels. */
    private static Map<Long, List<Float>> images(Sequences tasks, int task) {
        Map<Long, List<Float>> images = new HashMap<>();
        for (int i = 0; i < tasks.length(); i++) {
            long label = tasks.answers().select(0, task).longs()[i];
            float[] item = tasks.items().select(0, task).select(0, i).floats();
            List<Float> boxed = IntStream.range(0, item.length)
                    .mapToObj(k -> Math.round(item[k] * 1e5f) / 1e5f)
                    .toList();
            assertThat(images.computeIfAbsent(label, l -> boxed)).isEqualTo(boxed);
        }
        return images;
    }

    @Test
    void oneProjectionAndOneOrderHoldForASequence() {
        Sequences tasks = drawn(source(TaskNumbers.unseen(), PLAIN), 3);
        assertThat(tasks.items().shape()).containsExactly(3, 30, 5);
        assertThat(tasks.way()).isEqualTo(4);
        assertThat(images(tasks, 0)).hasSize(4);
        assertThat(images(tasks, 0)).isNotEqualTo(images(tasks, 1));
    }

    /** With a single task, or all of them replaced by the first, every sequence has the same images under the same labels. */
    @Test
    void aTaskIsTheSameWhereverItIsDrawn() {
        Sequences single = drawn(source(TaskNumbers.seen(1, 0), PLAIN), 2);
        Sequences biased = source(TaskNumbers.seen(0, 1), PLAIN).sample(1, new SplittableRandom(9));
        assertThat(images(single, 0)).isEqualTo(images(single, 1)).isEqualTo(images(biased, 0));
    }

    @Test
    void seenAndUnseenNumbersAreApart() {
        SplittableRandom rng = new SplittableRandom(2);
        for (int i = 0; i < 1000; i++) {
            assertThat(TaskNumbers.seen(16, 0).draw(rng)).isBetween(0L, 15L);
            assertThat(TaskNumbers.seen(0, 0).draw(rng)).isNotNegative();
            assertThat(TaskNumbers.unseen().draw(rng)).isNegative();
        }
        double first = IntStream.range(0, 4000)
                .filter(i -> TaskNumbers.seen(1 << 16, 0.3).draw(rng) == 0)
                .count();
        assertThat(first / 4000).isCloseTo(0.3, within(0.03));
    }

    @Test
    void drawingInPartsIsDrawingAtOnce() {
        ProjectedSequences source = source(TaskNumbers.seen(7, 0.2), new Form(4, 6, 1, Statistics.SEQUENCE, 0.5, 0));
        SplittableRandom rng = new SplittableRandom(4);
        Sequences a = source.sample(2, rng);
        Sequences b = source.sample(3, rng);
        Sequences all = source.sample(5, new SplittableRandom(4));
        assertThat(all.slice(0, 2).items().floats()).containsExactly(a.items().floats(), within(1e-6f));
        assertThat(all.slice(2, 5).items().floats()).containsExactly(b.items().floats(), within(1e-6f));
        assertThat(all.slice(2, 5).answers().longs())
                .containsExactly(b.answers().longs());
    }

    /** Sequences that have one task together are projected as each would be by itself. */
    @Test
    void sequencesTogetherHaveOneTask() {
        Form form = new Form(4, 30, 2, Statistics.NONE, 1, 0);
        Sequences tasks = drawn(source(TaskNumbers.unseen(), form), 4);
        assertThat(images(tasks, 0)).isEqualTo(images(tasks, 1)).isNotEqualTo(images(tasks, 2));
        Sequences odd = drawn(source(TaskNumbers.unseen(), form), 3);
        assertThat(odd.items().floats())
                .containsExactly(tasks.slice(0, 3).items().floats(), within(1e-6f));
    }

    @Test
    void inputsAreStandardisedBeforeTheyAreProjected() {
        Form form = new Form(4, 30, 1, Statistics.SEQUENCE, 1, 0);
        TaskFamily square = new TaskFamily(3, SIDE * SIDE, SIDE * SIDE, 1, 0);
        Sequences plain = drawn(new ProjectedSequences(POOL, square, new TaskNumbers(Which.IDENTITY, 0, 0), form), 2);
        for (int t = 0; t < 2; t++) {
            Tensor x = plain.items().select(0, t);
            assertThat(x.mean().item()).isCloseTo(0, within(1e-5));
            assertThat(x.square().mean().item()).isCloseTo(1, within(1e-5));
        }
        Tensor constant = Tensor.of(new float[] {2, 2, 2, 2}, 1, 2, 2);
        assertThat(Statistics.SEQUENCE.apply(constant).floats()).containsOnly(0);
    }

    @Test
    void entriesHaveTheVarianceOfTheFamily() {
        TaskFamily family = new TaskFamily(1, 100, 200, 2, 3);
        float[] weight = new float[family.numbers()];
        float[] shift = new float[200];
        family.write(5, 0, weight, shift);
        assertThat(deviation(weight)).isCloseTo(0.2, within(0.005));
        assertThat(deviation(shift)).isCloseTo(3, within(0.5));
        float[] other = new float[family.numbers()];
        family.write(6, 0, other, shift);
        assertThat(other).isNotEqualTo(weight);
    }

    private static double deviation(float[] x) {
        return Math.sqrt(IntStream.range(0, x.length)
                .mapToDouble(i -> (double) x[i] * x[i])
                .average()
                .orElseThrow());
    }

    /** From the order of class numbers at the start to the task's own, and no further. */
    @Test
    void orderOfLabelsIsAnnealed() {
        Form form = new Form(4, 2, 1, Statistics.NONE, 0.8, 100);
        assertThat(List.of(form.permuted(0), form.permuted(50), form.permuted(100), form.permuted(Long.MAX_VALUE)))
                .containsExactly(0.0, 0.4, 0.8, 0.8);
        for (int task = 0; task < 20; task++) {
            int[] ordered = FAMILY.classes(task, 10, 4, false);
            int[] own = FAMILY.classes(task, 10, 4, true);
            assertThat(ordered).isSorted();
            Arrays.sort(own);
            assertThat(own).containsExactly(ordered);
        }
        assertThat(FAMILY.classes(1, 10, 10, true)).isNotEqualTo(FAMILY.classes(1, 10, 10, false));
    }

    @Test
    void tasksGrow() {
        Curriculum curriculum = new Curriculum(100, 2, 10, 1);
        ProjectedSequences source =
                new ProjectedSequences(POOL, FAMILY, TaskNumbers.seen(1 << 16, 0), PLAIN, Optional.of(curriculum), 0);
        assertThat(drawn(source, 1).length()).isEqualTo(10);
        assertThat(drawn(source.at(50), 1).length()).isEqualTo(20);
        assertThat(drawn(source.at(1000), 1).length()).isEqualTo(30);
        assertThat(drawn(source, 1).answers().longs()).containsAnyOf(0, 1).doesNotContain(2, 3);
        assertThat(List.of(curriculum.seen(0, 1 << 16), curriculum.seen(50, 1 << 16), curriculum.seen(100, 1 << 16)))
                .containsExactly(1L, 256L, 65536L);
        assertThat(curriculum.seen(99, 0)).isGreaterThan(1L << 30);
        assertThat(curriculum.seen(100, 0)).isZero();
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> ImagePool.of(RandomImages.of(SIDE), List.of(0, 1), 5))
                .isInstanceOf(DataException.class)
                .hasMessage("tasks have 5 classes, but random-vectors has only 2 for them; expected tasks.way of at"
                        + " most 2");
        assertThatThrownBy(() -> source(new TaskNumbers(Which.IDENTITY, 0, 0), PLAIN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("images of 16 numbers do not fit projections from 16 to 5");
    }
}
