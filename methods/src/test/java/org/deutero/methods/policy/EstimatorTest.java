package org.deutero.methods.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.reinforcement.Advantages;
import org.deutero.methods.InScope;
import org.deutero.tasks.world.Actions;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Mlp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Estimators against the exact derivative of the expected return after an update, in a decision of two steps whose outcomes can all be written down. */
@ExtendWith(InScope.class)
class EstimatorTest {
    private static final int STEPS = 2;
    private static final int OUTCOMES = 4;
    private static final double RATE = 0.7;
    private static final double LOG_3 = Math.log(3);

    /** Rewards of the two steps of outcome (a_0, a_1), which has the number 2 a_0 + a_1. */
    private static final double[][] REWARDS = {{1, 0.5}, {1, -2}, {-0.3, 3}, {-0.3, 0.2}};

    private static final PolicyNetwork POLICY = new PolicyNetwork(
            new Mlp(List.of(1, 2), Activation.RELU, Initializer.ZEROS), new Actions.Discrete(2), 0, DType.FLOAT64);
    private static final Judge PLAIN = new Judge(new Advantages(1, 1), Optional.empty(), false);

    /** Probabilities of 1/4 and 3/4 in both steps. */
    private static Params quarters() {
        return theta(0, 0, 0, LOG_3);
    }

    private static Params theta(double w0, double w1, double b0, double b1) {
        return Params.builder()
                .put("l0.weight", Tensor.of(new double[] {w0, w1}, 2, 1))
                .put("l0.bias", Tensor.of(new double[] {b0, b1}, 2))
                .build();
    }

    /** Episodes with these outcomes; what is seen is 1, then 0.5. */
    private static Lesson lesson(int... outcomes) {
        int n = outcomes.length;
        double[] seen = new double[n * STEPS];
        long[] actions = new long[n * STEPS];
        double[] rewards = new double[n * STEPS];
        double[] lived = new double[n * STEPS];
        for (int i = 0; i < n; i++) {
            for (int t = 0; t < STEPS; t++) {
                int at = i * STEPS + t;
                seen[at] = t == 0 ? 1 : 0.5;
                actions[at] = t == 0 ? outcomes[i] / 2 : outcomes[i] % 2;
                rewards[at] = REWARDS[outcomes[i]][t];
                lived[at] = 1;
            }
        }
        return PLAIN.judge(new Trajectories(
                Tensor.of(seen, 1, n, STEPS, 1),
                Tensor.of(actions, 1, n, STEPS),
                Tensor.of(rewards, 1, n, STEPS),
                Tensor.of(lived, 1, n, STEPS)));
    }

    /** Probabilities of all outcomes under weights without a task dimension, [outcomes]. */
    private static Tensor probabilities(Params weights) {
        Lesson all = lesson(0, 1, 2, 3);
        return all.logProbabilities(POLICY.distribution(POLICY.outputs(weights.map(t -> t.unsqueeze(0)), all.seen())))
                .sum(2)
                .exp()
                .squeeze(0);
    }

    /** The expected return of a step. */
    private static Tensor value(Params weights) {
        double[] returns = new double[OUTCOMES];
        for (int i = 0; i < OUTCOMES; i++) {
            returns[i] = (REWARDS[i][0] + REWARDS[i][1]) / STEPS;
        }
        return probabilities(weights).mul(Tensor.of(returns, OUTCOMES)).sum();
    }

    private static Params ascended(Params theta, Tensor objective) {
        return theta.addScaled(Autograd.gradient(objective, theta, true), RATE);
    }

    private static PolicyMaml learner(Estimator estimator) {
        return new PolicyMaml(POLICY, PLAIN, estimator, new Practice(1, 2, RATE));
    }

    /** The estimate of the derivative of the return after one update, expected over single last episodes. */
    private static Params estimate(Estimator estimator, Params theta, Lesson before) {
        PolicyMaml learner = learner(estimator);
        Params sum = theta.zerosLike();
        for (int outcome = 0; outcome < OUTCOMES; outcome++) {
            Lesson after = lesson(outcome);
            Params experience = Params.builder()
                    .put("0", before.toParams())
                    .put("last", after.toParams())
                    .build();
            Params leaf = theta.leaf();
            Params relived = learner.relive(leaf, experience, worlds(), context());
            Params policy = relived.child("policy").detach();
            Params complete = experience.with(policy.under("acted"));
            double probability = after.logProbabilities(POLICY.distribution(policy))
                    .sum()
                    .exp()
                    .item();
            Tensor surrogate = learner.surrogate(relived, complete, 0).neg();
            sum = sum.addScaled(Autograd.gradient(surrogate.sum(), leaf, false), probability);
        }
        return sum;
    }

    private static StepContext context() {
        return TaskContext.training(1).at(0, true);
    }

    /** A batch of the right size: learning again looks at nothing else. */
    private static Worlds worlds() {
        return Decision.worlds(1, 2);
    }

    /** Over all pairs of inner episodes, each as likely as it is. */
    private static Params expected(Estimator estimator, Params theta) {
        double[] p = probabilities(theta).doubles();
        Params sum = theta.zerosLike();
        for (int i = 0; i < OUTCOMES; i++) {
            for (int j = 0; j < OUTCOMES; j++) {
                sum = sum.addScaled(estimate(estimator, theta, lesson(i, j)), p[i] * p[j]);
            }
        }
        return sum;
    }

    /** The derivative of the expected return after an update from two sampled episodes. */
    private static Params exactOfSampledUpdates(Params theta) {
        Params leaf = theta.leaf();
        Tensor p = probabilities(leaf);
        Tensor sum = null;
        for (int i = 0; i < OUTCOMES; i++) {
            for (int j = 0; j < OUTCOMES; j++) {
                Lesson before = lesson(i, j);
                Tensor log = before.logProbabilities(
                        POLICY.distribution(POLICY.outputs(leaf.map(t -> t.unsqueeze(0)), before.seen())));
                Params updated = ascended(leaf, log.mul(before.advantage()).mean());
                Tensor part = p.select(0, i).mul(p.select(0, j)).mul(value(updated));
                sum = sum == null ? part : sum.add(part);
            }
        }
        return Autograd.gradient(sum, leaf, false);
    }

    /** The derivative of the return after an update by the expected gradient. */
    private static Params exactOfExpectedUpdates(Params theta) {
        Params leaf = theta.leaf();
        return Autograd.gradient(value(ascended(leaf, value(leaf))), leaf, false);
    }

    private static double distance(Params a, Params b) {
        return a.sub(b).norm();
    }

    @Test
    void eMamlIsTheExactGradientOfUpdatesFromFewEpisodesAndTheOthersAreNot() {
        Params theta = theta(0.3, -0.2, 0.1, 0.4);
        Params exact = exactOfSampledUpdates(theta);
        assertThat(exact.norm()).isGreaterThan(0.1);
        assertThat(distance(expected(Estimator.E_MAML, theta), exact)).isLessThan(1e-12);
        assertThat(distance(expected(Estimator.SURROGATE, theta), exact)).isGreaterThan(0.05);
        assertThat(distance(expected(Estimator.DICE, theta), exact)).isGreaterThan(0.001);
    }

    @Test
    void diceIsTheExactGradientOfUpdatesByTheExpectedGradientAndThePublishedOneIsNot() {
        Params theta = quarters();
        // Each outcome as often as it is likely: the mean over these episodes is the expectation.
        List<Integer> drawn = new ArrayList<>();
        int[] often = {1, 3, 3, 9};
        for (int outcome = 0; outcome < OUTCOMES; outcome++) {
            for (int k = 0; k < often[outcome]; k++) {
                drawn.add(outcome);
            }
        }
        Lesson before = lesson(drawn.stream().mapToInt(Integer::intValue).toArray());
        Params exact = exactOfExpectedUpdates(theta);
        assertThat(distance(estimate(Estimator.DICE, theta, before), exact)).isLessThan(1e-12);
        assertThat(distance(estimate(Estimator.SURROGATE, theta, before), exact))
                .isGreaterThan(0.05);
    }

    @Test
    void theInnerGradientIsTheSameForAll() {
        Params theta = theta(0.3, -0.2, 0.1, 0.4);
        Lesson before = lesson(0, 3, 1);
        List<Tensor> means = new ArrayList<>();
        for (Estimator estimator : Estimator.values()) {
            Params experience = Params.builder()
                    .put("0", before.toParams())
                    .put("last", before.toParams())
                    .build();
            means.add(learner(estimator)
                    .relive(theta, experience, worlds(), context())
                    .get("policy.outputs"));
        }
        assertThat(means.get(1).sub(means.get(0)).abs().flatten(0).max(0).item())
                .isCloseTo(0, within(1e-14));
        assertThat(means.get(2).sub(means.get(0)).abs().flatten(0).max(0).item())
                .isCloseTo(0, within(1e-14));
    }
}
