package org.deutero.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deutero.tensor.DType;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // scopes are opened for their effect
class EpisodesTest {

    @Test
    void slicesAllFourTensorsByTask() {
        try (Scope s = Scope.open()) {
            Episodes all = new Episodes(
                    Tensor.of(new float[] {0, 1, 2, 3, 4, 5}, 3, 2, 1),
                    Tensor.of(new long[] {0, 1, 10, 11, 20, 21}, 3, 2),
                    Tensor.of(new float[] {6, 7, 8}, 3, 1, 1),
                    Tensor.of(new long[] {5, 15, 25}, 3, 1),
                    2);
            Episodes part = all.slice(1, 3);
            assertThat(part.size()).isEqualTo(2);
            assertThat(part.supportX().floats()).containsExactly(2, 3, 4, 5);
            assertThat(part.supportY().longs()).containsExactly(10, 11, 20, 21);
            assertThat(part.queryX().floats()).containsExactly(7, 8);
            assertThat(part.queryY().longs()).containsExactly(15, 25);
            assertThat(part.classification()).isTrue();
            assertThat(part.supportSize()).isEqualTo(2);
            assertThat(part.querySize()).isEqualTo(1);
            assertThat(part.inputShape()).containsExactly(1);
            assertThatThrownBy(() -> all.slice(2, 4))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessage("Range [2, 4) out of bounds for length 3");
        }
    }

    @Test
    void changesTheTypeOfNumbersButNotOfLabels() {
        try (Scope s = Scope.open()) {
            Tensor x = Tensor.of(new float[] {1, 2}, 1, 2, 1);
            Tensor labels = Tensor.of(new long[] {0, 1}, 1, 2);
            Episodes classes = new Episodes(x, labels, x, labels, 2).to(DType.FLOAT64);
            assertThat(classes.supportX().dtype()).isEqualTo(DType.FLOAT64);
            assertThat(classes.queryX().dtype()).isEqualTo(DType.FLOAT64);
            assertThat(classes.supportY().dtype()).isEqualTo(DType.INT64);
            assertThat(classes.queryY().dtype()).isEqualTo(DType.INT64);
            Episodes values = new Episodes(x, x, x, x, 0).to(DType.FLOAT64);
            assertThat(values.supportY().dtype()).isEqualTo(DType.FLOAT64);
            assertThat(values.queryY().doubles()).containsExactly(1, 2);
        }
    }

    @Test
    void refusesTensorsThatDoNotBelongTogether() {
        try (Scope s = Scope.open()) {
            Tensor x = Tensor.of(new float[4], 2, 2, 1);
            Tensor y = Tensor.of(new long[4], 2, 2);
            Tensor shortY = Tensor.of(new long[2], 2, 1);
            Tensor wide = Tensor.of(new float[8], 2, 2, 2);
            assertThatThrownBy(() -> new Episodes(x, shortY, x, y, 2))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("[2, 1]");
            assertThatThrownBy(() -> new Episodes(x, y, wide, y, 2))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "support [2, 2, 1] with targets [2, 2] and query [2, 2, 2] with targets [2, 2] do not make one batch of episodes (way 2)");
            assertThatThrownBy(() -> new Episodes(x, y, x, y, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "support [2, 2, 1] with targets [2, 2] and query [2, 2, 1] with targets [2, 2] do not make one batch of episodes (way 0)");
            assertThatThrownBy(() -> new Episodes(x, y, x, y, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("way is 1, but it must be 0 (regression) or at least 2");
            assertThat(new Episodes(x, x, x, x, 0).classification()).isFalse();
        }
    }

    @Test
    void countsAppearancesOfClassesInTheOrderOfTheSupportSet() {
        try (Scope s = Scope.open()) {
            Episodes tasks = new Episodes(
                    Tensor.of(new float[8], 2, 4, 1),
                    Tensor.of(new long[] {0, 1, 0, 1, 1, 1, 1, 0}, 2, 4),
                    Tensor.of(new float[2], 2, 1, 1),
                    Tensor.of(new long[2], 2, 1),
                    2);
            assertThat(tasks.instances()).isDeepEqualTo(new int[][] {{0, 0, 1, 1}, {0, 1, 2, 0}});
        }
    }
}
