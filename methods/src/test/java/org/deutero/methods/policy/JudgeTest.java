package org.deutero.methods.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.deutero.learn.reinforcement.Advantages;
import org.deutero.methods.InScope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Advantages over a time-polynomial baseline, against figures of the same two episodes by NumPy's least squares. */
@ExtendWith(InScope.class)
class JudgeTest {
    private static final double[] VALUES = {
        -0.40128669427145747, -1.2427699453425154, 0.4730083245778838, 3.8059977149879805, 3.3043413818057044, 0
    };
    private static final double[] ADVANTAGES = {
        0.05808998297509832, -0.31208855623346554, 0.026991675422116224, -0.08121626626295364, 0.6956586181942956, 0
    };
    private static final double[] STANDARDISED = {
        -0.05785579321971481, -1.1619880788758996, -0.150612778732501, -0.47336482760687654, 1.8438214784349922, 0
    };

    /** An episode of three steps and one that ends after two; what stands in the third must not matter. */
    private static Trajectories lived() {
        return new Trajectories(
                Tensor.of(new double[] {0.5, -12, 1, 2, 0, 3, -1, 0.25, 0.3, 0.7, 5, 5}, 1, 2, 3, 2),
                Tensor.of(new long[6], 1, 2, 3),
                Tensor.of(new double[] {1, -2, 0.5, 0.25, 4, 0}, 1, 2, 3),
                Tensor.of(new double[] {1, 1, 1, 1, 1, 0}, 1, 2, 3));
    }

    private static Judge judge(boolean standardised) {
        return new Judge(new Advantages(0.9, 0.8), Optional.of(new TimePolynomial(0.1)), standardised);
    }

    /** The same twice, to see that tasks do not mix. */
    private static Trajectories twoTasks() {
        Trajectories one = lived();
        Tensor far = one.rewards().mul(7);
        return new Trajectories(
                one.observations().tile(2),
                one.actions().tile(2),
                Tensors.cat(List.of(one.rewards(), far), 0),
                one.lived().tile(2));
    }

    @Test
    void theBaselineIsTheRidgeRegressionOfReturnsToCome() {
        Tensor returns = Tensor.of(new double[] {-0.395, -1.55, 0.5, 3.85, 4, 0}, 1, 2, 3);
        assertThat(new TimePolynomial(0.1).values(lived(), returns).reshape(-1).doubles())
                .containsExactly(VALUES, within(1e-9));
    }

    @Test
    void advantagesAreThoseOfEpisodesThatEnd() {
        assertThat(judge(false).judge(lived()).advantage().reshape(-1).doubles())
                .containsExactly(ADVANTAGES, within(1e-9));
        assertThat(judge(true).judge(lived()).advantage().reshape(-1).doubles())
                .containsExactly(STANDARDISED, within(1e-7));
    }

    @Test
    void eachTaskIsJudgedByItself() {
        Lesson both = judge(true).judge(twoTasks());
        assertThat(both.advantage().select(0, 0).reshape(-1).doubles()).containsExactly(STANDARDISED, within(1e-7));
        assertThat(both.advantage().select(0, 1).reshape(-1).doubles()).containsExactly(STANDARDISED, within(1e-7));
        assertThat(both.steps().doubles()).containsExactly(5, 5);
        assertThat(both.returns().reshape(-1).doubles())
                .containsExactly(new double[] {-0.5, 4.25, -3.5, 29.75}, within(1e-12));
        assertThat(both.worth().select(0, 0).doubles()).containsExactly(new double[] {-0.395, 3.85}, within(1e-12));
    }
}
