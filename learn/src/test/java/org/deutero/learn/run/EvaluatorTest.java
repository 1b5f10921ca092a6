package org.deutero.learn.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.deutero.learn.Seeds;
import org.deutero.learn.evaluate.Evaluation;
import org.deutero.learn.evaluate.Evaluator;
import org.deutero.learn.evaluate.Measure;
import org.deutero.learn.evaluate.Summary;
import org.deutero.learn.meta.MetaState;
import org.deutero.learn.shards.Workers;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EvaluatorTest {
    private final MetaState state = Curves.algorithm().init(Seeds.generator(1, "x"));

    @AfterEach
    void close() {
        state.close();
    }

    private Evaluation evaluate(Evaluator<Episodes> evaluator, double noise, int threads, boolean steps) {
        try (Workers workers = new Workers(threads)) {
            Curves learner = new Curves(noise);
            return steps ? evaluator.bySteps(learner, state, workers) : evaluator.atEnd(learner, state, workers);
        }
    }

    @Test
    void threadsDoNotChangeABit() {
        Evaluator<Episodes> evaluator = new Evaluator<>(Curves.SOURCE, Measure.SQUARED_ERROR, 11, 3, 7);
        double[] one = evaluate(evaluator, 0.1, 1, false).perTask().get(0);
        assertThat(one).hasSize(11);
        assertThat(Arrays.stream(one).distinct().count()).isEqualTo(11);
        assertThat(evaluate(evaluator, 0.1, 2, false).perTask().get(0)).containsExactly(one);
        assertThat(evaluate(evaluator, 0.1, 3, false).perTask().get(0)).containsExactly(one);
    }

    @Test
    void seedsDrawTheTasks() {
        double[] one = evaluate(new Evaluator<>(Curves.SOURCE, Measure.SQUARED_ERROR, 4, 2, 7), 0, 1, false)
                .perTask()
                .get(0);
        assertThat(evaluate(new Evaluator<>(Curves.SOURCE, Measure.SQUARED_ERROR, 4, 2, 8), 0, 1, false)
                        .perTask()
                        .get(0))
                .isNotEqualTo(one);
    }

    /** Learners are compared on the same tasks, whatever portions suit each of them. */
    @Test
    void shardSizeChangesNoTask() {
        double[] one = evaluate(new Evaluator<>(Curves.SOURCE, Measure.SQUARED_ERROR, 11, 1, 7), 0, 2, false)
                .perTask()
                .get(0);
        for (int shard : new int[] {2, 3, 11, 20}) {
            double[] other = evaluate(new Evaluator<>(Curves.SOURCE, Measure.SQUARED_ERROR, 11, shard, 7), 0, 2, false)
                    .perTask()
                    .get(0);
            for (int i = 0; i < one.length; i++) {
                assertThat(other[i]).isCloseTo(one[i], within(1e-5 * one[i]));
            }
        }
    }

    /** Each task is learned by itself: a task gives the same figure in whatever company it is met. */
    @Test
    void shardsDoNotMixTasks() {
        TaskSource<Episodes> same = (tasks, rng) -> {
            Episodes e = Curves.SOURCE.sample(1, Seeds.generator(3, "the task"));
            return new Episodes(
                    Tensors.cat(java.util.Collections.nCopies(tasks, e.supportX()), 0),
                    Tensors.cat(java.util.Collections.nCopies(tasks, e.supportY()), 0),
                    Tensors.cat(java.util.Collections.nCopies(tasks, e.queryX()), 0),
                    Tensors.cat(java.util.Collections.nCopies(tasks, e.queryY()), 0),
                    0);
        };
        double expected = evaluate(new Evaluator<>(same, Measure.SQUARED_ERROR, 1, 1, 7), 0, 1, false)
                .last()
                .mean();
        for (int shard : new int[] {1, 2, 3, 5, 8}) {
            double[] figures = evaluate(new Evaluator<>(same, Measure.SQUARED_ERROR, 5, shard, 7), 0, 2, false)
                    .perTask()
                    .get(0);
            assertThat(figures).hasSize(5);
            for (double figure : figures) {
                assertThat(figure).isCloseTo(expected, within(1e-5 * expected));
            }
        }
    }

    @Test
    void everyStepIsMeasuredOnTheSameTasks() {
        Evaluator<Episodes> evaluator = new Evaluator<>(Curves.SOURCE, Measure.SQUARED_ERROR, 5, 2, 7);
        Evaluation all = evaluate(evaluator, 0, 1, true);
        assertThat(all.measure()).isEqualTo("mse");
        assertThat(all.perTask()).hasSize(4);
        assertThat(all.perTask().get(3))
                .containsExactly(evaluate(evaluator, 0, 1, false).perTask().get(0));
        List<Summary> steps = all.bySteps();
        assertThat(steps.get(3)).isEqualTo(all.last());
        assertThat(steps.get(3).mean()).isLessThan(steps.get(0).mean());
    }

    @Test
    void summaries() {
        Summary s = Summary.of(1, 2, 3, 6);
        assertThat(s.mean()).isCloseTo(3, within(1e-15));
        // Deviations -2, -1, 0, 3: sample variance 14/3.
        assertThat(s.interval()).isCloseTo(1.96 * Math.sqrt(14.0 / 3) / 2, within(1e-14));
        assertThat(s.tasks()).isEqualTo(4);
        assertThat(Summary.of(0.4)).isEqualTo(new Summary(0.4, 0, 1));
    }

    @Test
    void divergedTasksDoNotBlankAMean() {
        Summary s = Summary.of(1, Double.NaN, 3, Double.NEGATIVE_INFINITY);
        assertThat(s.mean()).isEqualTo(2);
        assertThat(s.tasks()).isEqualTo(4);
        assertThat(s.diverged()).isEqualTo(2);
        assertThat(s.interval()).isCloseTo(Summary.of(1, 3).interval(), within(1e-15));
        Summary none = Summary.of(Double.NaN, Double.NaN);
        assertThat(none.allDiverged()).isTrue();
        assertThat(none.mean()).isNaN();
    }

    /** Added up, six hundred times 1/600 is 1.0000000000000007. */
    @Test
    void aMeanStaysWithinItsMembers() {
        for (int tasks = 1; tasks <= 700; tasks++) {
            double[] right = new double[tasks];
            Arrays.fill(right, 1);
            assertThat(Summary.of(right).mean()).isEqualTo(1);
            Evaluation steps = new Evaluation("accuracy", Collections.nCopies(tasks, new double[] {1}));
            assertThat(steps.overall().mean()).isEqualTo(1);
        }
    }
}
