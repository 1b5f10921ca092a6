package org.deutero.methods.plastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.deutero.methods.InScope;
import org.deutero.methods.TestTasks;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.LayerNorm;
import org.deutero.tensor.nn.Linear;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What fast weights hold, and that attention over past activity is a matrix that nobody forms. */
@ExtendWith(InScope.class)
class FastWeightsTest {
    private static Tensor vector(double... values) {
        return Tensor.of(values, 1, 1, values.length);
    }

    /** Key 1 gets value 3, key 2 value 5, then key 1 value 4. */
    private static Params written(FastWeightRule rule) {
        Params state = rule.start(DType.FLOAT64, 1, 1, 2);
        Tensor strength = Tensors.ones(DType.FLOAT64, 1, 1, 1);
        state = rule.write(state, vector(1, 0), vector(3), strength);
        state = rule.write(state, vector(0, 1), vector(5), strength);
        return rule.write(state, vector(1, 0), vector(4), strength);
    }

    private static double read(FastWeightRule rule, double... query) {
        return rule.read(written(rule), vector(query)).item();
    }

    @Test
    void theDeltaRuleTakesBackWhatAKeyHeldAndSumsDoNot() {
        assertThat(read(FastWeightRule.DELTA, 1, 0)).isCloseTo(4, within(1e-5));
        assertThat(read(FastWeightRule.DELTA, 0, 1)).isCloseTo(5, within(1e-5));
        assertThat(read(FastWeightRule.ADDITIVE, 1, 0)).isCloseTo(3.5, within(1e-5));
        assertThat(read(FastWeightRule.ADDITIVE, 0, 1)).isCloseTo(5, within(1e-5));
    }

    @Test
    void theOlderMemoryIsScaledDownToNormOne() {
        double[] w = written(FastWeightRule.MEMORY).get("fast").doubles();
        // 3 becomes 1; with 5 beside it (1, 5) / sqrt(26); then 4 instead of the first.
        double second = 5 / Math.sqrt(26);
        double norm = Math.hypot(4, second);
        assertThat(w).containsExactly(new double[] {4 / norm, second / norm}, within(1e-9));
    }

    @Test
    void theSlopeOfAnEmptyMemoryIsFinite() {
        Tensor value = Tensors.zeros(DType.FLOAT64, 1, 1, 1).leaf();
        Params state = FastWeightRule.MEMORY.start(DType.FLOAT64, 1, 1, 2);
        Tensor fast = FastWeightRule.MEMORY
                .write(state, vector(1, 0), value, vector(1))
                .get("fast");
        var gradient = Autograd.gradient(fast.sum(), Params.of("v", value), false);
        assertThat(gradient.get("v").item()).isCloseTo(1, within(1e-9));
    }

    @Test
    void attentionOverPastActivityIsTheFastMatrix() {
        FastWeightCell cell = new FastWeightCell(3, 4, 0.8, 0.6, 2);
        SplittableRandom rng = new SplittableRandom(1);
        Params theta = cell.init(rng, DType.FLOAT64)
                .map(t -> t.add(Tensors.normal(rng, DType.FLOAT64, t.shape()).mul(0.5)));
        Params state = cell.start(theta, 2);
        Tensor h = state.get(RecurrentCell.ACTIVITY);
        Tensor a = Tensors.zeros(DType.FLOAT64, 2, 4, 4);
        for (int t = 0; t < 5; t++) {
            Tensor x = Tensors.normal(rng, DType.FLOAT64, 2, 1, 3);
            Tensor slow = h.matmul(theta.get("recurrent").transpose(0, 1)).add(Linear.apply(theta.child("input"), x));
            Tensor next = slow.relu();
            for (int s = 0; s < 2; s++) {
                next = new LayerNorm(4, 1e-5)
                        .apply(theta.child("norm"), slow.add(next.matmul(a)))
                        .relu();
            }
            h = next;
            a = a.mul(0.8).add(h.transpose(1, 2).matmul(h).mul(0.6));
            state = cell.step(theta, state, x);
            TestTasks.assertNear(state.get(RecurrentCell.ACTIVITY), h, 1e-12);
        }
        assertThat(h.abs().sum().item()).isGreaterThan(0.1);
    }
}
