package org.deutero.experiment.compare;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.deutero.experiment.EvaluationSettings;
import org.deutero.experiment.EvaluationSettings.Protocol;
import org.deutero.experiment.Measuring;
import org.deutero.experiment.report.ComparisonData.Run;
import org.deutero.learn.evaluate.Evaluation;
import org.deutero.learn.evaluate.Summary;
import org.deutero.learn.shards.Workers;
import org.deutero.tasks.TaskBatch;

/**
 * Runs that learn sequences, worlds or problems: measured by the protocol of the first one's recipe.
 *
 * @param first of the runs
 * @param <T> tasks in a batch
 */
record ProtocolLook<T extends TaskBatch<T>>(Contender<T> first) implements Look<T> {
    private EvaluationSettings settings() {
        return first.experiment().measurement();
    }

    private Measuring<T> measuring(Contender<T> run, int tasks) {
        return new Measuring<>(run.joint(), run.evaluator(run.tasks(), tasks), settings());
    }

    @Override
    public String measured() {
        return measuring(first, settings().tasks()).measured();
    }

    @Override
    public boolean higherIsBetter() {
        return measuring(first, settings().tasks()).higherIsBetter();
    }

    private boolean instances() {
        return settings().protocol() == Protocol.INSTANCES;
    }

    @Override
    public String steps() {
        return instances() ? "instance" : "step";
    }

    @Override
    public Measured<T> measure(Contender<T> run, int tasks, Workers workers) {
        Measuring<T> measuring = measuring(run, tasks);
        Evaluation evaluation =
                measuring.of(run.trained().learner(), run.trained().state(), workers);
        return new Measured<>(run, measuring.perTask(evaluation), evaluation.bySteps(), instances() ? 1 : 0, List.of());
    }

    @Override
    public Run tell(Measured<T> measured, double milliseconds) {
        Contender<T> run = measured.run();
        Summary figure = measured.figure();
        return new Run(
                run.name(),
                run.folder().path().toString(),
                run.experiment().method().name(),
                figure.mean(),
                figure.interval(),
                figure.diverged(),
                milliseconds,
                measured.bySteps(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    @Override
    public String setting(Contender<T> run) {
        return run.setting("source") + ", " + run.joint().kind()
                + run.decisive().entrySet().stream()
                        .filter(key -> !key.getKey().equals("source"))
                        .map(key -> key.getKey() + " " + key.getValue())
                        .collect(Collectors.joining(", ", " with ", ""));
    }

    @Override
    public Map<String, String> facts() {
        return Map.of();
    }
}
