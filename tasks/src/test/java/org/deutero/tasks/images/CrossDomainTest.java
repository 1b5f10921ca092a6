package org.deutero.tasks.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.deutero.tasks.Episodes;
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
    void aSingleDomainIsRefused() {
        assertThatThrownBy(() -> new CrossDomain(List.of(domain(1)))).hasMessageContaining("at least two domains");
    }
}
