package org.deutero.experiment.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.deutero.experiment.measure.QueryAnswers;
import org.deutero.experiment.report.ComparisonData.Point;
import org.deutero.experiment.report.ComparisonData.Run;
import org.deutero.learn.evaluate.Evaluation;
import org.deutero.learn.evaluate.Measure;
import org.deutero.learn.evaluate.Summary;
import org.deutero.learn.shards.Workers;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;

/**
 * Runs that learn episodes: measured on queries after every inner step, with other shots and ways, and by where they go wrong.
 *
 * @param measure on queries
 * @param curveTasks test tasks of each point of the curves by shots and ways, 0 for no curves
 * @param workers do the work of the curves
 * @param progress is told what is being done
 * @param notes takes what a reader must know
 */
record EpisodeLook(
        Measure<Episodes> measure, int curveTasks, Workers workers, Consumer<String> progress, Consumer<String> notes)
        implements Look<Episodes> {
    @Override
    public String measured() {
        return measure.name();
    }

    @Override
    public boolean higherIsBetter() {
        return measure.higherIsBetter();
    }

    @Override
    public String steps() {
        return "inner step";
    }

    @Override
    public Measured<Episodes> measure(Contender<Episodes> run, int tasks, Workers by) {
        boolean classification = run.experiment().tasks().shape().classification();
        List<QueryAnswers> answers =
                Collections.synchronizedList(new ArrayList<>(Collections.nCopies(classification ? tasks : 0, null)));
        Evaluation evaluation = run.evaluator(run.tasks(), tasks)
                .bySteps(run.trained().learner(), run.trained().state(), by, (first, batch, outputs) -> {
                    if (classification) {
                        List<QueryAnswers> some = QueryAnswers.of(outputs);
                        IntStream.range(0, some.size()).forEach(i -> answers.set(first + i, some.get(i)));
                    }
                });
        int last = evaluation.perTask().size() - 1;
        return new Measured<>(run, evaluation.perTask().get(last), evaluation.bySteps(), 0, answers);
    }

    @Override
    public Run tell(Measured<Episodes> measured, double milliseconds) {
        Contender<Episodes> run = measured.run();
        Summary figure = measured.figure();
        List<Point> byShots = List.of();
        List<Point> byWays = List.of();
        if (curveTasks > 0) {
            progress.accept("Measuring " + run.name() + " with other shots and ways.");
            Conditions conditions = new Conditions(curveTasks, workers);
            byShots = conditions.byShots(run);
            byWays = conditions.byWays(run);
            TaskShape shape = run.experiment().tasks().shape();
            if (shape.classification() && byWays.isEmpty()) {
                notes.accept(run.name() + " has one output a class and is measured with " + shape.outputs()
                        + " ways only; it is missing from the curves by ways.");
            }
        }
        Failings failings = Failings.of(measured);
        return new Run(
                run.name(),
                run.folder().path().toString(),
                run.experiment().method().name(),
                figure.mean(),
                figure.interval(),
                figure.diverged(),
                milliseconds,
                measured.bySteps(),
                byShots,
                byWays,
                failings.confusions(),
                failings.worst());
    }

    @Override
    public String setting(Contender<Episodes> run) {
        String source = run.setting("source");
        TaskShape shape = run.experiment().tasks().shape();
        String form = shape.classification() ? shape.outputs() + "-way " : "";
        if (!run.setting("support").equals("-")) {
            return source + ", " + form + "streams of " + run.setting("support") + ", " + run.setting("queries")
                    + " queries";
        }
        return source + ", " + form + run.setting("shot") + "-shot, " + run.setting("queries") + " queries"
                + (shape.classification() ? " a class" : "");
    }

    @Override
    public Map<String, String> facts() {
        return Map.of("test tasks of each point of the curves", Integer.toString(curveTasks));
    }
}
