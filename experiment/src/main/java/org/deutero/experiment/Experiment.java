package org.deutero.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.deutero.experiment.base.FolderLock;
import org.deutero.experiment.recipe.Recipe;
import org.deutero.experiment.source.TaskSection;
import org.deutero.learn.Predictor;
import org.deutero.learn.Seeds;
import org.deutero.learn.capability.GradientLearner;
import org.deutero.learn.capability.ProbabilisticLearner;
import org.deutero.learn.evaluate.Evaluator;
import org.deutero.learn.evaluate.Measure;
import org.deutero.learn.meta.MetaAlgorithm;
import org.deutero.learn.meta.MetaOptimizer;
import org.deutero.learn.meta.MetaRule;
import org.deutero.learn.meta.MetaState;
import org.deutero.learn.recipe.DescentOptions;
import org.deutero.learn.recipe.MetaGradientOptions;
import org.deutero.methods.Method;
import org.deutero.methods.Methods;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.options.Suggestions;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskBatch;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tasks.source.TaskSettings;
import org.deutero.tasks.source.Tasks;
import org.deutero.tensor.TensorException;

/**
 * A recipe made into its parts. No data is loaded and no number drawn yet.
 *
 * @param options the recipe, every key of which has been asked for
 * @param name of the recipe, or the empty string
 * @param description one line, or the empty string
 * @param published the figure in print, or the empty string
 * @param seed of everything random
 * @param tasks where tasks come from
 * @param method the published system
 * @param joint what is meta-trained, and on which kind of tasks
 * @param metaGradient how it is meta-trained, as a rule by an estimate of its meta-gradient
 * @param optimizer how its meta-parameters move
 * @param schedule how long to train and what to keep
 * @param measurement how to measure
 */
public record Experiment(
        Options options,
        String name,
        String description,
        String published,
        long seed,
        TaskSettings tasks,
        Method method,
        Joint<?> joint,
        MetaRule metaGradient,
        MetaOptimizer optimizer,
        TrainingSettings schedule,
        EvaluationSettings measurement) {

    /** Reads a recipe. @throws OptionsException for a key or value that does not fit */
    public static Experiment of(Recipe recipe) {
        Options o = recipe.options();
        try {
            return of(o);
        } catch (OptionsException e) {
            throw e;
        } catch (IllegalArgumentException
                | ArithmeticException
                | NegativeArraySizeException
                | TensorException
                | OutOfMemoryError e) {
            throw Extremes.refusal(o, e);
        }
    }

    private static Experiment of(Options o) {
        String name = o.optionalText("name", "what to call it").orElse("");
        String description = o.optionalText("description", "one line").orElse("");
        String published = o.optionalText("published", "the figure in print, with its source")
                .orElse("");
        long seed = o.longInteger("seed", 1, "seed of everything random");
        TaskSettings tasks = TaskSection.of(o.section("tasks"), LearnerSource::open);
        Method method = method(o.section("method"));
        Joining joining = new Joining(o, method, tasks);
        Predictor<?> learner = joining.learner();
        MetaRule rule = MetaGradientOptions.of(o.section("meta-gradient"), method.metaGradient());
        rule.require(learner);
        Options optimization = o.section("meta-optimizer");
        TrainingSettings schedule = TrainingSettings.of(o.section("training"), tasks);
        MetaOptimizer optimizer = DescentOptions.of(optimization, Math.max(1, schedule.iterations()));
        if (rule.estimator().isEmpty() && !optimizer.equals(DescentOptions.of(Options.of(Map.of()), 1))) {
            throw new OptionsException("meta-gradient " + rule.name()
                    + " moves the meta-parameters itself, so the recipe must not have a meta-optimizer with"
                    + " settings of its own");
        }
        EvaluationSettings measurement = EvaluationSettings.of(o.section("evaluation"), tasks);
        o.finish();
        if (measurement.ensemble() > schedule.keepBest()) {
            throw new OptionsException("evaluation.ensemble is " + measurement.ensemble()
                    + ", but training.keep-best keeps only " + schedule.keepBest() + " of the best checkpoints");
        }
        if (measurement.regression().equals(Measure.NEGATIVE_LOG_LIKELIHOOD.name())
                && (measurement.ensemble() > 1
                        || learner.as(ProbabilisticLearner.class).isEmpty())) {
            throw new OptionsException("evaluation.measure is nll, but "
                    + (measurement.ensemble() > 1 ? "an ensemble" : "method " + method.name())
                    + " predicts no distribution; expected error");
        }
        if (measurement.online().isPresent() && measurement.ensemble() > 1) {
            throw new OptionsException("evaluation.ensemble is " + measurement.ensemble()
                    + ", but bandits are played by one checkpoint; expected 1");
        }
        if (measurement.online().isPresent()
                && learner.as(GradientLearner.class).isEmpty()) {
            throw new OptionsException("method " + method.name()
                    + " cannot decide online: expected a learner that descends an inner loss, such as"
                    + " complex-synapse or maml");
        }
        return new Experiment(
                o,
                name,
                description,
                published,
                seed,
                tasks,
                method,
                joining.joint(measurement),
                rule,
                optimizer,
                schedule,
                measurement);
    }

    /**
     * Meta-trains in a new folder and measures the best state on test tasks.
     *
     * <pre>{@code
     * Recipe recipe = RecipeFile.load("sinusoid-10shot-maml-small", List.of("training.iterations=1000"));
     * RunResult result = Experiment.of(recipe).train(Path.of("runs", "sinusoid"));
     * }</pre>
     *
     * @param folder that does not exist or is empty; see {@link RunFolder} for what it holds afterwards
     * @param listeners are told how far it is
     * @throws org.deutero.experiment.base.UserException if the folder cannot be used, or another process is using it
     * @throws RunStopped if a listener asked training to stop; {@link #resume} goes on from there
     * @throws org.deutero.tasks.DataException if data are missing or do not fit the recipe
     * @throws org.deutero.learn.run.TrainingException if training diverges; the last good checkpoint stays
     */
    public RunResult train(Path folder, RunListener... listeners) {
        return train(folder, Optional.empty(), listeners);
    }

    /**
     * Trains as {@link #train(Path, RunListener...)} does, to the same bytes, with shards and evaluations done by a cluster.
     *
     * @param master of the cluster, as a {@link PlaceProvider} on the class path reads it, such as {@code spark://HOST:PORT}; threads of this machine if absent
     * @throws org.deutero.experiment.base.UserException if there is no such cluster, or nobody works for it
     */
    @SuppressWarnings("try") // the lock works by being held
    public RunResult train(Path folder, Optional<String> master, RunListener... listeners) {
        Demand.check(this);
        master.ifPresent(Whereabouts::provider);
        RunFolder run = RunFolder.create(folder);
        try (FolderLock lock = run.lock();
                Runner runner = new Runner(this, run, RunListener.all(List.of(listeners)), master)) {
            runner.train();
            return new RunResult(runner, runner.evaluate(OptionalInt.empty()));
        }
    }

    /**
     * Goes on with the run of a folder from its last checkpoint, to the same bits as if it had never been interrupted, and measures as {@link #train} does.
     *
     * @throws org.deutero.experiment.base.UserException if the folder holds no run
     */
    public static RunResult resume(Path folder, RunListener... listeners) {
        return resume(folder, List.of(), listeners);
    }

    /**
     * Goes on with the run of a folder under changed settings, such as {@code training.iterations=2000} to train it for longer.
     *
     * @param overrides {@code key=value}; only keys that keep the meaning of what is done already
     * @throws org.deutero.experiment.base.UserException if the folder holds no run, is in use, or an override would make it another run
     */
    public static RunResult resume(Path folder, List<String> overrides, RunListener... listeners) {
        return resume(folder, overrides, Optional.empty(), listeners);
    }

    /**
     * Goes on as {@link #resume(Path, List, RunListener...)} does, to the same bytes, with shards and evaluations done by a cluster; the run may have been begun elsewhere.
     *
     * @param master of the cluster; threads of this machine if absent
     */
    @SuppressWarnings("try") // the lock works by being held
    public static RunResult resume(
            Path folder, List<String> overrides, Optional<String> master, RunListener... listeners) {
        master.ifPresent(Whereabouts::provider);
        RunFolder run = RunFolder.open(folder);
        try (FolderLock lock = run.lock();
                Runner runner =
                        new Runner(Resumption.of(run, overrides), run, RunListener.all(List.of(listeners)), master)) {
            runner.resume();
            return new RunResult(runner, runner.evaluate(OptionalInt.empty()));
        }
    }

    /** The complete recipe, defaults included. */
    public Map<String, Object> resolved() {
        return options.resolved();
    }

    /** The learner of episodes. @throws OptionsException if tasks are of another kind */
    public Predictor<Episodes> learner() {
        return episodes().learner();
    }

    private Joint<Episodes> episodes() {
        return joint.as(TaskKind.EPISODES, method.name());
    }

    /** The tasks of a joint of this experiment, with their data in memory. */
    public <T extends TaskBatch<T>> Tasks<T> load(Joint<T> of) {
        Optional<TaskSet> episodes = tasks.givesEpisodes() ? Optional.of(tasks.load()) : Optional.empty();
        return of.tasks().apply(episodes, LoadListener.NONE);
    }

    MetaAlgorithm<Episodes> algorithm() {
        return algorithm(episodes());
    }

    /** The state before training as it is drawn, without a warm start, whose file only the beginning of training needs; the caller owns it. */
    <T extends TaskBatch<T>> MetaState drawn(Joint<T> of) {
        return metaGradient.algorithm(of.learner(), optimizer).init(Seeds.generator(seed, "meta-parameters"));
    }

    <T extends TaskBatch<T>> MetaAlgorithm<T> algorithm(Joint<T> of) {
        MetaAlgorithm<T> algorithm = metaGradient.algorithm(of.learner(), optimizer);
        Optional<UnaryOperator<MetaState>> start = schedule.warmStart()
                .<UnaryOperator<MetaState>>map(WarmStart::new)
                .or(() -> schedule.initFrom().map(InitFrom::new));
        return start.<MetaAlgorithm<T>>map(change -> new StartFrom<>(algorithm, change))
                .orElse(algorithm);
    }

    /** What tasks with queries are measured by. @throws OptionsException if tasks are of another kind */
    public Measure<Episodes> measure() {
        return episodes().measure();
    }

    <T extends TaskBatch<T>> Optional<Evaluator<T>> validation(Joint<T> of, Tasks<T> data) {
        return data.validation()
                .filter(source -> schedule.validateEvery() > 0)
                .map(source -> evaluator(of, source, measurement.validationTasks(), "validation"));
    }

    /** Measures on test tasks; {@code number} of them. */
    Evaluator<Episodes> test(TaskSet data, int number) {
        return test(episodes(), data.test(), number);
    }

    /** Measures on these tasks. */
    <T extends TaskBatch<T>> Evaluator<T> test(Joint<T> of, TaskSource<T> source, int number) {
        return evaluator(of, source, number, "test");
    }

    private <T extends TaskBatch<T>> Evaluator<T> evaluator(
            Joint<T> of, TaskSource<T> source, int number, String purpose) {
        return new Evaluator<>(source, of.measure(), number, measurement.shard(), Seeds.branch(seed, purpose));
    }

    private static Method method(Options o) {
        String name = o.required("name", "the method to train; see \"deutero methods\"");
        return Methods.named(name)
                .orElseThrow(() -> new OptionsException(
                        "there is no method \"" + name + "\"" + Suggestions.phrase(name, Methods.names())
                                + " (methods: " + String.join(", ", Methods.names()) + ")"));
    }
}
