package org.deutero.methods.blur;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.deutero.learn.TaskContext;
import org.deutero.learn.evolution.EvolutionStrategies;
import org.deutero.learn.evolution.PersistentEvolution;
import org.deutero.learn.evolution.Perturbation;
import org.deutero.learn.gradient.Unroll;
import org.deutero.learn.meta.Estimate;
import org.deutero.methods.InScope;
import org.deutero.methods.QueryStatistics;
import org.deutero.methods.StreamBatches;
import org.deutero.methods.TestTasks;
import org.deutero.methods.blur.SynapseStart.Distribution;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tasks.synthetic.Plane;
import org.deutero.tasks.synthetic.PlaneTasks;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InScope.class)
class BlurTest {
    private static final GenomeStart RANDOM = new GenomeStart(GenomeStart.Matrices.RANDOM, 0.5, 0.5, 1, 1, 0.005, 0.3);

    private static BlurRule rule(NormalizedParts parts, Saturation saturation, boolean directions, boolean states) {
        return new BlurRule(
                3,
                StateActivation.RELU_TANH,
                StateActivation.TANH,
                StateActivation.TANH,
                BackwardUpdate.ADDITIVE,
                parts,
                false,
                saturation,
                directions,
                states,
                false,
                2,
                Feedback.ONE_HOT);
    }

    private static Blur learner(BlurRule rule, int batch, boolean everyStep, QueryStatistics statistics) {
        return new Blur(
                List.of(7),
                rule,
                RANDOM,
                GeneScales.SCALED,
                new SynapseStart(Distribution.UNIFORM, 1, false),
                new StreamBatches(batch, 1),
                Objective.CROSS_ENTROPY,
                5,
                everyStep,
                statistics,
                DType.FLOAT64);
    }

    private static Blur plain(BlurRule rule) {
        return learner(rule, 2, false, QueryStatistics.BATCH);
    }

    private static Params theta(Blur learner) {
        return learner.metaParameters(new SplittableRandom(3));
    }

    @Test
    void channelsAreOneIfStatesAreSymmetricAndGoTheirOwnWaysIfNot() {
        for (boolean symmetric : new boolean[] {true, false}) {
            Blur learner = plain(rule(NormalizedParts.NEURON, Saturation.NONE, true, symmetric));
            Tensor w = TestTasks.adapted(learner, theta(learner), TestTasks.images(2))
                    .get("forward0");
            double apart = TestTasks.difference(w.select(1, 0), w.select(1, 2));
            assertThat(apart == 0).isEqualTo(symmetric);
        }
    }

    @Test
    void onlyAsymmetricRulesHaveSynapsesOfTheWayBack() {
        Blur learner = plain(rule(NormalizedParts.NONE, Saturation.NONE, false, false));
        Params phi = learner.begin(theta(learner), TestTasks.images(2), TestTasks.training(0));
        assertThat(phi.names()).containsExactly("forward0", "backward0", "forward1", "backward1");
        assertThat(phi.get("backward1").shape()).containsExactly(2, 3, 3, 7);
        Blur symmetric = plain(rule(NormalizedParts.NONE, Saturation.NONE, true, false));
        assertThat(symmetric
                        .begin(theta(symmetric), TestTasks.images(2), TestTasks.training(0))
                        .names())
                .containsExactly("forward0", "forward1");
    }

    /** One synapse column w = (0.6, -0.8) with H = (1, 2), one channel, r = (1, 2) over a batch of two. */
    @Test
    void saturationClosedForms() {
        Tensor w = Tensor.of(new double[] {0.6, -0.8}, 1, 1, 2, 1);
        // Over a batch of two: 0.2 * 1 + 0.4 * 2 = 1 and 0 * 1 + 1 * 2 = 2.
        Tensor given = Tensor.of(new double[] {0.2, 0, 0.4, 1}, 1, 1, 2, 2);
        Tensor received = Tensor.of(new double[] {1, 2}, 1, 1, 2, 1);
        double keep = 1.1;
        double update = -0.5;
        double m = -0.3;
        Genome g = new Genome(
                null, null, number(keep), number(update), null, null, null, null, null, null, number(m), null);
        double[][] expected = {
            {keep * 0.6 + update, -keep * 0.8 + 2 * update},
            {keep * 0.6 + update - m * 0.1 * 0.6, -keep * 0.8 + 2 * update + m * 0.1 * 0.8},
            {keep * 0.6 + update * (1 + 0.3 * 0.6 * 5), -keep * 0.8 + update * (2 - 0.3 * 0.8 * 5)},
            {keep * 0.6 + update * (1 + 0.3 * 0.6), -keep * 0.8 + update * (2 - 0.3 * 0.8)},
            {keep * 0.6 + update * Math.exp(-0.6 * 0.301), -keep * 0.8 + 2 * update * Math.exp(-0.8 * 0.301)}
        };
        for (Saturation s : Saturation.values()) {
            TestTasks.assertNear(s.update(w, given, received, g), Tensor.of(expected[s.ordinal()], 1, 1, 2, 1), 1e-12);
        }
    }

    private static Blur growing(BlurRule rule) {
        return new Blur(
                List.of(7),
                rule,
                RANDOM,
                GeneScales.SCALED,
                new SynapseStart(Distribution.UNIFORM, 1, false),
                new StreamBatches(6, 24),
                Objective.CROSS_ENTROPY,
                5,
                false,
                QueryStatistics.BATCH,
                DType.FLOAT64);
    }

    private static Tensor number(double value) {
        return Tensor.of(new double[] {value}, 1, 1, 1, 1);
    }

    /** With a gene for growth synapses run into their bound, and Oja's term keeps them from it. */
    @Test
    void growingSynapsesAreBounded() {
        for (Saturation s : List.of(Saturation.NONE, Saturation.OJA)) {
            Blur learner = growing(rule(NormalizedParts.NEURON, s, true, false));
            Params theta = theta(learner)
                    .with(Params.of("synapse_keep", Tensor.of(new double[] {5}, 1)))
                    .with(
                            s == Saturation.NONE
                                    ? Params.EMPTY
                                    : Params.of("saturation", Tensor.of(new double[] {1}, 1)));
            Params phi = TestTasks.adapted(learner, theta, TestTasks.images(2));
            double largest = phi.get("forward0").abs().reshape(-1).max(0).item();
            assertThat(largest).isLessThanOrEqualTo(2);
            assertThat(largest == 2).isEqualTo(s == Saturation.NONE);
        }
    }

    /** A genome knows nothing of sizes: what was made for the plane learns images of three classes. */
    @Test
    void genomesFitTasksOfAnySize() {
        Blur learner = plain(rule(NormalizedParts.BOTH, Saturation.WEIGHTS, true, false));
        Params theta = theta(learner);
        Episodes plane = new PlaneTasks(List.of(Plane.BLOBS), 5, 8, 4)
                .sample(2, new SplittableRandom(1))
                .to(DType.FLOAT64);
        assertThat(TestTasks.outputs(learner, theta, plane, Params.EMPTY).shape())
                .containsExactly(2, 4, 5);
        assertThat(TestTasks.outputs(learner, theta, TestTasks.images(3), Params.EMPTY)
                        .shape())
                .containsExactly(3, 6, 3);
    }

    @Test
    void lossesOfEveryStepAreTheirMean() {
        BlurRule rule = rule(NormalizedParts.NEURON, Saturation.NONE, true, false);
        Episodes tasks = TestTasks.images(2);
        Blur last = plain(rule);
        Params theta = theta(last);
        Params phi = last.begin(theta, tasks, TestTasks.training(0));
        List<Tensor> losses = new ArrayList<>();
        for (int t = 0; t < last.steps(tasks); t++) {
            phi = last.step(theta, phi, tasks, TestTasks.training(t)).state();
            losses.add(last.metaLoss(theta, phi, tasks, TestTasks.training(t + 1)));
        }
        assertThat(losses).hasSize(3);
        Estimate estimate = Unroll.FULL.estimate(
                learner(rule, 2, true, QueryStatistics.BATCH), theta, tasks, TaskContext.training(1));
        TestTasks.assertNear(estimate.losses(), Tensors.stack(losses, 0).mean(0), 1e-12);
    }

    @Test
    void whatIsServedAnswersAsTheLearnerWithStatisticsOfTheSupportSet() {
        for (NormalizedParts parts : NormalizedParts.values()) {
            Blur learner = learner(rule(parts, Saturation.NONE, true, false), 4, false, QueryStatistics.SUPPORT);
            Episodes task = TestTasks.images(1);
            Params theta = theta(learner);
            Params phi = learner.begin(theta, task, TestTasks.evaluation(0, Params.EMPTY));
            for (int t = 0; t < learner.steps(task); t++) {
                phi = learner.step(theta, phi, task, TestTasks.evaluation(t, Params.EMPTY))
                        .state();
            }
            Params solution = learner.solution(theta, phi, task, TestTasks.evaluation(2, Params.EMPTY));
            Tensor expected =
                    TestTasks.outputs(learner, theta, task, Params.EMPTY).select(0, 0);
            Tensor x = task.queryX().select(0, 0);
            for (int i = 0; i < x.size(0); i++) {
                TestTasks.assertNear(
                        learner.answer(solution, x.slice(0, i, i + 1)), expected.slice(0, i, i + 1), 1e-11);
            }
        }
    }

    /** In 40 dimensions a random direction has a cosine of 0.16 with the exact gradient; 60 small perturbations of two tasks do much better. */
    @Test
    void evolutionAgreesWithTheExactGradient() {
        Blur learner =
                learner(rule(NormalizedParts.NEURON, Saturation.NONE, true, false), 2, true, QueryStatistics.BATCH);
        Episodes tasks = TestTasks.images(2);
        Params theta = theta(learner);
        Params exact = Unroll.FULL
                .estimate(learner, theta, tasks, TaskContext.training(1))
                .gradient();
        Params es = new EvolutionStrategies(60, 1e-3)
                .estimate(learner, theta, tasks, TaskContext.training(1))
                .gradient();
        Params pes = new PersistentEvolution(1, Perturbation.of(60, 1e-3))
                .estimate(learner, theta, tasks, TaskContext.training(1))
                .gradient();
        assertThat(cosine(es, exact)).isGreaterThan(0.4);
        assertThat(cosine(pes, exact)).isGreaterThan(0.25);
    }

    private static double cosine(Params a, Params b) {
        return a.dot(b).item() / (a.norm() * b.norm());
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> learner(
                        rule(NormalizedParts.NONE, Saturation.NONE, true, false), 2, false, QueryStatistics.RUNNING))
                .hasMessageContaining("no running averages");
        assertThatThrownBy(() -> new StreamBatches(0, 1)).hasMessageContaining("at least 1 example");
    }
}
