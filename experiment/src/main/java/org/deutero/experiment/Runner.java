package org.deutero.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;
import org.deutero.experiment.base.FolderLock;
import org.deutero.experiment.base.UserException;
import org.deutero.experiment.metrics.MetricRow;
import org.deutero.experiment.recipe.RecipeFile;
import org.deutero.experiment.report.ReportData;
import org.deutero.experiment.report.Suspects;
import org.deutero.learn.capability.BilevelLearner;
import org.deutero.learn.meta.MetaRule;
import org.deutero.learn.meta.MetaState;
import org.deutero.learn.run.Checkpoints;
import org.deutero.learn.run.Trainer;
import org.deutero.options.OptionsException;
import org.deutero.serve.TrainedLearner;
import org.deutero.serve.TrainedOptimizer;
import org.deutero.tasks.TaskBatch;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tasks.source.Tasks;

/** One experiment at work in its folder: trains, resumes, measures. */
public final class Runner implements AutoCloseable {
    private final Experiment experiment;
    private final RunFolder folder;
    private final RunListener listener;
    private final Whereabouts where;
    private Optional<TaskSet> data = Optional.empty();
    private Tasks<?> tasks;

    /** Nothing is loaded or written yet. */
    public Runner(Experiment experiment, RunFolder folder, RunListener listener) {
        this(experiment, folder, listener, Optional.empty());
    }

    /**
     * The same with a cluster that does shards and evaluations; {@link #close} lets go of it.
     *
     * @param master of the cluster, as a {@link PlaceProvider} reads it; threads of this machine if absent
     */
    Runner(Experiment experiment, RunFolder folder, RunListener listener, Optional<String> master) {
        this.experiment = experiment;
        this.folder = folder;
        this.listener = listener;
        where = new Whereabouts(experiment, master, listener);
    }

    /** Lets go of a cluster, if there is one. All else can still be asked. */
    @Override
    public void close() {
        where.close();
    }

    /**
     * Trains from the start; the best state is in the folder afterwards.
     *
     * @throws UserException if someone else is at work in the folder, or has been since it was made
     * @throws RunStopped if the listener asked for it
     */
    @SuppressWarnings("try") // the lock works by being held
    public void train() {
        try (FolderLock lock = folder.lock()) {
            RunFolder.create(folder.path());
            try {
                explained(() -> {
                    load();
                    write(() -> RecipeFile.write(folder.recipeFile(), experiment.resolved()));
                    train(Optional.empty());
                    return folder;
                });
            } catch (OptionsException | UserException refused) {
                write(folder::abandon);
                throw refused;
            }
        }
    }

    /** What fails by values that are legal by themselves is said with their names. */
    private <R> R explained(Supplier<R> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            throw Extremes.explain(experiment.options(), e);
        } catch (OutOfMemoryError e) {
            throw Extremes.explain(experiment.options(), e);
        }
    }

    /**
     * Goes on from the last checkpoint, or from the start if the run did not get that far.
     *
     * @throws UserException if someone else is at work in the folder, or the run has already done more iterations than the recipe has
     * @throws RunStopped if the listener asked for it
     */
    @SuppressWarnings("try") // the lock works by being held
    public void resume() {
        try (FolderLock lock = folder.lock()) {
            write(folder::removeLeftovers);
            load();
            Optional<Path> latest = checkpoints().latest();
            Optional<Checkpoints.Loaded> from = latest.map(Checkpoints::load);
            try {
                from.ifPresent(c -> new RecipeMemory(experiment).require(folder, c.metadata()));
            } catch (UserException changed) {
                from.get().state().close();
                throw changed;
            }
            long done = from.map(c -> c.state().iteration()).orElse(0L);
            if (done > experiment.schedule().iterations()) {
                from.get().state().close();
                throw UserException.usage("the run in " + folder.path() + " has done " + done
                        + " iterations already, more than training.iterations: "
                        + experiment.schedule().iterations());
            }
            write(() -> RecipeFile.write(folder.recipeFile(), experiment.resolved()));
            write(() -> folder.metrics().truncateAfter(done));
            listener.message(
                    from.isPresent()
                            ? "Going on from iteration " + done + "."
                            : "No checkpoint was written yet: starting again.");
            explained(() -> {
                train(from);
                return folder;
            });
        }
    }

    private void train(Optional<Checkpoints.Loaded> from) {
        long first = from.map(c -> c.state().iteration()).orElse(0L);
        MetaRule rule = experiment.metaGradient();
        listener.message("Meta-gradient: " + rule.name() + " - " + rule.describe());
        if (from.isEmpty()) {
            experiment
                    .schedule()
                    .initFrom()
                    .map(InitFrom::new)
                    .map(InitFrom::words)
                    .ifPresent(listener::message);
        }
        try {
            listener.opened(experiment, folder, first);
            if (folder.metrics().read().isEmpty()) {
                folder.metrics().append(new MetricRow.Start(rule.name(), rule.describe()));
            }
            demand(experiment.joint());
            RunRecorder recorder = new RunRecorder(
                    folder.metrics(),
                    listener,
                    experiment.schedule().logEvery(),
                    folder.metrics().secondsUntil(first));
            Trainer<?> trainer = trainer(experiment.joint(), recorder);
            MetaState end = from.isPresent() ? trainer.resume(from.get()) : trainer.train();
            end.close();
            if (recorder.stopped()) {
                throw new RunStopped(
                        folder, end.iteration(), experiment.schedule().iterations());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            listener.closed();
        }
    }

    private <T extends TaskBatch<T>> void demand(Joint<T> joint) {
        Demand.check(
                experiment, joint, tasks(joint).train(), experiment.schedule().plan(experiment.seed()));
    }

    private <T extends TaskBatch<T>> Trainer<T> trainer(Joint<T> joint, RunRecorder recorder) {
        Tasks<T> loaded = tasks(joint);
        return new Trainer<>(
                experiment.algorithm(joint),
                loaded.train(),
                experiment.validation(joint, loaded),
                experiment.schedule().plan(experiment.seed()),
                Optional.of(checkpoints()),
                List.of(recorder, new RecipeMemory(experiment)),
                where::training);
    }

    /**
     * Measures the best state on test tasks, adds the result to the log and tells the listener.
     *
     * @param number of test tasks, instead of the recipe's
     */
    public MetricRow.Test evaluate(OptionalInt number) {
        return explained(() -> evaluated(number));
    }

    @SuppressWarnings("try") // the lock works by being held
    private MetricRow.Test evaluated(OptionalInt number) {
        try (FolderLock lock = folder.lock();
                MetaState state = best()) {
            List<MetricRow> rows = rows(number);
            write(() -> {
                for (MetricRow row : rows) {
                    folder.metrics().append(row);
                }
            });
            boolean queries = experiment.joint().hasQueries();
            Examples examples =
                    queries ? Examples.of(experiment, data.orElseThrow(), state) : examples(experiment.joint(), state);
            FoundStructure structure =
                    queries ? FoundStructure.of(experiment, data.orElseThrow(), state) : FoundStructure.NONE;
            if (structure.row().isPresent()) {
                write(() -> folder.metrics().append(structure.row().get()));
            }
            Optional<MetricRow.StepSizes> stepSizes =
                    FoundStepSizes.of(experiment.joint().learner(), state.theta());
            if (stepSizes.isPresent()) {
                write(() -> folder.metrics().append(stepSizes.get()));
            }
            Optional<Suspects> suspects =
                    queries && isClassifier() ? Suspicion.of(experiment, data.orElseThrow(), state) : Optional.empty();
            if (suspects.isPresent()) {
                write(() -> suspects.get().write(folder.suspects()));
            }
            write(() -> listener.evaluated(folder, report(state, examples, structure, suspects)));
            return last(rows);
        }
    }

    private <T extends TaskBatch<T>> Examples examples(Joint<T> joint, MetaState state) {
        return Examples.of(experiment, joint, tasks(joint), state);
    }

    /** Measures as {@link #evaluate} does, and leaves the folder as it is: for conditions that are not the run's own. */
    public MetricRow.Test measure(OptionalInt number) {
        return explained(() -> last(rows(number)));
    }

    private static MetricRow.Test last(List<MetricRow> rows) {
        return (MetricRow.Test) rows.get(rows.size() - 1);
    }

    /** The figures, the one that counts at the end. */
    private List<MetricRow> rows(OptionalInt number) {
        return rows(experiment.joint(), number);
    }

    private <T extends TaskBatch<T>> List<MetricRow> rows(Joint<T> joint, OptionalInt number) {
        Tasks<T> loaded = tasks(joint);
        return new TestRows(experiment, folder, data, where).of(joint, loaded, number);
    }

    /** Whether what was trained is a classifier of classes that are always the same, rather than a learner of others. */
    public boolean isClassifier() {
        return experiment.tasks().fixedClasses()
                && experiment.joint().learner().as(BilevelLearner.class).isPresent();
    }

    /** Whether what was trained is an optimiser, for other training to use. */
    public boolean isOptimizer() {
        return ServableOptimizer.isOne(experiment);
    }

    /** The best state as an optimiser. @throws UserException if it {@linkplain #isOptimizer() is none} */
    public TrainedOptimizer optimizer() {
        if (!isOptimizer()) {
            throw UserException.usage("what the run in " + folder.path() + " has learned by "
                    + experiment.method().name() + " is no rule of descent for any weights");
        }
        try (MetaState state = stored()) { // without its data
            return ServableOptimizer.of(experiment, state);
        }
    }

    /** The best state as a learner that can be used; the caller closes it. @throws UserException if it {@linkplain #isClassifier() learns no other classes} */
    public TrainedLearner learner() {
        if (isClassifier()) {
            throw UserException.usage("the run in " + folder.path()
                    + " has trained a classifier of its own classes, which learns no others; label pictures with"
                    + " \"deutero predict "
                    + folder.classifier() + "\"");
        }
        if (isOptimizer()) {
            throw UserException.usage(
                    "the run in " + folder.path()
                            + " has trained an optimiser, which learns no classes by itself; name the run as meta-optimizer.file or method.inner-file of another recipe");
        }
        return best(state -> ServableLearner.of(experiment, data, state));
    }

    private <R> R best(Function<MetaState, R> use) {
        try (MetaState state = best()) {
            return use.apply(state);
        }
    }

    /** Where {@link #export(Path)} writes to unless it is told. */
    public Path exportFile() {
        return isClassifier() ? folder.classifier() : folder.learner();
    }

    /** What runs. */
    public Experiment experiment() {
        return experiment;
    }

    /** Where. */
    public RunFolder folder() {
        return folder;
    }

    /** Writes {@link #learner()} to a file, or the classifier or {@linkplain #optimizer() optimiser} if it is one. */
    public void export(Path file) {
        if (isClassifier()) {
            best(state -> {
                ServableLearner.classifier(experiment, data.orElseThrow(), state, file);
                return file;
            });
            return;
        }
        if (isOptimizer()) {
            optimizer().save(file);
            return;
        }
        try (TrainedLearner learner = learner()) {
            learner.save(file);
        }
    }

    private MetaState best() {
        load();
        return stored();
    }

    private MetaState stored() {
        return Checkpoints.load(checkpoints().best().orElseThrow(() -> LoadedLearner.nothingYet(folder)))
                .state();
    }

    private ReportData report(MetaState state, Examples examples, FoundStructure structure, Optional<Suspects> suspects)
            throws IOException {
        String name = experiment.name().isEmpty() ? folder.path().getFileName().toString() : experiment.name();
        return ReportData.of(
                        name,
                        experiment.joint().measure().name(),
                        folder.metrics().read())
                .about(experiment.description(), experiment.published())
                .episodes(examples.episodes())
                .adaptations(examples.adaptations())
                .bands(examples.bands())
                .completions(examples.completions())
                .readings(examples.readings())
                .courses(examples.courses())
                .strips(examples.strips())
                .suspects(suspects)
                .structure(structure.layers())
                .made(
                        Provenance.of(experiment, state, folder.metrics().secondsUntil(Long.MAX_VALUE)),
                        RecipeFile.toYaml(experiment.resolved()))
                .build();
    }

    private void load() {
        if (tasks == null) {
            data = experiment.tasks().givesEpisodes()
                    ? Optional.of(experiment.tasks().load(listener.loading()))
                    : Optional.empty();
            tasks = experiment.joint().tasks().apply(data, listener.loading());
        }
    }

    @SuppressWarnings("unchecked") // they were loaded for the experiment's only joint
    private <T extends TaskBatch<T>> Tasks<T> tasks(Joint<T> joint) {
        load();
        return (Tasks<T>) tasks;
    }

    private Checkpoints checkpoints() {
        TrainingSettings settings = experiment.schedule();
        return new Checkpoints(folder.checkpoints(), settings.keep(), settings.keepBest());
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
