package org.deutero.tensor.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.deutero.tensor.DType;
import org.deutero.tensor.InScope;
import org.deutero.tensor.Params;
import org.deutero.tensor.nn.recurrent.Lstm;
import org.deutero.tensor.nn.recurrent.LstmStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Bounds and variances of what the starts are named after. */
@ExtendWith(InScope.class)
class LstmStartTest {
    private static final int IN = 9;
    private static final int UNITS = 100;
    /** Variance of a standard normal number that lies within two deviations. */
    private static final double TRUNCATED = 0.7737413;

    private static Params cell(LstmStart start, double forgetBias) {
        return start.cell(new SplittableRandom(1), DType.FLOAT64, IN, UNITS, forgetBias);
    }

    private static Params readout(LstmStart start) {
        return start.readout(new SplittableRandom(2), DType.FLOAT64, UNITS, 50);
    }

    private static double[] largest(Params params, String name) {
        return Arrays.stream(params.get(name).doubles()).map(Math::abs).sorted().toArray();
    }

    private static void assertUniform(Params params, String name, double bound) {
        double[] sizes = largest(params, name);
        assertThat(sizes[sizes.length - 1]).isBetween(0.99 * bound, bound);
        assertVariance(params, name, bound * bound / 3);
    }

    /** Five standard errors of 200 or more draws would be half of it, of thousands a tenth. */
    private static void assertVariance(Params params, String name, double variance) {
        double[] values = params.get(name).doubles();
        double found = Arrays.stream(values).map(v -> v * v).average().orElseThrow();
        assertThat(found).isCloseTo(variance, within(variance * 5 * Math.sqrt(2.0 / values.length)));
    }

    @Test
    void glorotIsTheStartOfTheLayer() {
        Params layer = new Lstm(IN, UNITS, Initializer.XAVIER_UNIFORM, 1).init(new SplittableRandom(1), DType.FLOAT64);
        Params cell = cell(LstmStart.GLOROT, 1);
        layer.forEach((name, t) -> assertThat(cell.get(name).doubles()).containsExactly(t.doubles()));
        assertUniform(readout(LstmStart.GLOROT), "weight", Math.sqrt(6.0 / (UNITS + 50)));
        assertThat(readout(LstmStart.GLOROT).get("bias").doubles()).containsOnly(0);
    }

    /** The bound is that of the units, for inputs too, and the bias is a sum of two. */
    @Test
    void torchHasOneBoundForAll() {
        Params cell = cell(LstmStart.TORCH, 0);
        assertUniform(cell, "weight_ih", 0.1);
        assertUniform(cell, "weight_hh", 0.1);
        assertVariance(cell, "bias", 2 * 0.01 / 3);
        assertThat(largest(cell, "bias")[4 * UNITS - 1]).isBetween(0.15, 0.2);
        Params readout = readout(LstmStart.TORCH);
        assertUniform(readout, "weight", 0.1);
        assertThat(largest(readout, "bias")[49]).isBetween(0.09, 0.1);
    }

    @Test
    void haikuHasOneMatrixForInputsAndState() {
        Params cell = cell(LstmStart.HAIKU, 0);
        double deviation = 1 / Math.sqrt(IN + UNITS);
        for (String name : new String[] {"weight_ih", "weight_hh"}) {
            assertVariance(cell, name, TRUNCATED * deviation * deviation);
            assertThat(largest(cell, name)[cell.get(name).doubles().length - 1])
                    .isBetween(1.9 * deviation, 2 * deviation);
        }
        assertThat(cell.get("weight_ih").shape()).containsExactly(4 * UNITS, IN);
        assertThat(cell.get("weight_hh").shape()).containsExactly(4 * UNITS, UNITS);
        assertThat(cell.get("bias").doubles()).containsOnly(0);
        assertVariance(readout(LstmStart.HAIKU), "weight", TRUNCATED / UNITS);
        assertThat(readout(LstmStart.HAIKU).get("bias").doubles()).containsOnly(0);
    }

    @Test
    void forgetGatesAloneHaveTheOffset() {
        for (LstmStart start : LstmStart.values()) {
            double[] without = cell(start, 0).get("bias").doubles();
            double[] with = cell(start, 1.5).get("bias").doubles();
            for (int i = 0; i < with.length; i++) {
                assertThat(with[i] - without[i]).isCloseTo(i / UNITS == 1 ? 1.5 : 0, within(1e-12));
            }
        }
    }
}
