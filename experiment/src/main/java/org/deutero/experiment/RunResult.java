package org.deutero.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.deutero.experiment.metrics.MetricRow;
import org.deutero.serve.TrainedLearner;

/** What a run has come to. Holds no native memory; what it hands out does, and whoever takes it closes it. */
public final class RunResult {
    private final Runner runner;
    private final MetricRow.Test test;

    RunResult(Runner runner, MetricRow.Test test) {
        this.runner = runner;
        this.test = test;
    }

    /** What was trained. */
    public Experiment experiment() {
        return runner.experiment();
    }

    /** Where everything of the run lies. */
    public RunFolder folder() {
        return runner.folder();
    }

    /** The figure on test tasks, with its 95 % interval. */
    public MetricRow.Test test() {
        return test;
    }

    /** All figures of the run in the order in which they were measured: of training, validations and the test. */
    public List<MetricRow> figures() {
        try {
            return folder().metrics().read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The learner with the meta-parameters and statistics that it is measured with, for any kind of tasks. */
    public LoadedLearner trained() {
        return LoadedLearner.of(experiment(), folder());
    }

    /**
     * The learner ready for pictures of any size, with calibrated probabilities.
     *
     * @throws org.deutero.experiment.base.UserException if tasks are not about pictures
     * @throws org.deutero.tasks.DataException if the learner cannot label single pictures
     */
    public TrainedLearner learner() {
        return runner.learner();
    }

    /** Whether {@link #export()} gives a classifier of classes that are always the same, rather than a learner. */
    public boolean isClassifier() {
        return runner.isClassifier();
    }

    /** Whether {@link #export()} gives an optimiser. */
    public boolean isOptimizer() {
        return runner.isOptimizer();
    }

    /** Writes {@link #learner()}, or the classifier or optimiser if it is one, into the run's folder; empty if it is an optimiser no more than tasks are about pictures. */
    public Optional<Path> export() {
        if (!isOptimizer() && experiment().tasks().pictureInputs().isEmpty()) {
            return Optional.empty();
        }
        Path file = runner.exportFile();
        runner.export(file);
        return Optional.of(file);
    }
}
