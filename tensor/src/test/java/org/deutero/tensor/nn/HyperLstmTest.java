package org.deutero.tensor.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.deutero.tensor.DType;
import org.deutero.tensor.Near;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.recurrent.HyperLstm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The cell against its equations, unit by unit; and how it starts. */
class HyperLstmTest {
    private static final int IN = 2;
    private static final int UNITS = 3;
    private static final int CODE = 2;
    private static final HyperLstm CELL = new HyperLstm(IN, UNITS, 4, CODE);

    private Scope scope;
    private Tensor x;
    private Params start;

    @BeforeEach
    void open() {
        scope = Scope.open();
        x = Near.normal(1, 1, 1, IN);
        start = CELL.init(new SplittableRandom(2), DType.FLOAT64);
    }

    @AfterEach
    void close() {
        scope.close();
    }

    private static double sigmoid(double v) {
        return 1 / (1 + Math.exp(-v));
    }

    private static double[] normalized(double[] values, int from) {
        double mean = 0;
        for (int i = 0; i < UNITS; i++) {
            mean += values[from + i] / UNITS;
        }
        double variance = 0;
        for (int i = 0; i < UNITS; i++) {
            variance += Math.pow(values[from + i] - mean, 2) / UNITS;
        }
        double[] result = new double[UNITS];
        for (int i = 0; i < UNITS; i++) {
            result[i] = (values[from + i] - mean) / Math.sqrt(variance + 1e-3);
        }
        return result;
    }

    private static double row(double[] matrix, int row, double[] vector) {
        double sum = 0;
        for (int k = 0; k < vector.length; k++) {
            sum += matrix[row * vector.length + k] * vector[k];
        }
        return sum;
    }

    @Test
    void aStepFollowsTheEquations() {
        Params p = Architectures.disturbed(start);
        HyperLstm.State before = CELL.step(p, x, CELL.start(DType.FLOAT64, 1, 1));
        HyperLstm.State after = CELL.step(p, x, before);
        double[] u = after.hyper().h().doubles();
        double[] h = before.main().h().doubles();
        double[] c = before.main().c().doubles();
        double[] drive = new double[4 * UNITS];
        for (int r = 0; r < drive.length; r++) {
            double scaleX = 0;
            double scaleH = 0;
            double shift = 0;
            for (int e = 0; e < CODE; e++) {
                int code = r / UNITS * CODE + e;
                int at = r * CODE + e;
                scaleX += p.get("scale_x.out").doubles()[at]
                        * (row(p.get("scale_x.code.weight").doubles(), code, u)
                                + p.get("scale_x.code.bias").doubles()[code]);
                scaleH += p.get("scale_h.out").doubles()[at]
                        * (row(p.get("scale_h.code.weight").doubles(), code, u)
                                + p.get("scale_h.code.bias").doubles()[code]);
                shift += p.get("shift.out").doubles()[at]
                        * row(p.get("shift.code").doubles(), code, u);
            }
            drive[r] = scaleX * row(p.get("weight_ih").doubles(), r, x.doubles())
                    + scaleH * row(p.get("weight_hh").doubles(), r, h)
                    + p.get("bias").doubles()[r]
                    + shift;
        }
        double[] gates = new double[4 * UNITS];
        for (int r = 0; r < gates.length; r++) {
            gates[r] = normalized(drive, r / UNITS * UNITS)[r % UNITS]
                            * p.get("norm.weight").doubles()[r]
                    + p.get("norm.bias").doubles()[r];
        }
        double[] memory = new double[UNITS];
        for (int i = 0; i < UNITS; i++) {
            memory[i] = sigmoid(gates[UNITS + i] + 1) * c[i] + sigmoid(gates[i]) * Math.tanh(gates[2 * UNITS + i]);
        }
        double[] output = new double[UNITS];
        for (int i = 0; i < UNITS; i++) {
            double norm = normalized(memory, 0)[i] * p.get("norm_c.weight").doubles()[i]
                    + p.get("norm_c.bias").doubles()[i];
            output[i] = sigmoid(gates[3 * UNITS + i]) * Math.tanh(norm);
        }
        assertThat(after.main().c().doubles()).containsExactly(memory, within(1e-12));
        assertThat(after.main().h().doubles()).containsExactly(output, within(1e-12));
    }

    @Test
    void recurrentWeightsStartOrthogonal() {
        for (int gate = 0; gate < 4; gate++) {
            Tensor u = start.get("weight_hh").slice(0, (long) gate * UNITS, (gate + 1L) * UNITS);
            assertThat(u.matmul(u.transpose(0, 1)).doubles())
                    .containsExactly(Tensors.eye(UNITS, DType.FLOAT64).doubles(), within(1e-13));
        }
    }

    /** Every scale is 0.1 and every shift 0, whatever the small network says. */
    @Test
    void theSmallNetworkHasNoSayAtTheStart() {
        Params other =
                start.with(CELL.init(new SplittableRandom(9), DType.FLOAT64).filter(n -> n.startsWith("hyper.")));
        HyperLstm.State zero = CELL.start(DType.FLOAT64, 1, 1);
        assertThat(CELL.step(other, x, zero).main().h().doubles())
                .containsExactly(CELL.step(start, x, zero).main().h().doubles(), within(1e-15));
    }

    @Test
    void droppedCandidatesLeaveTheMemoryToItsForgetGate() {
        HyperLstm.State zero = CELL.start(DType.FLOAT64, 1, 1);
        Tensor none = Tensors.zeros(DType.FLOAT64, 1, 1, UNITS);
        assertThat(CELL.step(start, x, zero, none).main().c().abs().sum().item())
                .isZero();
        assertThat(CELL.step(start, x, zero).main().c().abs().sum().item()).isGreaterThan(1e-3);
    }
}
