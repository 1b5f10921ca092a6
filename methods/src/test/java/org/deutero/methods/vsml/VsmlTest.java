package org.deutero.methods.vsml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.deutero.methods.TestTasks.assertNear;

import java.util.List;
import java.util.SplittableRandom;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.evaluate.Evaluation;
import org.deutero.learn.evaluate.Evaluator;
import org.deutero.learn.evaluate.Measure;
import org.deutero.learn.meta.MetaState;
import org.deutero.learn.shards.Workers;
import org.deutero.methods.InScope;
import org.deutero.methods.TestTasks;
import org.deutero.methods.vsml.Vsml.MetaLoss;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tasks.synthetic.GaussianClasses;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InScope.class)
class VsmlTest {
    private static final int FEATURES = 4;
    private static final int WAY = 3;

    private static VsmlRule rule(Reduction reduction) {
        return new VsmlRule(6, 3, 2, 1, reduction, false, false, false);
    }

    private static Vsml learner(List<Integer> hidden, boolean backwardPass, MetaLoss loss, DType dtype) {
        return new Vsml(
                hidden,
                rule(Reduction.SUM),
                new InitialState(0.5, 1),
                Readout.STANDARD,
                backwardPass,
                true,
                loss,
                Objective.CROSS_ENTROPY,
                dtype);
    }

    private static List<Vsml> learners(MetaLoss loss) {
        return List.of(
                learner(List.of(), false, loss, DType.FLOAT64),
                learner(List.of(5), false, loss, DType.FLOAT64),
                learner(List.of(5, 2), true, loss, DType.FLOAT64));
    }

    private static Episodes tasks() {
        return new GaussianClasses(FEATURES, WAY, 6, 5)
                .sample(2, new SplittableRandom(1))
                .to(DType.FLOAT64);
    }

    private static StepContext context(int step) {
        return TaskContext.training(1).at(step, false);
    }

    private static Params theta(Vsml learner) {
        // Larger than they start, so that what is learned makes a difference.
        return learner.metaParameters(new SplittableRandom(2)).mul(2);
    }

    private static Tensor learned(Vsml learner, Params theta, Params start, Episodes tasks) {
        Params phi = start;
        for (int t = 0; t < learner.steps(tasks); t++) {
            phi = learner.step(theta, phi, tasks, context(t)).state();
        }
        return learner.predict(theta, phi, tasks, context(learner.steps(tasks)));
    }

    /** Inputs in another order, and the states of their synapses with them. */
    @Test
    void inputsMayComeInAnyOrder() {
        Tensor order = Tensor.of(new long[] {2, 0, 3, 1}, FEATURES);
        Episodes e = tasks();
        Episodes permuted = new Episodes(
                e.supportX().indexSelect(2, order), e.supportY(), e.queryX().indexSelect(2, order), e.queryY(), WAY);
        for (Vsml learner : learners(MetaLoss.QUERIES)) {
            Params start = learner.begin(theta(learner), e, context(0));
            Params moved =
                    start.with(start.filter(name -> name.matches("[hc]0")).map(t -> t.indexSelect(2, order)));
            Tensor expected = learned(learner, theta(learner), start, e);
            assertNear(learned(learner, theta(learner), moved, permuted), expected, 1e-11);
            assertThat(TestTasks.difference(learned(learner, theta(learner), start, permuted), expected))
                    .isGreaterThan(1e-6);
        }
    }

    /** Classes in another order, and the states of their synapses with them: predictions move along. */
    @Test
    void classesMayBeNumberedAnyHow() {
        Tensor oldPlace = Tensor.of(new long[] {2, 0, 1}, WAY);
        Tensor newPlace = Tensor.of(new long[] {1, 2, 0}, WAY);
        Episodes e = tasks();
        Episodes renamed = new Episodes(
                e.supportX(), renamed(e.supportY(), newPlace), e.queryX(), renamed(e.queryY(), newPlace), WAY);
        for (Vsml learner : learners(MetaLoss.QUERIES)) {
            int last = learner.hidden().size();
            Params start = learner.begin(theta(learner), e, context(0));
            Params moved =
                    start.with(start.filter(name -> name.matches("[hc]" + last)).map(t -> t.indexSelect(3, oldPlace)));
            Tensor expected = learned(learner, theta(learner), start, e);
            Tensor actual = learned(learner, theta(learner), moved, renamed);
            assertNear(actual, expected.indexSelect(2, oldPlace), 1e-11);
            assertThat(TestTasks.difference(actual, expected)).isGreaterThan(1e-6);
        }
    }

    private static Tensor renamed(Tensor labels, Tensor newPlace) {
        return newPlace.indexSelect(0, labels.reshape(-1)).reshape(labels.shape());
    }

    /** Of sum and mean, one is the other times the number of synapses that meet, biases of heads included. */
    @Test
    void sumsAreMeansTimesSynapses() {
        SplittableRandom rng = new SplittableRandom(3);
        Params theta = rule(Reduction.SUM)
                .init(rng, DType.FLOAT64)
                .map(t -> t.add(Tensors.normal(rng, DType.FLOAT64, t.shape())))
                .expand(2);
        Synapses synapses = new Synapses(
                Tensors.normal(rng, DType.FLOAT64, 2, 6, FEATURES, WAY),
                Tensors.normal(rng, DType.FLOAT64, 2, 6, FEATURES, WAY));
        SynapseCell sums = new SynapseCell(rule(Reduction.SUM), theta);
        SynapseCell means = new SynapseCell(rule(Reduction.MEAN), theta);
        assertNear(sums.forward(synapses), means.forward(synapses).mul(FEATURES), 1e-12);
        assertNear(sums.backward(synapses), means.backward(synapses).mul(WAY), 1e-12);
        assertNear(sums.forwardOfEach(synapses).sum(2), sums.forward(synapses), 1e-12);
        assertNear(sums.backwardOfEach(synapses).sum(3), sums.backward(synapses), 1e-12);
    }

    @Test
    void everyTaskLearnsUnderItsOwnTheta() {
        Episodes e = tasks();
        for (Vsml learner : learners(MetaLoss.ONLINE)) {
            Params first = theta(learner);
            Params second = first.mul(0.8);
            Params own = first.zip(second, (a, b) -> Tensors.stack(List.of(a, b), 0));
            Tensor together = online(learner, own, e, TaskContext.training(1).withOwnTheta());
            assertThat(together.doubles()[0])
                    .isCloseTo(
                            online(learner, first, e, TaskContext.training(1)).doubles()[0], within(1e-12));
            assertThat(together.doubles()[1])
                    .isCloseTo(
                            online(learner, second, e, TaskContext.training(1)).doubles()[1], within(1e-12));
        }
    }

    private static Tensor online(Vsml learner, Params theta, Episodes e, TaskContext context) {
        Params phi = learner.begin(theta, e, context.at(0, false));
        Tensor sum = learner.metaLoss(theta, phi, e, context.at(0, false));
        for (int t = 0; t < learner.steps(e); t++) {
            Step step = learner.step(theta, phi, e, context.at(t, false));
            sum = sum.add(step.loss());
            phi = step.state();
        }
        return sum;
    }

    @Test
    void eachQueryIsAnsweredByItselfAndAsTheSolutionDoes() {
        Episodes e = tasks().slice(0, 1);
        for (Vsml learner : learners(MetaLoss.QUERIES)) {
            Params theta = theta(learner);
            Params phi = learner.begin(theta, e, context(0));
            for (int t = 0; t < learner.steps(e); t++) {
                phi = learner.step(theta, phi, e, context(t)).state();
            }
            Tensor all = learner.predict(theta, phi, e, context(6));
            for (int i = 0; i < e.querySize(); i++) {
                assertNear(
                        learner.predict(theta, phi, TestTasks.query(e, i), context(6)), all.slice(1, i, i + 1), 1e-12);
            }
            Params solution = learner.solution(theta, phi, e, context(6));
            assertNear(learner.answer(solution, e.queryX().select(0, 0)), all.select(0, 0), 1e-12);
        }
    }

    /** The loss of predictions made before labels are seen is what both protocols measure. */
    @Test
    void theMetaLossIsThePrequentialCrossEntropy() {
        Vsml learner = learner(List.of(5), true, MetaLoss.ONLINE, DType.FLOAT32);
        var evaluator = new Evaluator<>(new GaussianClasses(FEATURES, WAY, 6, 2), Measure.CROSS_ENTROPY, 8, 3, 5);
        MetaState state = new MetaState(0, learner.metaParameters(new SplittableRandom(4)), Params.EMPTY, Params.EMPTY);
        try (Workers workers = new Workers(1)) {
            Evaluation before = evaluator.prequential(learner, state, workers, Episodes::upcoming);
            Evaluation loss = evaluator.metaLoss(learner, state, workers);
            assertThat(before.perTask()).hasSize(6);
            assertThat(loss.measure()).isEqualTo("meta-loss");
            assertThat(loss.last().mean()).isCloseTo(before.overall().mean(), within(1e-6));
            assertThat(loss.last().interval()).isCloseTo(before.overall().interval(), within(1e-6));
            assertThat(loss.last().mean()).isPositive();
        }
    }

    @Test
    void tooShortMessagesAreRefused() {
        assertThatThrownBy(() -> new VsmlRule(6, 1, 2, 1, Reduction.SUM, false, false, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("messages of 2 numbers");
    }
}
