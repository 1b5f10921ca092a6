package org.deutero.experiment.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.deutero.experiment.measure.QueryAnswers;
import org.deutero.experiment.report.ComparisonData.Point;
import org.deutero.learn.evaluate.Evaluation;
import org.deutero.learn.evaluate.Summary;
import org.deutero.learn.shards.Workers;

/**
 * A run with its figures on the test tasks.
 *
 * @param run who was measured
 * @param evaluation after every inner step
 * @param answers to the queries of each task; empty for regression
 */
record Measured(Contender run, Evaluation evaluation, List<QueryAnswers> answers) {
    static Measured of(Contender run, int tasks, Workers workers) {
        boolean classification = run.experiment().tasks().shape().classification();
        List<QueryAnswers> answers =
                Collections.synchronizedList(new ArrayList<>(Collections.nCopies(classification ? tasks : 0, null)));
        Evaluation evaluation = run.evaluator(run.tasks(), tasks)
                .bySteps(run.trained().learner(), run.trained().state(), workers, (first, batch, outputs) -> {
                    if (classification) {
                        List<QueryAnswers> some = QueryAnswers.of(outputs);
                        IntStream.range(0, some.size()).forEach(i -> answers.set(first + i, some.get(i)));
                    }
                });
        return new Measured(run, evaluation, answers);
    }

    /** The measure of every task, in order. */
    double[] perTask() {
        return evaluation.perTask().get(evaluation.perTask().size() - 1);
    }

    List<Point> bySteps() {
        List<Summary> steps = evaluation.bySteps();
        return IntStream.range(0, steps.size())
                .mapToObj(t -> new Point(t, steps.get(t).mean(), steps.get(t).interval()))
                .toList();
    }
}
