package org.deutero.experiment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deutero.experiment.base.UserException;
import org.deutero.experiment.measure.Learning;
import org.deutero.experiment.measure.QueryAnswers;
import org.deutero.learn.Predictor;
import org.deutero.learn.Seeds;
import org.deutero.learn.TaskContext;
import org.deutero.learn.evaluate.Summary;
import org.deutero.learn.meta.MetaState;
import org.deutero.learn.shards.Workers;
import org.deutero.tasks.ClassSplit;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.key.KeyedSettings;
import org.deutero.tasks.omniglot.Omniglot;
import org.deutero.tasks.omniglot.OneShotRuns;
import org.deutero.tasks.pictures.ImageSettings;
import org.deutero.tasks.pictures.ImageSource;
import org.deutero.tasks.source.TaskSettings;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * The official one-shot test of Omniglot (Lake, Salakhutdinov, Tenenbaum 2015, Science 350:1332): 20 runs of 20-way one-shot classification
 * within an alphabet, 400 trials.
 *
 * <p>Every trial is a task with one query: the learner labels each drawing by itself, and cannot tell that the 20 of a run have
 * 20 different labels.
 */
public final class OneShotTest {
    /** Its name on the command line. */
    public static final String NAME = "omniglot-oneshot";

    private OneShotTest() {}

    /**
     * One of the 20 runs.
     *
     * @param number from 1
     * @param alphabet of its characters
     * @param errors wrong answers
     * @param trials answers
     */
    public record RunResult(int number, String alphabet, int errors, int trials) {}

    /**
     * All runs.
     *
     * @param runs in their order
     * @param errorRate mean over runs, a share of one
     * @param notes what a reader must know, a sentence each
     */
    public record Result(List<RunResult> runs, Summary errorRate, List<String> notes) {}

    /**
     * Lets a trained run take the test.
     *
     * @param overrides {@code key=value} for its recipe
     * @throws UserException if it was not trained on Omniglot, or cannot have 20 classes
     */
    public static Result measure(RunFolder folder, List<String> overrides) {
        Experiment own = Experiment.of(folder.recipe(overrides));
        Map<?, ?> tasks = section(own, "tasks");
        TaskSettings unscrambled = own.tasks() instanceof KeyedSettings keyed ? keyed.tasks() : own.tasks();
        if (!(unscrambled instanceof ImageSettings settings) || !"omniglot".equals(tasks.get("source"))) {
            throw UserException.usage(folder.path() + " was trained on " + tasks.get("source") + ", but protocol "
                    + NAME + " is for runs on omniglot");
        }
        List<String> notes = new ArrayList<>();
        List<String> changes = new ArrayList<>(overrides);
        changes.add("tasks.way=" + OneShotRuns.WAY);
        changes.add("tasks.train-way=" + OneShotRuns.WAY);
        if ("batch".equals(section(own, "method").get("query-statistics"))) {
            changes.add("method.query-statistics=support");
            notes.add("Measured with method.query-statistics=support: each drawing is labelled by itself, where the"
                    + " run's own setting takes statistics over a batch of queries.");
        }
        Experiment experiment = Experiment.of(folder.recipe(changes));
        try (LoadedLearner<Episodes> trained = LoadedLearner.of(experiment, folder)) {
            Optional<String> misfit = trained.misfit();
            if (misfit.isPresent()) {
                throw UserException.usage(folder.path() + " was trained for " + tasks.get("way")
                        + " classes and has one output for each (" + misfit.get() + "), but protocol " + NAME
                        + " needs "
                        + OneShotRuns.WAY + "; train with tasks.way=" + OneShotRuns.WAY);
            }
            seen(tasks, trained.state()).ifPresent(notes::add);
            List<RunResult> runs = take(experiment, trained, settings);
            double[] rates = runs.stream()
                    .mapToDouble(run -> (double) run.errors() / run.trials())
                    .toArray();
            return new Result(runs, Summary.of(rates), notes);
        }
    }

    @SuppressWarnings("try") // scopes work by being open
    private static List<RunResult> take(
            Experiment experiment, LoadedLearner<Episodes> trained, ImageSettings settings) {
        Predictor<Episodes> learner = trained.learner();
        MetaState state = trained.state();
        List<OneShotRuns.Run> official = OneShotRuns.all();
        try (Scope whole = Scope.open();
                Workers workers = new Workers(experiment.schedule().workers())) {
            Episodes all = OneShotRuns.episodes(settings.format());
            return workers.map(OneShotRuns.RUNS, r -> {
                int errors = 0;
                long seed = Seeds.branch(experiment.seed(), NAME, r);
                for (int i = 0;
                        i < OneShotRuns.WAY;
                        i += experiment.measurement().shard()) {
                    int to = Math.min(
                            OneShotRuns.WAY, i + experiment.measurement().shard());
                    try (Scope s = Scope.open()) {
                        Episodes trials = trials(all.slice(r, r + 1), i, to);
                        TaskContext context = TaskContext.evaluation(seed, state.statistics());
                        errors += errors(learner, state, trials, context);
                    }
                }
                int character = official.get(r).training().get(0).character();
                return new RunResult(r + 1, Omniglot.alphabet(character), errors, OneShotRuns.WAY);
            });
        }
    }

    /** Queries {@code from} to {@code to} of one run, each as a task of its own with the run's support set. */
    private static Episodes trials(Episodes run, int from, int to) {
        int n = to - from;
        return new Episodes(
                Tensors.cat(Collections.nCopies(n, run.supportX()), 0),
                Tensors.cat(Collections.nCopies(n, run.supportY()), 0),
                run.queryX().slice(1, from, to).transpose(0, 1),
                run.queryY().slice(1, from, to).transpose(0, 1),
                run.way());
    }

    private static int errors(Predictor<Episodes> learner, MetaState state, Episodes trials, TaskContext context) {
        Params phi = Learning.adapt(learner, state.theta(), trials, context);
        int steps = learner.evaluationSteps(trials);
        Tensor logits = GradMode.off(() -> learner.predict(state.theta(), phi, trials, context.at(steps, false)));
        long[] labels = trials.queryY().contiguous().longs();
        List<QueryAnswers> answers = QueryAnswers.of(logits);
        int errors = 0;
        for (int i = 0; i < labels.length; i++) {
            errors += answers.get(i).predicted()[0] == labels[i] ? 0 : 1;
        }
        return errors;
    }

    /** Says so if characters of the test were used in training, as they are by every split but Lake's own. */
    private static Optional<String> seen(Map<?, ?> tasks, MetaState state) {
        String split = String.valueOf(tasks.get("split"));
        long seed = tasks.get("split-seed") instanceof Number number ? number.longValue() : 0;
        ClassSplit parts = ImageSource.omniglot(split, seed);
        Set<Integer> used = new HashSet<>(parts.train());
        used.addAll(parts.validation());
        List<Integer> asked = OneShotRuns.all().stream()
                .flatMap(run -> run.training().stream())
                .map(OneShotRuns.Drawing::character)
                .distinct()
                .toList();
        long known = asked.stream().filter(used::contains).count();
        return known == 0 || state.iteration() == 0
                ? Optional.empty()
                : Optional.of("The run was trained with tasks.split=" + split + ", whose classes for training and"
                        + " validation hold " + known + " of the " + asked.size()
                        + " characters of this test; the published protocol trains on other alphabets"
                        + " (tasks.split=lake).");
    }

    private static Map<?, ?> section(Experiment experiment, String name) {
        return experiment.resolved().get(name) instanceof Map<?, ?> section ? section : Map.of();
    }
}
