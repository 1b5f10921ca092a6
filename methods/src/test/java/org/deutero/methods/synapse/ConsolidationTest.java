package org.deutero.methods.synapse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.deutero.learn.TaskContext;
import org.deutero.methods.InScope;
import org.deutero.methods.synapse.Consolidation.Form;
import org.deutero.methods.synapse.Consolidation.Strength;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Strengths that are held as themselves pull as those that are held as logarithms, and do not become negative. */
@ExtendWith(InScope.class)
class ConsolidationTest {
    private static final double LAMBDA = 2e-5;
    private static final Consolidation PROJECTED = new Consolidation(false, Strength.SYNAPSE, Form.PROJECTED, LAMBDA);

    private final Params weights = Params.of("w", Tensor.of(new double[] {1, -2, 3}, 1, 3));

    @Test
    void bothFormsPullAlike() {
        double expected = LAMBDA / 2 * 14;
        assertThat(pull(PROJECTED)).isCloseTo(expected, within(1e-18));
        assertThat(pull(new Consolidation(false, Strength.SYNAPSE, LAMBDA))).isCloseTo(expected, within(1e-18));
    }

    private double pull(Consolidation consolidation) {
        Params theta = consolidation.init(Params.of("w", weights.get("w").reshape(3)));
        return consolidation
                .pull(
                        theta,
                        weights,
                        TaskContext.training(1, 0, Params.EMPTY, values -> {}).at(0, false))
                .item();
    }

    @Test
    void aStepOfTheReleasedRateMovesAStrengthByMoreThanItsStartAndZeroIsTheEnd() {
        Params theta = PROJECTED.init(Params.of("w", weights.get("w").reshape(3)));
        assertThat(theta.names()).containsExactly("lambda.w");
        Params moved = theta.with(Params.of(
                "lambda.w", theta.get("lambda.w").add(Tensor.of(new double[] {2e-4, -2e-4, 0}, 3))));
        assertThat(PROJECTED.project(moved).get("lambda.w").doubles())
                .containsExactly(new double[] {2.2e-4, 0, LAMBDA}, within(1e-18));
    }

    @Test
    void whatIsFixedOrALogarithmIsNotProjected() {
        Params free = Params.of(
                Map.of("omega.w", Tensor.of(new double[] {-1}, 1), "log_lambda.w", Tensor.of(new double[] {-9}, 1)));
        assertThat(new Consolidation(true, Strength.SYNAPSE, LAMBDA).project(free))
                .isSameAs(free);
    }
}
