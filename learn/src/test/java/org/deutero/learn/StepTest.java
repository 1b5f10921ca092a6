package org.deutero.learn;

import static org.assertj.core.api.Assertions.assertThat;

import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InScope.class)
class StepTest {
    private final Params state = Params.of("w", Tensor.of(new double[] {1, 2}, 2));

    @Test
    void aStepThatMeetsNothingHasNoLoss() {
        Step step = Step.of(state);

        assertThat(step.loss()).isNull();
        assertThat(step.met().isEmpty()).isTrue();
        assertThat(new Step(state, (Tensor) null).met().isEmpty()).isTrue();
    }

    @Test
    void numbersBesideTheLossKeepTheirNames() {
        Tensor loss = Tensor.of(new double[] {3, 4}, 2);
        Step step = new Step(state, loss).meeting(Step.REWARD, Tensor.of(new double[] {5, 6}, 2));

        assertThat(step.loss()).isSameAs(loss);
        assertThat(step.met().names()).containsExactly(Step.LOSS, Step.REWARD);
        assertThat(step.met().get(Step.REWARD).doubles()).containsExactly(5, 6);
    }

    @Test
    void aRewardIsNoLoss() {
        assertThat(Step.of(state)
                        .meeting(Step.REWARD, Tensor.of(new double[] {5, 6}, 2))
                        .loss())
                .isNull();
    }
}
