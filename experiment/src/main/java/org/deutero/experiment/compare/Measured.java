package org.deutero.experiment.compare;

import java.util.List;
import java.util.stream.IntStream;
import org.deutero.experiment.measure.QueryAnswers;
import org.deutero.experiment.report.ComparisonData.Point;
import org.deutero.learn.evaluate.Summary;
import org.deutero.tasks.TaskBatch;

/**
 * A run with its figures on the test tasks.
 *
 * @param run who was measured
 * @param perTask the figure of every task, in order
 * @param steps the measure by steps or instances, the first of which is number {@code from}; a single one if there is no curve
 * @param from 0 or 1
 * @param answers to the queries of each task; empty where there are no classes to answer with
 * @param <T> tasks in a batch
 */
@SuppressWarnings("ArrayRecordComponent") // plain numbers, compared by nobody
record Measured<T extends TaskBatch<T>>(
        Contender<T> run, double[] perTask, List<Summary> steps, int from, List<QueryAnswers> answers) {
    /** What the run has come to. */
    Summary figure() {
        return Summary.of(perTask);
    }

    /** The curve by steps; empty if only the end was measured. */
    List<Point> bySteps() {
        return steps.size() < 2
                ? List.of()
                : IntStream.range(0, steps.size())
                        .mapToObj(t -> new Point(
                                from + t,
                                steps.get(t).mean(),
                                steps.get(t).interval(),
                                steps.get(t).diverged()))
                        .toList();
    }
}
