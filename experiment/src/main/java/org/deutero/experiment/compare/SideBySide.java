package org.deutero.experiment.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.deutero.experiment.base.UserException;
import org.deutero.experiment.base.Version;
import org.deutero.experiment.report.ComparisonData;
import org.deutero.experiment.report.ComparisonData.Pair;
import org.deutero.experiment.report.ComparisonData.Point;
import org.deutero.experiment.report.ComparisonData.Run;
import org.deutero.experiment.report.Judgement;
import org.deutero.learn.evaluate.Difference;
import org.deutero.learn.evaluate.Measure;
import org.deutero.learn.evaluate.Summary;
import org.deutero.learn.shards.Workers;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;

/** Measures trained runs side by side. */
public final class SideBySide {
    private static final int CURVE_TASKS = 100;

    private final Lineup lineup;
    private final Workers workers;
    private final Consumer<String> progress;
    private final int tasks;
    private final int curveTasks;

    private SideBySide(
            Lineup lineup, Workers workers, Consumer<String> progress, OptionalInt tasks, OptionalInt curveTasks) {
        this.lineup = lineup;
        this.workers = workers;
        this.progress = progress;
        this.tasks = tasks.orElse(first().experiment().measurement().tasks());
        this.curveTasks = curveTasks.orElse(Math.min(CURVE_TASKS, this.tasks));
    }

    /**
     * Measures runs on the tasks of the first.
     *
     * @param folders of the runs, at least two
     * @param overrides {@code key=value}, for the recipes of all of them
     * @param tasks number of test tasks, instead of the first recipe's
     * @param curveTasks test tasks of each point of the curves by shots and ways, 0 for no curves
     * @param progress is told what is being done
     * @throws UserException if a folder is no run, or a run cannot be measured as the first one is
     */
    public static ComparisonData measure(
            List<Path> folders,
            List<String> overrides,
            OptionalInt tasks,
            OptionalInt curveTasks,
            Consumer<String> progress) {
        if (folders.size() < 2) {
            throw UserException.usage("a comparison needs at least two runs");
        }
        try (Lineup lineup = Lineup.open(folders, overrides);
                Workers workers =
                        new Workers(lineup.runs().get(0).experiment().schedule().workers())) {
            return new SideBySide(lineup, workers, progress, tasks, curveTasks).measure();
        }
    }

    private Contender first() {
        return lineup.runs().get(0);
    }

    private ComparisonData measure() {
        List<String> notes = new ArrayList<>(lineup.notes());
        List<Measured> measured = new ArrayList<>();
        for (Contender run : lineup.runs()) {
            progress.accept("Measuring " + run.name() + " on " + tasks + " tasks.");
            measured.add(Measured.of(run, tasks, workers));
        }
        progress.accept("Taking the time of one adaptation.");
        double[] milliseconds = AdaptationTime.medians(lineup.runs());
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < measured.size(); i++) {
            runs.add(run(measured.get(i), milliseconds[i], notes));
        }
        Measure<Episodes> measure = first().experiment().measure();
        return new ComparisonData(
                measure.name(),
                measure.higherIsBetter(),
                tasks,
                curveTasks,
                setting(),
                runs,
                pairs(measured, measure),
                notes,
                facts());
    }

    private Run run(Measured measured, double milliseconds, List<String> notes) {
        Contender run = measured.run();
        Summary last = measured.evaluation().last();
        List<Point> byShots = List.of();
        List<Point> byWays = List.of();
        if (curveTasks > 0) {
            progress.accept("Measuring " + run.name() + " with other shots and ways.");
            Conditions conditions = new Conditions(curveTasks, workers);
            byShots = conditions.byShots(run);
            byWays = conditions.byWays(run);
            TaskShape shape = run.experiment().tasks().shape();
            if (shape.classification() && byWays.isEmpty()) {
                notes.add(run.name() + " has one output a class and is measured with " + shape.outputs()
                        + " ways only; it is missing from the curves by ways.");
            }
        }
        Failings failings = Failings.of(measured);
        return new Run(
                run.name(),
                run.folder().path().toString(),
                run.experiment().method().name(),
                last.mean(),
                last.interval(),
                milliseconds,
                measured.bySteps(),
                byShots,
                byWays,
                failings.confusions(),
                failings.worst());
    }

    private static List<Pair> pairs(List<Measured> measured, Measure<Episodes> measure) {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < measured.size(); i++) {
            for (int j = i + 1; j < measured.size(); j++) {
                Measured a = measured.get(i);
                Measured b = measured.get(j);
                boolean same = a.run().differencesTo(b.run()).isEmpty();
                Difference difference = same
                        ? Difference.paired(a.perTask(), b.perTask())
                        : Difference.unpaired(a.perTask(), b.perTask());
                String first = a.run().name();
                String second = b.run().name();
                pairs.add(new Pair(
                        first,
                        second,
                        difference,
                        Judgement.sentence(measure.name(), measure.higherIsBetter(), first, second, difference)));
            }
        }
        return pairs;
    }

    private String setting() {
        Contender run = first();
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

    private Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("tasks", setting());
        facts.put("test tasks", Integer.toString(tasks));
        facts.put("test tasks of each point of the curves", Integer.toString(curveTasks));
        facts.put("seed of the tasks", Long.toString(first().experiment().seed()) + ", from " + first().name());
        for (Contender run : lineup.runs()) {
            facts.put(
                    run.name(),
                    run.folder().path() + ": " + run.experiment().method().title() + ", iteration "
                            + run.trained().state().iteration() + ", "
                            + run.experiment().metaGradient().name());
        }
        facts.put("deutero", Version.deutero());
        facts.put("Java", System.getProperty("java.version"));
        facts.put(
                "system",
                System.getProperty("os.name") + ", " + System.getProperty("os.arch") + ", "
                        + Runtime.getRuntime().availableProcessors() + " processors");
        return facts;
    }
}
