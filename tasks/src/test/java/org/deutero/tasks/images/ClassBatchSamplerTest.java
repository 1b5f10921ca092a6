package org.deutero.tasks.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.Scope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Images of 2x2 pixels of which the first alone is lit, as bright as the class says: where it is tells how far it was turned. */
class ClassBatchSamplerTest {
    private Scope scope;

    @BeforeEach
    void open() {
        scope = Scope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    private static LabelledImages images() {
        LabelledImages.Builder builder = LabelledImages.builder("corners", 1, 2, 2);
        for (int c = 0; c < 4; c++) {
            // Two pictures of each class, alike.
            byte lit = (byte) (50 * (c + 1));
            builder.add("class " + c, new byte[] {lit, 0, 0, 0, lit, 0, 0, 0});
        }
        return builder.build();
    }

    private static int corner(float[] x, int item) {
        for (int i = 0; i < 4; i++) {
            if (x[4 * item + i] > 0) {
                return i;
            }
        }
        throw new AssertionError("nothing is lit");
    }

    private static int shade(float[] x, int item) {
        return Math.round(255 * x[4 * item + corner(x, item)]);
    }

    @Test
    void labelsCountTheGivenClassesInTheirOrder() {
        ClassBatchSampler sampler = new ClassBatchSampler(images(), List.of(3, 1), 40, Rotation.NONE);
        assertThat(sampler.choices()).isEqualTo(2);
        Episodes batch = sampler.sample(2, new SplittableRandom(1));
        assertThat(batch.way()).isEqualTo(2);
        assertThat(batch.queryX().shape()).containsExactly(2, 40, 1, 2, 2);
        float[] x = batch.queryX().floats();
        long[] y = batch.queryY().longs();
        Set<Long> met = new HashSet<>();
        for (int i = 0; i < y.length; i++) {
            met.add(y[i]);
            assertThat(shade(x, i)).isEqualTo(y[i] == 0 ? 200 : 100);
            assertThat(corner(x, i)).isZero();
        }
        assertThat(met).containsExactlyInAnyOrder(0L, 1L);
    }

    @Test
    void quarterTurnsAreClassesOrNot() {
        ClassBatchSampler classes = new ClassBatchSampler(images(), List.of(0, 1, 2, 3), 300, Rotation.CLASSES);
        assertThat(classes.choices()).isEqualTo(16);
        Episodes batch = classes.sample(1, new SplittableRandom(2));
        float[] x = batch.queryX().floats();
        long[] y = batch.queryY().longs();
        int[] cornerOfTurns = {-1, -1, -1, -1};
        for (int i = 0; i < y.length; i++) {
            int turns = (int) (y[i] % 4);
            assertThat(shade(x, i)).isEqualTo((int) (50 * (y[i] / 4 + 1)));
            cornerOfTurns[turns] = cornerOfTurns[turns] < 0 ? corner(x, i) : cornerOfTurns[turns];
            assertThat(corner(x, i)).isEqualTo(cornerOfTurns[turns]);
        }
        assertThat(cornerOfTurns).containsExactlyInAnyOrder(0, 1, 2, 3);
        Episodes turned = new ClassBatchSampler(images(), List.of(0, 1, 2, 3), 300, Rotation.RANDOM)
                .sample(1, new SplittableRandom(2));
        assertThat(turned.way()).isEqualTo(4);
        Set<Integer> corners = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            assertThat(shade(turned.queryX().floats(), i))
                    .isEqualTo((int) (50 * (turned.queryY().longs()[i] + 1)));
            corners.add(corner(turned.queryX().floats(), i));
        }
        assertThat(corners).hasSize(4);
    }

    @Test
    void equalGeneratorsDrawEqualBatches() {
        ClassBatchSampler sampler = new ClassBatchSampler(images(), List.of(0, 2), 20, Rotation.CLASSES);
        long[] once = sampler.sample(3, new SplittableRandom(5)).queryY().longs();
        long[] again = sampler.sample(3, new SplittableRandom(5)).queryY().longs();
        assertThat(once).containsExactly(again);
    }
}
