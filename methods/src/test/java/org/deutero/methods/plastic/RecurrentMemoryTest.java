package org.deutero.methods.plastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.deutero.learn.TaskContext;
import org.deutero.methods.InScope;
import org.deutero.methods.TestTasks;
import org.deutero.methods.plastic.RecurrentMemory.Readout;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.memory.BinaryPatterns;
import org.deutero.tasks.memory.SymbolPairs;
import org.deutero.tensor.DType;
import org.deutero.tensor.Losses;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How support sets become time, and what is asked of the network afterwards. */
@ExtendWith(InScope.class)
class RecurrentMemoryTest {
    private static final TaskShape LETTERS = TaskShape.classes(26, 10);

    private static long[] symbols(List<Tensor> tokens) {
        return Tensors.cat(tokens, 1).argmax(2).longs();
    }

    /** A pair is a letter and then a digit; a question is two question marks and a letter. */
    @Test
    void lettersDigitsAndQuestionMarksFollowEachOther() {
        Episodes task = new SymbolPairs(26, 10, 3, false, true, 1).sample(1, new SplittableRandom(1));
        List<Tensor> tokens = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            tokens.addAll(Presentation.SERIAL.item(task, i, DType.FLOAT32));
        }
        tokens.addAll(Presentation.SERIAL.question(task.queryX(), 10));
        assertThat(tokens).hasSize(9).allMatch(t -> t.size(2) == 37 && t.sum().item() == 1);
        long[] keys = task.supportX().argmax(2).longs();
        long[] values = task.supportY().longs();
        long asked = task.queryX().argmax(2).longs()[0];
        assertThat(symbols(tokens))
                .containsExactly(
                        keys[0], 26 + values[0], keys[1], 26 + values[1], keys[2], 26 + values[2], 36, 36, asked);
        Tensor together = Presentation.PAIRED.item(task, 0, DType.FLOAT32).get(0);
        assertThat(together.sum().item()).isEqualTo(2);
        Tensor question = Presentation.PAIRED.question(task.queryX(), 10).get(0);
        assertThat(question.select(2, 36).item()).isEqualTo(1);
    }

    private static RecurrentMemory fastWeights() {
        return new RecurrentMemory(
                new FastWeightCell(37, 12, 0.9, 0.5, 1),
                Presentation.SERIAL,
                Readout.LINEAR,
                LETTERS,
                1,
                1,
                1,
                DType.FLOAT64);
    }

    @Test
    void queriesDoNotSeeEachOther() {
        RecurrentMemory learner = fastWeights();
        Episodes tasks = new SymbolPairs(26, 10, 3, false, true, 4).sample(2, new SplittableRandom(2));
        Params theta = learner.metaParameters(new SplittableRandom(3));
        Params phi = TestTasks.adapted(learner, theta, tasks);
        TaskContext context = TaskContext.evaluation(1, Params.EMPTY);
        Tensor together = learner.predict(theta, phi, tasks, context.at(3, false));
        for (int i = 0; i < 4; i++) {
            Tensor alone = learner.predict(theta, phi, TestTasks.query(tasks, i), context.at(3, false));
            TestTasks.assertNear(alone, together.slice(1, i, i + 1), 1e-12);
        }
        Params solution = learner.solution(theta, phi.map(t -> t.slice(0, 1, 2)), tasks, context.at(3, false));
        TestTasks.assertNear(learner.answer(solution, tasks.queryX().select(0, 1)), together.select(0, 1), 1e-12);
    }

    /** With plasticities set by hand a network completes patterns without any training: attractors of a Hopfield network. */
    @Test
    void hebbianTracesCompletePatterns() {
        BinaryPatterns source = new BinaryPatterns(60, 2, 4, 2, 1);
        RecurrentMemory learner = new RecurrentMemory(
                new PlasticCell(60, TraceRule.HEBB_DECAY, true, 0.01, 0.02),
                Presentation.AUTO,
                Readout.UNITS,
                TaskShape.regression(60, 60),
                20,
                4,
                1,
                DType.FLOAT64);
        Params theta = learner.metaParameters(new SplittableRandom(1));
        Params strong = theta.with(Params.builder()
                .put("cell.w", Tensors.zeros(DType.FLOAT64, 60, 60))
                .put("cell.alpha", Tensors.ones(DType.FLOAT64, 60, 60))
                .build());
        Episodes tasks = source.sample(20, new SplittableRandom(2));
        TaskContext context = TaskContext.evaluation(1, Params.EMPTY);
        Tensor outputs =
                learner.predict(strong, TestTasks.adapted(learner, strong, tasks), tasks, context.at(12, false));
        double wrong = Losses.bitError(outputs, tasks.queryY()).mean().item();
        assertThat(wrong).as("share of wrong bits; 0.25 without memory").isLessThan(0.1);
    }

    @Test
    void partsThatDoNotFitAreRefused() {
        RecurrentCell cell = new FastWeightCell(5, 12, 0.9, 0.5, 1);
        assertThatThrownBy(() ->
                        new RecurrentMemory(cell, Presentation.SERIAL, Readout.LINEAR, LETTERS, 1, 1, 1, DType.FLOAT64))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a cell with 5 inputs was given tokens of 37 numbers");
    }
}
