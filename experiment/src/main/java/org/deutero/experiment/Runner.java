package org.deutero.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.deutero.experiment.base.UserException;
import org.deutero.experiment.measure.OnlineSettings;
import org.deutero.experiment.measure.OnlineTest;
import org.deutero.experiment.measure.SizeTest;
import org.deutero.experiment.metrics.MetricRow;
import org.deutero.experiment.recipe.RecipeFile;
import org.deutero.experiment.report.ReportData;
import org.deutero.experiment.source.TaskSet;
import org.deutero.learn.MetaRule;
import org.deutero.learn.MetaState;
import org.deutero.learn.Predictor;
import org.deutero.learn.Seeds;
import org.deutero.learn.evaluate.Evaluation;
import org.deutero.learn.evaluate.Evaluator;
import org.deutero.learn.evaluate.Summary;
import org.deutero.learn.run.Checkpoints;
import org.deutero.learn.run.Trainer;
import org.deutero.learn.shards.Workers;
import org.deutero.serve.TrainedLearner;
import org.deutero.tasks.Episodes;

/** One experiment at work in its folder: trains, resumes, measures. */
public final class Runner {
    private final Experiment experiment;
    private final RunFolder folder;
    private final RunListener listener;
    private TaskSet data;

    /** Nothing is loaded or written yet. */
    public Runner(Experiment experiment, RunFolder folder, RunListener listener) {
        this.experiment = experiment;
        this.folder = folder;
        this.listener = listener;
    }

    /** Trains from the start; the best state is in the folder afterwards. */
    public void train() {
        load();
        write(() -> RecipeFile.write(folder.recipeFile(), experiment.resolved()));
        train(Optional.empty());
    }

    /** Goes on from the last checkpoint, or from the start if the run did not get that far. */
    public void resume() {
        load();
        Optional<Path> latest = checkpoints().latest();
        Optional<Checkpoints.Loaded> from = latest.map(Checkpoints::load);
        write(() -> folder.metrics()
                .truncateAfter(from.map(c -> c.state().iteration()).orElse(0L)));
        listener.message(from.map(c -> "Going on from iteration " + c.state().iteration() + ".")
                .orElse("No checkpoint was written yet: starting again."));
        train(from);
    }

    private void train(Optional<Checkpoints.Loaded> from) {
        long first = from.map(c -> c.state().iteration()).orElse(0L);
        MetaRule rule = experiment.metaGradient();
        listener.message("Meta-gradient: " + rule.name() + " - " + rule.describe());
        try {
            listener.opened(experiment, folder, first);
            if (folder.metrics().read().isEmpty()) {
                folder.metrics().append(new MetricRow.Start(rule.name(), rule.describe()));
            }
            RunRecorder recorder = new RunRecorder(
                    folder.metrics(), listener, experiment.schedule().logEvery(), secondsUntil(first));
            Trainer<Episodes> trainer = new Trainer<>(
                    experiment.algorithm(),
                    data.train(),
                    experiment.validation(data),
                    experiment.schedule().plan(experiment.seed()),
                    Optional.of(checkpoints()),
                    List.of(recorder));
            MetaState end = from.isPresent() ? trainer.resume(from.get()) : trainer.train();
            end.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            listener.closed();
        }
    }

    /**
     * Measures the best state on test tasks, adds the result to the log and tells the listener.
     *
     * @param number of test tasks, instead of the recipe's
     */
    public MetricRow.Test evaluate(OptionalInt number) {
        try (MetaState state = best()) {
            List<MetricRow> rows = rows(number);
            write(() -> {
                for (MetricRow row : rows) {
                    folder.metrics().append(row);
                }
            });
            Examples examples = Examples.of(experiment, data, state);
            FoundStructure structure = FoundStructure.of(experiment, data, state);
            if (structure.row().isPresent()) {
                write(() -> folder.metrics().append(structure.row().get()));
            }
            write(() -> listener.evaluated(folder, report(state, examples, structure)));
            return last(rows);
        }
    }

    /** Measures as {@link #evaluate} does, and leaves the folder as it is: for conditions that are not the run's own. */
    public MetricRow.Test measure(OptionalInt number) {
        return last(rows(number));
    }

    private static MetricRow.Test last(List<MetricRow> rows) {
        return (MetricRow.Test) rows.get(rows.size() - 1);
    }

    /** The figures, the one that counts at the end. */
    private List<MetricRow> rows(OptionalInt number) {
        load();
        try (Trained trained = Trained.of(experiment, folder);
                Workers workers = new Workers(experiment.schedule().workers())) {
            trained.misfit().ifPresent(reason -> {
                throw UserException.usage(
                        "the meta-parameters of " + folder.path() + " do not fit this learner: " + reason);
            });
            Optional<OnlineSettings> online = experiment.measurement().online();
            return online.isPresent()
                    ? play(online.get(), trained, number, workers)
                    : bySize(trained, measure(trained.learner(), trained.state(), number, workers), workers);
        }
    }

    /** The figure with those by how many points are shown, if the tasks are to be measured so. */
    private List<MetricRow> bySize(Trained trained, MetricRow.Test figure, Workers workers) {
        if (data.bySize().isEmpty()) {
            return List.of(figure);
        }
        SizeTest test = new SizeTest(
                data.bySize(),
                figure.tasks(),
                experiment.measurement().shard(),
                Seeds.branch(experiment.seed(), "test"));
        List<MetricRow.BySize> own =
                test.learner(experiment.method().name(), trained.learner(), trained.state(), workers);
        List<MetricRow> rows = new ArrayList<>(own);
        rows.addAll(test.references());
        rows.add(new MetricRow.Test(
                figure.tasks(),
                figure.metricName(),
                figure.metric(),
                figure.interval(),
                figure.byStep(),
                SizeTest.parts(own)));
        return rows;
    }

    private List<MetricRow> play(OnlineSettings settings, Trained trained, OptionalInt number, Workers workers) {
        if (number.isPresent()) {
            throw UserException.usage(
                    "--tasks has no meaning for bandits, which are played; expected --set evaluation.online.seeds=N");
        }
        OnlineTest test = new OnlineTest(settings, Seeds.branch(experiment.seed(), "online"), workers);
        List<MetricRow.Online> own = test.learner(
                experiment.method().name(),
                experiment.learner(),
                trained.members().get(0),
                experiment.tasks().rewardScale());
        List<MetricRow> rows = new ArrayList<>(own);
        rows.addAll(test.references());
        rows.add(OnlineTest.summary(own));
        return rows;
    }

    /** The best state as a learner that can be used; the caller closes it. */
    public TrainedLearner learner() {
        try (MetaState state = best()) {
            return ServableLearner.of(experiment, data, state);
        }
    }

    /** Writes {@link #learner()} to a file. */
    public void export(Path file) {
        try (TrainedLearner learner = learner()) {
            learner.save(file);
        }
    }

    private MetaState best() {
        load();
        return Checkpoints.load(checkpoints().best().orElseThrow(() -> Trained.nothingYet(folder)))
                .state();
    }

    private MetricRow.Test measure(Predictor<Episodes> learner, MetaState state, OptionalInt number, Workers workers) {
        int tasks = number.orElse(experiment.measurement().tasks());
        Evaluator<Episodes> evaluator = experiment.test(data, tasks);
        boolean bySteps = experiment.measurement().bySteps();
        EvaluationSettings.Protocol protocol = experiment.measurement().protocol();
        Evaluation evaluation = switch (protocol) {
            case PREQUENTIAL -> evaluator.prequential(learner, state, workers, Episodes::upcoming);
            case INSTANCES -> evaluator.prequential(learner, state, workers, Episodes::upcoming, Episodes::instances);
            case META_LOSS -> evaluator.metaLoss(learner, state, workers);
            case QUERIES ->
                bySteps ? evaluator.bySteps(learner, state, workers) : evaluator.atEnd(learner, state, workers);
        };
        boolean instances = protocol == EvaluationSettings.Protocol.INSTANCES;
        List<Summary> rows = bySteps || instances ? evaluation.bySteps() : List.of();
        List<Summary> steps = instances ? List.of() : rows;
        Summary last = instances || protocol == EvaluationSettings.Protocol.PREQUENTIAL
                ? counted(evaluation)
                : evaluation.last();
        return new MetricRow.Test(
                last.tasks(),
                evaluation.measure(),
                last.mean(),
                last.interval(),
                steps.size() < 2
                        ? List.of()
                        : IntStream.range(0, steps.size())
                                .mapToObj(i -> new MetricRow.ByStep(
                                        i, steps.get(i).mean(), steps.get(i).interval()))
                                .toList(),
                instances ? instances(rows) : kinds(learner, state, tasks, workers));
    }

    private static List<MetricRow.Part> instances(List<Summary> rows) {
        return IntStream.range(0, rows.size())
                .mapToObj(k -> new MetricRow.Part(
                        "instance " + (k + 1), rows.get(k).mean(), rows.get(k).interval()))
                .toList();
    }

    /** Figures after the last step on each kind of test task by itself. */
    private List<MetricRow.Part> kinds(Predictor<Episodes> learner, MetaState state, int tasks, Workers workers) {
        List<MetricRow.Part> parts = new ArrayList<>();
        experiment.tasks().kinds().forEach((name, source) -> {
            Summary summary = experiment
                    .test(source, tasks)
                    .atEnd(learner, state, workers)
                    .last();
            parts.add(new MetricRow.Part(name, summary.mean(), summary.interval()));
        });
        return parts;
    }

    private Summary counted(Evaluation evaluation) {
        int first = experiment.measurement().firstCounted();
        int rows = evaluation.perTask().size();
        if (first > rows) {
            throw UserException.usage("evaluation.first-counted is " + first + ", but tasks were measured only " + rows
                    + (rows == 1 ? " time" : " times"));
        }
        return evaluation.overall(first - 1);
    }

    private ReportData report(MetaState state, Examples examples, FoundStructure structure) throws IOException {
        String name = experiment.name().isEmpty() ? folder.path().getFileName().toString() : experiment.name();
        return new ReportData(
                name,
                experiment.description(),
                experiment.published(),
                experiment.measure().name(),
                folder.metrics().read(),
                examples.episodes(),
                examples.adaptations(),
                examples.bands(),
                examples.completions(),
                structure.layers(),
                Provenance.of(experiment, state, secondsUntil(Long.MAX_VALUE)),
                RecipeFile.toYaml(experiment.resolved()));
    }

    private void load() {
        if (data == null) {
            data = experiment.tasks().load(listener.loading());
        }
    }

    private Checkpoints checkpoints() {
        TrainingSettings settings = experiment.schedule();
        return new Checkpoints(folder.checkpoints(), settings.keep(), settings.keepBest());
    }

    /** Wall time that the log gives for training up to an iteration. */
    private double secondsUntil(long iteration) throws IOException {
        return folder.metrics().read().stream()
                .filter(MetricRow.Train.class::isInstance)
                .map(MetricRow.Train.class::cast)
                .filter(row -> row.iteration() <= iteration)
                .mapToDouble(MetricRow.Train::seconds)
                .max()
                .orElse(0);
    }

    @FunctionalInterface
    private interface Writing {
        void run() throws IOException;
    }

    private static void write(Writing writing) {
        try {
            writing.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
