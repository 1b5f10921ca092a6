package org.deutero.tasks.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.LabelledBatch;
import org.deutero.tasks.TaskSource;
import org.deutero.tensor.DType;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.Test;

/** Pairs of episodes from two domains. */
class CrossDomainTest {
    /** A domain whose shots are all {@code value}, and whose queries are all one half more. */
    private static TaskSource<Episodes> domain(double value) {
        return (tasks, rng) -> new Episodes(
                Tensors.full(value, DType.FLOAT32, tasks, 4, 1, 2, 2),
                Tensor.of(new long[] {0, 0, 1, 1}, 1, 4).expand(tasks, -1),
                Tensors.full(value + 0.5, DType.FLOAT32, tasks, 2, 1, 2, 2),
                Tensor.of(new long[] {0, 1}, 1, 2).expand(tasks, -1),
                2);
    }

    @Test
    void supportAndQueryAreWholeEpisodesOfTwoDomains() {
        try (Scope s = Scope.open()) {
            Episodes pairs =
                    new CrossDomain(List.of(domain(1), domain(2), domain(3))).sample(60, new SplittableRandom(1));
            assertThat(pairs.supportX().shape()).containsExactly(60, 6, 1, 2, 2);
            boolean[][] met = new boolean[4][4];
            for (int t = 0; t < 60; t++) {
                float[] x = pairs.supportX().select(0, t).floats();
                float[] other = pairs.queryX().select(0, t).floats();
                assertThat(x[16]).isEqualTo(x[0] + 0.5f);
                assertThat(other[0]).isNotEqualTo(x[0]);
                assertThat(pairs.supportY().select(0, t).longs()).containsExactly(0, 0, 1, 1, 0, 1);
                met[(int) x[0]][(int) other[0]] = true;
            }
            for (int i = 1; i <= 3; i++) {
                for (int j = 1; j <= 3; j++) {
                    assertThat(met[i][j]).isEqualTo(i != j);
                }
            }
        }
    }

    @Test
    void aBatchOfAllClassesComesWithEachPair() {
        LabelledImages.Builder pictures = LabelledImages.builder("three", 1, 2, 2);
        for (int c = 0; c < 3; c++) {
            byte[] pixels = {(byte) (85 * c), (byte) (85 * c), (byte) (85 * c), (byte) (85 * c)};
            pictures.add("c" + c, pixels);
        }
        try (Scope s = Scope.open()) {
            var beside = new ClassBatchSampler(pictures.build(), List.of(2, 0, 1), 20, Rotation.NONE);
            var source = new CrossDomain(List.of(domain(1), domain(2)), Optional.of(beside));
            Episodes pairs = source.sample(3, new SplittableRandom(1));
            LabelledBatch batch = pairs.beside().orElseThrow();
            assertThat(batch.classes()).isEqualTo(3);
            assertThat(batch.x().shape()).containsExactly(3, 20, 1, 2, 2);
            // A class is always the same: its place in the list, whose picture is of one brightness.
            double[] brightness = {170 / 255.0, 0, 85 / 255.0};
            float[] x = batch.x().contiguous().floats();
            long[] y = batch.y().longs();
            for (int i = 0; i < y.length; i++) {
                assertThat(x[4 * i]).isCloseTo((float) brightness[(int) y[i]], within(1e-6f));
            }
            assertThat(Arrays.stream(y).distinct().count()).isEqualTo(3);
            assertThat(pairs.slice(1, 3).repeat(2).beside().orElseThrow().y().longs())
                    .containsExactly(LongStream.concat(
                                    Arrays.stream(y).skip(20), Arrays.stream(y).skip(20))
                            .toArray());
            assertThatThrownBy(() -> pairs.slice(1, 3).with(batch)).hasMessageContaining("3 mini-batches");
        }
    }

    @Test
    void aSingleDomainIsRefused() {
        assertThatThrownBy(() -> new CrossDomain(List.of(domain(1)))).hasMessageContaining("at least two domains");
    }
}
