package org.deutero.experiment.rule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deutero.experiment.Experiment;
import org.deutero.experiment.Joint;
import org.deutero.experiment.LoadedLearner;
import org.deutero.experiment.RunFolder;
import org.deutero.experiment.base.UserException;
import org.deutero.experiment.base.Version;
import org.deutero.experiment.recipe.RecipeFile;
import org.deutero.experiment.report.RuleData;
import org.deutero.experiment.report.RuleData.Direction;
import org.deutero.learn.Predictor;
import org.deutero.learn.Seeds;
import org.deutero.learn.capability.OptimizerLearner;
import org.deutero.learn.evaluate.Directions;
import org.deutero.learn.evaluate.Directions.Move;
import org.deutero.learn.evaluate.Evaluator;
import org.deutero.learn.evaluate.Measure;
import org.deutero.learn.evaluate.Summary;
import org.deutero.learn.meta.MetaState;
import org.deutero.learn.shards.Workers;
import org.deutero.methods.scratch.ProblemTraining;
import org.deutero.serve.TrainedOptimizer;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tasks.problem.Problems;
import org.deutero.tensor.Scope;

/** Everything {@code deutero rule} finds out about a run. */
public final class RuleStudy {
    private static final int PARTS = 6;
    private static final int TUNING = 100;
    private static final int PROBLEMS = 20;
    private static final int TUNING_PROBLEMS = 8;

    private final Subject subject;
    private final Settings settings;
    private final StudyListener listener;
    private final List<RuleData.Ground> races = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private List<Direction> directions = List.of();
    private List<Direction> parts = List.of();

    /**
     * What to do.
     *
     * @param grounds data sets to learn, as {@link StudyTasks#experiment} reads them; an empty text for the run's own test tasks, which are also meant if there are none; an optimiser's file is only looked at then
     * @param tasks test tasks of each; 0 for as many as its recipe says
     * @param tuning tasks to choose the optimisers' rates by; 0 for as many as test tasks, at most 100
     * @param directionTasks tasks whose steps are compared with gradients
     * @param directionSteps steps compared at most, 0 for none
     * @param baselines {@code key=value} changes of the optimisers' recipes
     */
    public record Settings(
            List<String> grounds,
            int tasks,
            int tuning,
            int directionTasks,
            int directionSteps,
            List<String> baselines) {
        /** Copies the lists. */
        public Settings {
            grounds = List.copyOf(grounds);
            baselines = List.copyOf(baselines);
        }

        private Settings on(List<String> others) {
            return new Settings(others, tasks, tuning, directionTasks, directionSteps, baselines);
        }
    }

    private RuleStudy(Subject subject, Settings settings, StudyListener listener) {
        this.subject = subject;
        this.settings = settings;
        this.listener = listener;
    }

    /**
     * Studies a trained run.
     *
     * @param listener is told what is being done
     * @throws UserException if a data set does not suit the rule
     */
    public static RuleData of(RunFolder folder, Settings settings, StudyListener listener) {
        try (LoadedLearner<?> trained = LoadedLearner.ofAny(Experiment.of(folder.recipe()), folder)) {
            Settings known = settings.grounds().isEmpty() ? settings.on(List.of("")) : settings;
            return new RuleStudy(Subject.of(folder, trained), known, listener).study();
        }
    }

    /**
     * Studies an optimiser.
     *
     * @param name of its file, or of what comes with the library
     * @throws UserException if tasks are no problems
     */
    @SuppressWarnings("try") // the scope works by being open
    public static RuleData of(String name, TrainedOptimizer optimizer, Settings settings, StudyListener listener) {
        try (Scope s = Scope.open()) {
            return new RuleStudy(Subject.of(name, optimizer), settings, listener).study();
        }
    }

    private RuleData study() {
        Experiment run = subject.experiment();
        MetaState state = subject.state();
        try (Workers workers = new Workers(run.schedule().workers())) {
            // All of them before any work, so that a wrong one is told at once.
            List<Experiment> experiments =
                    settings.grounds().stream().map(this::fitting).toList();
            for (int i = 0; i < experiments.size(); i++) {
                let(experiments.get(i), settings.grounds().get(i), state, workers);
            }
            return new RuleData(
                    subject.title(),
                    run.method().title() + ". Meta-learned: " + run.method().summary() + ". "
                            + state.theta().numel() + " numbers were meta-learned in " + state.iteration()
                            + " meta-iterations." + (subject.note().isEmpty() ? "" : " " + subject.note()),
                    Genes.of(run, state.theta()),
                    directions,
                    parts,
                    races,
                    notes,
                    facts(run, state),
                    RecipeFile.toYaml(run.resolved()));
        }
    }

    private Experiment fitting(String argument) {
        Experiment experiment = subject.ground(argument);
        if (!ofOptimizer() || !trains(experiment)) {
            subject.misfit().misfit(experiment.joint().learner()).ifPresent(reason -> {
                throw UserException.usage("the rule of " + subject.name() + " does not fit "
                        + (argument.isEmpty() ? "its own recipe" : argument) + ": " + reason);
            });
        }
        if (ofOptimizer() && !trains(experiment)) {
            throw UserException.usage("an optimiser trains problems, but the tasks of " + argument + " are "
                    + experiment.joint().kind() + "; expected a source of problems, such as tasks.problem");
        }
        return experiment;
    }

    private boolean ofOptimizer() {
        return subject.experiment().joint().learner().as(OptimizerLearner.class).isPresent();
    }

    private static boolean trains(Experiment experiment) {
        return experiment.joint().kind().equals(TaskKind.PROBLEMS);
    }

    private void train(Experiment experiment, String argument, MetaState state, Workers workers) {
        String name = StudyTasks.name(experiment, argument);
        int tasks = settings.tasks() > 0
                ? settings.tasks()
                : Math.min(PROBLEMS, experiment.measurement().tasks());
        int tuning = settings.tuning() > 0 ? settings.tuning() : Math.min(tasks, TUNING_PROBLEMS);
        ProblemRace race = ProblemRace.of(name, experiment, tasks, tuning, workers);
        listener.begins(ProblemRace.pieces());
        Experiment run = subject.experiment();
        Joint<Problems> own = run.joint().as(TaskKind.PROBLEMS, run.method().name());
        // As whoever uses it has it: without what only meta-training looks at.
        Optional<OptimizerLearner> optimizer = own.learner().as(OptimizerLearner.class);
        races.add(
                optimizer.isPresent()
                        ? race.run(
                                run.method().name(),
                                new ProblemTraining(
                                        optimizer.get().optimizer(state.theta(), true), List.of(1.0), false),
                                Race.NOTHING,
                                listener)
                        : race.run(
                                run.method().name(),
                                experiment
                                        .joint()
                                        .as(TaskKind.PROBLEMS, run.method().name())
                                        .learner(),
                                state,
                                listener));
    }

    @SuppressWarnings("try") // the scope works by being open
    private void let(Experiment experiment, String argument, MetaState state, Workers workers) {
        if (trains(experiment)) {
            try (Scope s = Scope.open()) {
                train(experiment, argument, state, workers);
            }
            return;
        }
        var obstacle = StudyTasks.obstacle(experiment);
        if (obstacle.isPresent()) {
            if (!notes.contains(obstacle.get())) {
                notes.add(obstacle.get());
            }
            return;
        }
        StudyTasks ground =
                StudyTasks.of(experiment, argument, experiment.tasks().load());
        int tasks = settings.tasks() > 0
                ? settings.tasks()
                : experiment.measurement().tasks();
        int tuning = settings.tuning() > 0 ? settings.tuning() : Math.min(tasks, TUNING);
        Race race = new Race(ground, tasks, tuning, settings.baselines(), workers);
        listener.begins(Race.pieces());
        List<Race.Tuned> others = race.tune(listener);
        races.add(race.run(experiment.method().name(), experiment.learner(), state, others, listener));
        if (directions.isEmpty() && settings.directionSteps() > 0) {
            listener.message("Comparing steps with gradients.");
            follow(ground, state, others);
        }
    }

    private void follow(StudyTasks ground, MetaState state, List<Race.Tuned> others) {
        Directions own = directions(ground, ground.experiment().learner(), state);
        List<Direction> all = new ArrayList<>();
        all.add(direction(ground.experiment().method().name(), own, Directions.ALL));
        for (Race.Tuned other : others) {
            all.add(direction(other.name(), directions(ground, other.learner(), Race.NOTHING), Directions.ALL));
        }
        directions = all;
        parts = own.steps().stream()
                .flatMap(step -> step.keySet().stream())
                .distinct()
                .filter(name -> !name.equals(Directions.ALL))
                .limit(PARTS)
                .map(name -> direction(name, own, name))
                .toList();
    }

    @SuppressWarnings("try") // the scope works by being open
    private Directions directions(StudyTasks ground, Predictor<Episodes> learner, MetaState state) {
        Measure<Episodes> loss =
                ground.experiment().tasks().shape().classification() ? Measure.CROSS_ENTROPY : Measure.SQUARED_ERROR;
        long seed = Seeds.branch(ground.experiment().seed(), "test");
        try (Scope s = Scope.open()) {
            Episodes tasks = ground.data().test().sample(settings.directionTasks(), Evaluator.stream(seed));
            return Directions.of(learner, state, tasks, settings.directionSteps(), loss, ground::upcoming, seed);
        }
    }

    private static Direction direction(String name, Directions directions, String part) {
        List<Move> moves =
                directions.steps().stream().map(step -> step.get(part)).toList();
        return new Direction(
                name,
                moves.stream()
                        .mapToDouble(m -> mean(m == null ? null : m.cosine()).mean())
                        .toArray(),
                moves.stream()
                        .mapToDouble(m -> mean(m == null ? null : m.cosine()).interval())
                        .toArray(),
                moves.stream()
                        .mapToDouble(m -> mean(m == null ? null : m.rate()).mean())
                        .toArray());
    }

    private static Summary mean(double[] ofTasks) {
        double[] known = ofTasks == null
                ? new double[0]
                : Arrays.stream(ofTasks).filter(Double::isFinite).toArray();
        return known.length == 0 ? new Summary(Double.NaN, Double.NaN, 0) : Summary.of(known);
    }

    private Map<String, String> facts(Experiment run, MetaState state) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("run", subject.name() + ", meta-iteration " + state.iteration());
        facts.put("meta-trained on", run.tasks().describe());
        if (trains(run)) {
            facts.put(
                    "optimisers",
                    "on the same problems from the same starts on the same mini-batches; each with the rate of nine over four decades that has the lowest mean loss over all steps of other problems, and with a rate that is usual where nobody tunes");
            facts.put(
                    "time",
                    "median of a step, gradient and update, of one problem by itself on one thread of this machine");
            facts.put("deutero", Version.deutero());
            return facts;
        }
        facts.put(
                "optimisers",
                "plain training of a fresh network of the same hidden layers with tanh, on the same streams in the same batches"
                        + (settings.baselines().isEmpty() ? "" : ", with " + String.join(", ", settings.baselines()))
                        + "; each with the rate that has the best mean over the learning curves of other tasks, of nine rates over four decades");
        facts.put(
                "direction",
                "cosine of phi_{t+1} - phi_t with the negative gradient of the loss on what the step is shown, taken through the prediction; entries that the loss does not depend on are left out");
        facts.put("deutero", Version.deutero());
        return facts;
    }
}
