package org.deutero.learn.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.reinforcement.PolicyLoss;
import org.deutero.tasks.world.Actions;
import org.deutero.tensor.DType;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is drawn follows the distribution, and is fixed by task and step. */
class ActionDistributionTest {
    private static final int MANY = 20_000;

    private Scope scope;

    @BeforeEach
    void open() {
        scope = Scope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    private static StepContext step(int number) {
        return TaskContext.training(7).at(number, false);
    }

    @Test
    void choicesAreDrawnAsOftenAsTheyAreLikely() {
        Tensor logits = Tensor.of(new double[] {0, 1, -1, 2}, 1, 1, 4).expand(MANY, 2, -1);
        Categorical policy = Categorical.of(logits);
        Tensor share = policy.draw(step(0)).oneHot(4, DType.FLOAT64).mean(0, 1);
        double[] expected =
                policy.logProbabilities().select(0, 0).select(0, 0).exp().doubles();
        assertThat(share.doubles()).containsExactly(expected, within(0.012));
    }

    @Test
    void vectorsHaveTheirMeanAndDeviation() {
        Tensor mean = Tensor.of(new double[] {1, -2}, 1, 1, 2).expand(MANY, 1, -1);
        Tensor logStd = Tensor.of(new double[] {0, Math.log(0.5)}, 2);
        Tensor drawn = new DiagonalGaussian(mean, logStd).draw(step(0));
        assertThat(drawn.mean(0, 1).doubles()).containsExactly(new double[] {1, -2}, within(0.03));
        assertThat(drawn.sub(mean).square().mean(0, 1).doubles()).containsExactly(new double[] {1, 0.25}, within(0.04));
    }

    @Test
    void copiesOfATaskMeetTheSameLuckAndStepsAnother() {
        Tensor logits = Tensors.zeros(DType.FLOAT64, 12, 1, 5);
        StepContext copied = TaskContext.training(3).forPopulation(2).at(4, false);
        Categorical policy = Categorical.of(logits);
        long[] drawn = policy.draw(copied).longs();
        for (int i = 0; i < 6; i++) {
            assertThat(drawn[i]).isEqualTo(drawn[6 + i]);
        }
        assertThat(policy.draw(step(1)).longs())
                .isNotEqualTo(policy.draw(step(2)).longs());
        assertThat(policy.draw(step(1)).longs()).isEqualTo(policy.draw(step(1)).longs());
    }

    /** KL = E_p [log p - log q], and the entropy -E_p [log p], by what is drawn. */
    @Test
    void divergenceAndEntropyAreMeansOverWhatIsDrawn() {
        SplittableRandom rng = new SplittableRandom(5);
        for (Actions actions : new Actions[] {new Actions.Discrete(3), new Actions.Box(3, 1)}) {
            ActionDistribution p = any(actions, rng);
            ActionDistribution q = any(actions, rng);
            Tensor action = p.draw(step(0));
            Tensor own = p.logProbability(action);
            assertThat(own.sub(q.logProbability(action)).mean().item())
                    .isCloseTo(p.divergence(q).mean().item(), within(0.05));
            assertThat(own.mean().item()).isCloseTo(-p.entropy().mean().item(), within(0.05));
            // The mean density of what is drawn.
            assertThat(own.exp().mean().item()).isCloseTo(p.certainty().mean().item(), within(0.03));
            assertThat(PolicyLoss.EntropyForm.SQUARES.of(p).mean().item())
                    .isEqualTo(-p.certainty().mean().item());
            assertThat(p.divergence(p).abs().sum().item()).isLessThan(1e-9);
            assertThat(p.logProbability(p.mode()).sub(own).mean().item()).isPositive();
        }
    }

    private static ActionDistribution any(Actions actions, SplittableRandom rng) {
        Tensor outputs = Tensors.normal(rng, DType.FLOAT64, 1, 3).mul(0.5).expand(MANY, -1);
        return ActionDistribution.of(
                actions, outputs, Tensors.normal(rng, DType.FLOAT64, 3).mul(0.3));
    }

    @Test
    void hubersLossIsSquaredNearAndAbsoluteFar() {
        Tensor none = Tensors.zeros(DType.FLOAT64, 3);
        Tensor value = Tensor.of(new double[] {0.5, -1, 4}, 3);
        PolicyLoss loss = new PolicyLoss(0, 1, 0, PolicyLoss.ValueForm.HUBER);
        assertThat(loss.of(none, none, none, none, value, none).loss().doubles())
                .containsExactly(new double[] {0.125, 0.5, 3.5}, within(1e-15));
    }
}
