package org.deutero.methods.metagenrl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.deutero.learn.reinforcement.Advantages;
import org.deutero.methods.InScope;
import org.deutero.methods.td3.Segments;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What holds of objectives whatever their weights. */
@ExtendWith(InScope.class)
class NeuralObjectiveTest {
    private static final int TASKS = 2;
    private static final int N = 3;
    private static final int STEPS = 4;
    private static final int NUMBERS = 3;

    private final SplittableRandom rng = new SplittableRandom(4);
    private final NeuralObjective objective = NeuralObjective.published();
    private final Params alpha = objective.init(rng, DType.FLOAT64);
    private final Tensor policy = normal(TASKS, N, STEPS, NUMBERS);
    private final Tensor values = normal(TASKS, N, STEPS + 1);
    private final Segments segments = segments(normal(TASKS, N, STEPS, NUMBERS));

    private Tensor normal(long... shape) {
        return Tensors.normal(rng, DType.FLOAT64, shape);
    }

    private Segments segments(Tensor action) {
        double[] mask = new double[TASKS * N * STEPS];
        double[] terminated = new double[mask.length];
        for (int i = 0; i < mask.length; i++) {
            int length = STEPS - i / STEPS % 2;
            mask[i] = i % STEPS < length ? 1 : 0;
            terminated[i] = i % STEPS == length - 1 && i / STEPS % 3 == 0 ? 1 : 0;
        }
        return new Segments(
                normal(TASKS, N, STEPS, 2),
                action,
                normal(TASKS, N, STEPS),
                Tensor.of(terminated, TASKS, N, STEPS),
                Tensor.of(mask, TASKS, N, STEPS),
                normal(TASKS, N, 2));
    }

    @Test
    void hasAsManyWeightsAsInPrint() {
        assertThat(alpha.numel()).isEqualTo(15_497);
    }

    @Test
    void theOrderOfAnActionsNumbersMakesNoDifference() {
        Tensor order = Tensor.of(new long[] {2, 0, 1}, NUMBERS);
        Segments other = new Segments(
                segments.observation(),
                segments.action().indexSelect(3, order),
                segments.reward(),
                segments.terminated(),
                segments.mask(),
                segments.last());
        double[] expected = objective.losses(alpha, segments, policy, values).doubles();
        assertThat(objective
                        .losses(alpha, other, policy.indexSelect(3, order), values)
                        .doubles())
                .containsExactly(expected, within(1e-9));
        // But which of what was done belongs to which of what would be done does.
        assertThat(objective.losses(alpha, other, policy, values).doubles()[0]).isNotCloseTo(expected[0], within(1e-6));
    }

    @Test
    void aStepKnowsOnlyWhatCameOfIt() {
        Tensor later = policy.slice(2, 1, STEPS);
        Tensor changed = Tensors.cat(java.util.List.of(policy.slice(2, 0, 1).add(1), later), 2);
        double[] before = objective
                .losses(alpha, segments, policy, values)
                .slice(2, 1, STEPS)
                .doubles();
        Tensor after = objective.losses(alpha, segments, changed, values);
        assertThat(after.slice(2, 1, STEPS).doubles()).containsExactly(before, within(1e-12));
    }

    @Test
    void lossesAreBounded() {
        Params wild = alpha.mul(1e4);
        for (double loss : objective.losses(wild, segments, policy, values).doubles()) {
            assertThat(Math.abs(loss)).isLessThanOrEqualTo(1000);
        }
    }

    @Test
    void paddingCostsNothing() {
        double[] losses = objective.losses(alpha, segments, policy, values).doubles();
        double[] mask = segments.mask().doubles();
        for (int i = 0; i < losses.length; i++) {
            assertThat(losses[i] == 0).isEqualTo(mask[i] == 0);
        }
    }

    /** With no trace and no discount, every step stands by itself: ||a - pi||^2 (r - V), as in bandits. */
    @Test
    void reinforcementPullsTowardsWhatPaidMoreThanExpected() {
        Tensor expected = segments.action()
                .sub(policy)
                .square()
                .sum(3)
                .mul(segments.reward().sub(values.slice(2, 0, STEPS)))
                .mul(segments.mask());
        Tensor losses = new ReinforceObjective(new Advantages(0, 0)).losses(Params.EMPTY, segments, policy, values);
        assertThat(losses.doubles()).containsExactly(expected.doubles(), within(1e-12));
    }

    /** The trace of a shorter segment ends with it: what stands behind the padding does not matter. */
    @Test
    void advantagesDoNotSeePadding() {
        ReinforceObjective objective = new ReinforceObjective(new Advantages(0.9, 0.8));
        Segments other = new Segments(
                segments.observation(),
                segments.action(),
                segments.reward().add(segments.mask().neg().add(1).mul(100)),
                segments.terminated(),
                segments.mask(),
                segments.last());
        assertThat(objective.losses(Params.EMPTY, other, policy, values).doubles())
                .containsExactly(
                        objective.losses(Params.EMPTY, segments, policy, values).doubles(), within(0.0));
    }
}
