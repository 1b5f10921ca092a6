package org.deutero.learn.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.deutero.learn.Seeds;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.Test;

class MeasurementTest {
    /** Tasks that are nothing but a number. */
    private static final TaskSource<Episodes> NUMBERS = (tasks, rng) -> {
        var x = Tensors.normal(rng, DType.FLOAT32, tasks, 1, 1);
        return new Episodes(x, x, x, x, 0);
    };

    /** Each row is the number of the task. */
    private static Measurement<Episodes> measurement() {
        return new Measurement<>(
                NUMBERS,
                Seeds.generator(1, "stream"),
                1,
                7,
                2,
                Params.EMPTY,
                (batch, context, shard) -> List.of(batch.supportX().reshape(-1).floats()));
    }

    @Test
    void halvesOfAJobDoneApartAreTheWhole() {
        Measurement<Episodes> whole = measurement();
        List<float[]> expected = List.of(
                whole.item(0).get(0),
                whole.item(1).get(0),
                whole.item(2).get(0),
                whole.item(3).get(0));
        assertThat(expected.get(3)).hasSize(1);
        assertThat(expected.get(1)).isNotEqualTo(expected.get(0));

        Measurement<Episodes> first = measurement();
        assertThat(first.item(0).get(0)).isEqualTo(expected.get(0));
        first.skip(1);
        assertThat(first.item(2).get(0)).isEqualTo(expected.get(2));
        Measurement<Episodes> second = measurement();
        second.skip(0);
        assertThat(second.item(1).get(0)).isEqualTo(expected.get(1));
        second.skip(2);
        assertThat(second.item(3).get(0)).isEqualTo(expected.get(3));
    }
}
