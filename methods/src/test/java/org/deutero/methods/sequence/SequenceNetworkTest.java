package org.deutero.methods.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.deutero.methods.TestTasks.assertNear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.deutero.learn.Step;
import org.deutero.learn.TaskContext;
import org.deutero.learn.gradient.Unroll;
import org.deutero.methods.InScope;
import org.deutero.methods.RandomOrder;
import org.deutero.methods.mann.LeastRecentlyUsed;
import org.deutero.methods.mann.LstmCell;
import org.deutero.methods.mann.MemoryCell;
import org.deutero.methods.plastic.RecurrentCell;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.sequence.Sequences;
import org.deutero.tensor.DType;
import org.deutero.tensor.Losses;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.recurrent.LstmStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Labels arrive one step late, sequences do not mix, and gradients are those of the loss over all steps. */
@ExtendWith(InScope.class)
class SequenceNetworkTest {
    private static final int TASKS = 3;
    private static final int ITEMS = 4;
    private static final int WAY = 2;
    private static final TaskContext CONTEXT = TaskContext.training(1);

    private static SequenceNetwork learner(Targets targets, boolean shuffled, double queryWeight) {
        RecurrentCell cell = new MemoryCell(
                2 + targets.told(),
                5,
                new LeastRecentlyUsed(4, 3, 2, 0.95, true),
                MemoryCell.Controller.LSTM,
                true,
                true,
                true);
        return new SequenceNetwork(cell, targets, shuffled, queryWeight, LstmStart.GLOROT, true, DType.FLOAT64);
    }

    private static SequenceNetwork learner() {
        return learner(ClassCodes.oneHot(WAY), false, 0);
    }

    private static Sequences tasks() {
        SplittableRandom rng = new SplittableRandom(5);
        return Sequences.of(new Episodes(
                Tensors.normal(rng, DType.FLOAT64, TASKS, ITEMS, 2),
                Tensor.of(new long[] {0, 1, 1, 0, 1, 0, 1, 0, 0, 0, 1, 1}, TASKS, ITEMS),
                Tensors.normal(rng, DType.FLOAT64, TASKS, 2, 2),
                Tensor.of(new long[] {0, 1, 0, 1, 1, 0}, TASKS, 2),
                WAY));
    }

    private static Params theta(SequenceNetwork learner) {
        return learner.metaParameters(new SplittableRandom(2)).map(t -> t.mul(2));
    }

    private record Course(List<Tensor> losses, Params state) {}

    private static Course course(SequenceNetwork learner, Params theta, Sequences tasks) {
        Params phi = learner.begin(theta, tasks, CONTEXT.at(0, true));
        List<Tensor> losses = new ArrayList<>();
        for (int t = 0; t < learner.steps(tasks); t++) {
            Step step = learner.step(theta, phi, tasks, CONTEXT.at(t, true));
            phi = step.state();
            losses.add(step.loss());
        }
        return new Course(losses, phi);
    }

    private static Tensor total(SequenceNetwork learner, Params theta, Sequences tasks) {
        Course course = course(learner, theta, tasks);
        Tensor sum = learner.metaLoss(theta, course.state(), tasks, CONTEXT.at(ITEMS, true));
        for (Tensor loss : course.losses()) {
            sum = sum.add(loss);
        }
        return sum;
    }

    /** What an item is answered as must not depend on its own label, and must depend on the one before. */
    @Test
    void aLabelIsToldOneStepAfterItsInput() {
        SequenceNetwork learner = learner();
        Params theta = theta(learner);
        Sequences tasks = tasks();
        long[] flipped = tasks.answers().longs();
        flipped[1] = 1 - flipped[1];
        Sequences other = new Sequences(tasks.items(), Tensor.of(flipped, TASKS, ITEMS), tasks.questions(), WAY);
        for (int t = 0; t < ITEMS; t++) {
            double[] a = answers(learner, theta, tasks, t);
            double[] b = answers(learner, theta, other, t);
            if (t <= 1) {
                assertThat(a).containsExactly(b);
            } else {
                assertThat(Math.abs(a[0] - b[0])).isGreaterThan(1e-6);
            }
        }
    }

    /** Answers for the item of step t, before its label is told. */
    private static double[] answers(SequenceNetwork learner, Params theta, Sequences tasks, int t) {
        Params phi = learner.begin(theta, tasks, CONTEXT.at(0, false));
        for (int s = 0; s < t; s++) {
            phi = learner.step(theta, phi, tasks, CONTEXT.at(s, false)).state();
        }
        return learner.predict(theta, phi, tasks.upcoming(t, ITEMS), CONTEXT.at(t, false))
                .doubles();
    }

    /** The loss met at a step is that of the answer that a query would have got there. */
    @Test
    void lossesMetOnTheWayAreThoseOfTheAnswers() {
        SequenceNetwork learner = learner();
        Params theta = theta(learner);
        Sequences tasks = tasks();
        Course course = course(learner, theta, tasks);
        for (int t = 0; t < ITEMS; t++) {
            Tensor logits = Tensor.of(answers(learner, theta, tasks, t), TASKS, 1, WAY);
            Tensor y = tasks.answers().slice(1, t, t + 1);
            assertNear(course.losses().get(t), Losses.crossEntropy(logits, y).div(ITEMS), 1e-12);
        }
        assertThat(learner.metaLoss(theta, course.state(), tasks, CONTEXT.at(ITEMS, false))
                        .abs()
                        .sum()
                        .item())
                .isZero();
    }

    @Test
    void tasksDoNotMixAndMemoryDoesNotLeak() {
        SequenceNetwork learner = learner();
        Params theta = theta(learner);
        Sequences tasks = tasks();
        double[] together = total(learner, theta, tasks).doubles();
        for (int i = 0; i < TASKS; i++) {
            // Each by itself, after the others have been learned.
            assertThat(total(learner, theta, tasks.slice(i, i + 1)).doubles()[0])
                    .isCloseTo(together[i], within(1e-12));
        }
    }

    @Test
    void tasksMayHaveAThetaOfTheirOwn() {
        SequenceNetwork learner = learner(ClassCodes.oneHot(WAY), false, 1);
        Params theta = theta(learner);
        Params own = theta.expand(TASKS)
                .map(t -> t.add(Tensors.normal(new SplittableRandom(8), DType.FLOAT64, t.shape())
                        .mul(0.1)));
        Sequences tasks = tasks();
        TaskContext context = CONTEXT.withOwnTheta();
        Params phi = learner.begin(own, tasks, context.at(0, false));
        Tensor losses = Tensors.zeros(DType.FLOAT64, TASKS);
        for (int t = 0; t < ITEMS; t++) {
            Step step = learner.step(own, phi, tasks, context.at(t, false));
            phi = step.state();
            losses = losses.add(step.loss());
        }
        double[] together = losses.add(learner.metaLoss(own, phi, tasks, context.at(ITEMS, false)))
                .doubles();
        for (int i = 0; i < TASKS; i++) {
            assertThat(total(learner, own.task(i), tasks.slice(i, i + 1)).doubles()[0])
                    .isCloseTo(together[i], within(1e-12));
        }
    }

    @Test
    void theSolutionAnswersAsTheLearnerDoes() {
        for (Targets targets : List.of(ClassCodes.oneHot(WAY), new ClassCodes(2, 3, true))) {
            SequenceNetwork learner = learner(targets, true, 0);
            Params theta = theta(learner);
            Sequences task = tasks().slice(1, 2);
            Params phi = course(learner, theta, task).state();
            Tensor expected = learner.predict(theta, phi, task, CONTEXT.at(ITEMS, false));
            Params solution = learner.solution(theta, phi, task, CONTEXT.at(ITEMS, false));
            assertNear(learner.answer(solution, task.episodes().queryX().squeeze(0)), expected.squeeze(0), 1e-12);
        }
    }

    /** Orders are drawn for each task, go through every item once, and are the same in every step that asks. */
    @Test
    void shuffledSequencesShowEveryItemOnce() {
        Tensor order = RandomOrder.of(CONTEXT.at(2, false), 20, ITEMS);
        assertThat(RandomOrder.of(CONTEXT.at(3, true), 20, ITEMS).longs()).containsExactly(order.longs());
        Tensor items = Tensors.range(20 * ITEMS).reshape(20, ITEMS);
        Tensor shown = RandomOrder.rows(items, order);
        assertThat(shown.to(DType.FLOAT64).sum(1).longs())
                .containsExactly(items.to(DType.FLOAT64).sum(1).longs());
        assertThat(shown.longs()).containsExactlyInAnyOrder(items.longs());
        assertThat(Arrays.equals(shown.longs(), items.longs())).isFalse();
    }

    @Test
    void gradientsAreSlopesOfTheLossOverAllSteps() {
        for (Targets targets : List.of(ClassCodes.oneHot(WAY), new ClassCodes(2, 3, true))) {
            assertSlope(learner(targets, true, 0.5), tasks());
        }
    }

    /** At mean 1 and deviation 0.1 + 0.9 ln 2, a target of 2. */
    @Test
    void valuesAreJudgedByTheirDensity() {
        NormalValues values = new NormalValues(1);
        Tensor outputs = Tensor.of(new double[] {1, 0}, 1, 1, 2);
        double deviation = 0.1 + 0.9 * Math.log(2);
        double expected = 0.5 / (deviation * deviation) + Math.log(deviation) + 0.5 * Math.log(2 * Math.PI);
        Tensor y = Tensor.of(new double[] {2}, 1, 1, 1);
        assertThat(values.losses(Params.EMPTY, outputs, y).item()).isCloseTo(expected, within(1e-12));
        assertThat(values.answers(Params.EMPTY, outputs).item()).isEqualTo(1);
    }

    /** All that differs between the paper, the re-implementations and the defaults. */
    @Test
    void variantsHaveTheGradientOfTheirLoss() {
        LeastRecentlyUsed memory = new LeastRecentlyUsed(4, 3, 2, 0.99, false);
        int inputs = 2 + WAY;
        for (RecurrentCell cell : List.of(
                new MemoryCell(inputs, 5, memory, MemoryCell.Controller.LSTM, false, false, false),
                new MemoryCell(inputs, 5, memory, MemoryCell.Controller.FEED_FORWARD, true, true, true),
                new LstmCell(inputs, 5))) {
            SequenceNetwork learner =
                    new SequenceNetwork(cell, ClassCodes.oneHot(WAY), false, 0, LstmStart.GLOROT, true, DType.FLOAT64);
            assertSlope(learner, tasks());
        }
    }

    private static void assertSlope(SequenceNetwork learner, Sequences tasks) {
        Params theta = theta(learner);
        Params gradient = Unroll.FULL.estimate(learner, theta, tasks, CONTEXT).gradient();
        SplittableRandom rng = new SplittableRandom(7);
        Params direction = theta.map(t -> Tensors.normal(rng, DType.FLOAT64, t.shape()));
        double h = 1e-6;
        double slope =
                (total(learner, theta.addScaled(direction, h), tasks).sum().item()
                                - total(learner, theta.addScaled(direction, -h), tasks)
                                        .sum()
                                        .item())
                        / (2 * h);
        assertThat(Math.abs(slope)).isGreaterThan(1e-3);
        assertThat(gradient.dot(direction).item()).isCloseTo(slope, within(1e-7 * (1 + Math.abs(slope))));
    }

    @Test
    void regressionsHaveTheGradientOfTheirDensity() {
        SequenceNetwork learner = learner(new NormalValues(1), false, 0);
        Episodes labels = tasks().episodes();
        Episodes curves = new Episodes(
                labels.supportX(),
                labels.supportX().select(2, 0).unsqueeze(2).sin(),
                labels.queryX(),
                labels.queryX().select(2, 0).unsqueeze(2).sin(),
                0);
        assertSlope(learner, Sequences.of(curves));
    }

    /** A string is right only if all its characters are; a string of no class is an answer of its own. */
    @Test
    void answersAreStrings() {
        ClassCodes codes = new ClassCodes(2, 3, true);
        // Class 0 is "01", class 1 is "22".
        Params fixed = Params.of("codes", Tensor.of(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1}, 1, 2, 6));
        Tensor outputs = Tensor.of(
                new double[] {
                    9, 0, 0, 0, 9, 0, // "01"
                    0, 0, 9, 0, 0, 9, // "22"
                    9, 0, 0, 0, 0, 9 // "02", nobody's
                },
                1,
                3,
                6);
        Tensor answers = codes.answers(fixed, outputs);
        assertThat(answers.shape()).containsExactly(1, 3, 3);
        assertThat(answers.argmax(2).longs()).containsExactly(0, 1, 2);
        Tensor y = Tensor.of(new long[] {0, 1, 1}, 1, 3);
        double right = 2 * Math.log1p(2 * Math.exp(-9));
        double wrong = Math.log1p(2 * Math.exp(-9)) + 9 + Math.log1p(2 * Math.exp(-9));
        assertThat(codes.losses(fixed, outputs, y).item()).isCloseTo((2 * right + wrong) / 3, within(1e-9));
    }

    @Test
    void classesOfATaskNeverShareAString() {
        ClassCodes codes = new ClassCodes(2, 2, true);
        Sequences many = new Sequences(Tensors.zeros(DType.FLOAT64, 50, 4, 2), Tensors.zeros(DType.INT64, 50, 4), 4);
        Tensor all = codes.begin(many, CONTEXT.at(0, false), DType.FLOAT64).get("codes");
        Tensor likeness = all.matmul(all.transpose(1, 2));
        assertNear(
                likeness.sub(Tensors.eye(4, DType.FLOAT64).mul(2)).clamp(1, 9).sub(1),
                Tensors.zeros(DType.FLOAT64, 50, 4, 4),
                1e-12);
        assertThat(all.shape()).containsExactly(50, 4, 4);
    }
}
