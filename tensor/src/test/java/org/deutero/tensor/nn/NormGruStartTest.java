package org.deutero.tensor.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.deutero.tensor.DType;
import org.deutero.tensor.InScope;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.recurrent.NormGru;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Xavier's normal start with the two gates' weights as one matrix, and an orthogonal one. */
@ExtendWith(InScope.class)
class NormGruStartTest {
    private static final int IN = 40;
    private static final int UNITS = 60;
    private final Params start = new NormGru(IN, UNITS, 1, 1e-8).init(new SplittableRandom(1), DType.FLOAT64);

    /** Within five standard errors, which are less than what tells a joint matrix from one for each gate. */
    private void assertVariance(String name, double variance) {
        double[] values = start.get(name + ".weight").doubles();
        double found = Arrays.stream(values).map(v -> v * v).average().orElseThrow();
        assertThat(found).as(name).isCloseTo(variance, within(variance * 5 * Math.sqrt(2.0 / values.length)));
    }

    @Test
    void weightsAreNormalByTheSizesOfTheirMatrix() {
        assertVariance("gate_x", 2.0 / (IN + 2 * UNITS));
        assertVariance("gate_h", 2.0 / (UNITS + 2 * UNITS));
        assertVariance("cand_x", 2.0 / (IN + UNITS));
    }

    /** An orthogonal matrix would have rows of length 1. */
    @Test
    void onlyTheCandidatesRecurrentWeightsAreOrthogonal() {
        Tensor candidate = start.get("cand_h.weight");
        Tensor product = candidate.matmul(candidate.transpose(0, 1));
        double off = product.sub(Tensors.eye(UNITS, DType.FLOAT64)).abs().sum().item();
        assertThat(off).isCloseTo(0, within(1e-8));
        Tensor gates = start.get("gate_h.weight").slice(0, 0, UNITS);
        assertThat(gates.matmul(gates.transpose(0, 1))
                        .sub(Tensors.eye(UNITS, DType.FLOAT64))
                        .abs()
                        .sum()
                        .item())
                .isGreaterThan(UNITS);
    }
}
