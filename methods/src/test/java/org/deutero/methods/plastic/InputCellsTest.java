package org.deutero.methods.plastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deutero.methods.TestTasks.assertNear;

import java.util.List;
import java.util.SplittableRandom;
import org.deutero.methods.InScope;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Cells around cells: what they do to inputs is all they do. */
@ExtendWith(InScope.class)
class InputCellsTest {
    private static final int INPUTS = 3;
    private static final int UNITS = 4;

    private static Tensor input(int seed) {
        return Tensors.normal(new SplittableRandom(seed), DType.FLOAT64, 2, 1, INPUTS);
    }

    /** h = tanh(W x + h_before w) step by step. */
    @Test
    void aNetworkWithoutPlasticityIsAPlainOne() {
        ModulatedCell cell = new ModulatedCell(INPUTS, UNITS, PlasticityModulation.NONE, 1, 0.5, 0);
        Params theta = cell.init(new SplittableRandom(1), DType.FLOAT64);
        assertThat(theta.names()).containsExactlyInAnyOrder("input", "w");
        Params state = cell.start(theta, 2);
        Tensor h = Tensors.zeros(DType.FLOAT64, 2, 1, UNITS);
        for (int t = 0; t < 3; t++) {
            state = cell.step(theta, state, input(t));
            h = input(t).matmul(theta.get("input").transpose(0, 1))
                    .add(h.matmul(theta.get("w")))
                    .tanh();
            assertNear(state.get(RecurrentCell.ACTIVITY), h, 1e-14);
        }
    }

    /** What it is held against has the same weights at the start, and everything that makes it plastic besides. */
    @Test
    void aNetworkWithoutPlasticityStartsAsAPlasticOne() {
        Params plain = new ModulatedCell(INPUTS, UNITS, PlasticityModulation.NONE, 1, 0.5, 0)
                .init(new SplittableRandom(1), DType.FLOAT64);
        for (PlasticityModulation other : PlasticityModulation.values()) {
            Params plastic =
                    new ModulatedCell(INPUTS, UNITS, other, 1, 0.5, 0.1).init(new SplittableRandom(1), DType.FLOAT64);
            assertNear(plastic.get("w"), plain.get("w"), 0);
            assertThat(plastic.get("input").shape())
                    .isEqualTo(plain.get("input").shape());
            assertThat(plastic.names().contains("alpha")).isEqualTo(other != PlasticityModulation.NONE);
            assertThat(plastic.names().contains("modulator.weight")).isEqualTo(other.modulated());
        }
    }

    @Test
    void aBiasIsAnInputThatIsAlwaysOne() {
        ModulatedCell inner = new ModulatedCell(INPUTS + 1, UNITS, PlasticityModulation.SIMPLE, 1, 0.5, 0);
        BiasedCell cell = new BiasedCell(inner);
        assertThat(cell.inputs()).isEqualTo(INPUTS);
        Params theta = cell.init(new SplittableRandom(1), DType.FLOAT64);
        Params state = cell.start(theta, 2);
        Params expected = inner.start(theta, 2);
        for (int t = 0; t < 3; t++) {
            Tensor one = Tensors.ones(DType.FLOAT64, 2, 1, 1);
            state = cell.step(theta, state, input(t));
            expected = inner.step(theta, expected, Tensors.cat(List.of(one, input(t)), 2));
            assertNear(state, expected, 0);
        }
        assertThat(state.get("trace").abs().sum().item()).isPositive();
    }
}
