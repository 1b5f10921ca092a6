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

    /** h = tanh(W x + b + h_before w) step by step, for a network that is not plastic. */
    @Test
    void aDrivenCellWithoutPlasticityIsAPlainNetwork() {
        DrivenCell cell = new DrivenCell(INPUTS, new PlasticCell(UNITS, TraceRule.OJA, false, 0.5, 0.1));
        Params theta = cell.init(new SplittableRandom(1), DType.FLOAT64);
        assertThat(theta.names()).containsExactlyInAnyOrder("input.weight", "input.bias", "cell.w");
        Params state = cell.start(theta, 2);
        Tensor h = Tensors.zeros(DType.FLOAT64, 2, 1, UNITS);
        for (int t = 0; t < 3; t++) {
            state = cell.step(theta, state, input(t));
            h = input(t).matmul(theta.get("input.weight").transpose(0, 1))
                    .add(theta.get("input.bias"))
                    .add(h.matmul(theta.get("cell.w")))
                    .tanh();
            assertNear(state.get(RecurrentCell.ACTIVITY), h, 1e-14);
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

    /** Step by step and all at once. */
    @Test
    void aScaleIsAFactorOnInputs() {
        PlasticCell inner = new PlasticCell(INPUTS, TraceRule.OJA, true, 0.5, 0.1);
        ScaledCell cell = new ScaledCell(inner, 3);
        Params theta = cell.init(new SplittableRandom(1), DType.FLOAT64);
        Tensor inputs = Tensors.normal(new SplittableRandom(7), DType.FLOAT64, 2, 5, INPUTS);
        Tensor expected = inner.sequence(theta, inputs.mul(3), null);
        assertNear(cell.sequence(theta, inputs, null), expected, 0);
        Params state = cell.start(theta, 2);
        for (int t = 0; t < 5; t++) {
            state = cell.step(theta, state, inputs.slice(1, t, t + 1));
            assertNear(state.get(RecurrentCell.ACTIVITY), expected.slice(1, t, t + 1), 1e-14);
        }
    }
}
