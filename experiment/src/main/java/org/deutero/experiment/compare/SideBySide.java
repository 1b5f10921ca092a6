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
import org.deutero.experiment.report.ComparisonData.Run;
import org.deutero.experiment.report.Judgement;
import org.deutero.learn.evaluate.Difference;
import org.deutero.learn.shards.Workers;
import org.deutero.tasks.TaskBatch;
import org.deutero.tasks.kind.TaskKind;

/**
 * Measures trained runs side by side.
 *
 * @param <T> tasks in a batch
 */
public final class SideBySide<T extends TaskBatch<T>> {
    private static final int CURVE_TASKS = 100;

    private final Lineup<T> lineup;
    private final Look<T> look;
    private final Workers workers;
    private final Consumer<String> progress;
    private final List<String> notes;
    private final int tasks;
    private final int curveTasks;

    private SideBySide(
            Lineup<T> lineup, Workers workers, Consumer<String> progress, OptionalInt tasks, OptionalInt curveTasks) {
        this.lineup = lineup;
        this.workers = workers;
        this.progress = progress;
        this.notes = new ArrayList<>(lineup.notes());
        this.tasks = tasks.orElse(first().experiment().measurement().tasks());
        this.curveTasks = curveTasks.orElse(Math.min(CURVE_TASKS, this.tasks));
        this.look = look();
    }

    /**
     * Measures runs on the tasks of the first.
     *
     * @param folders of the runs, at least two
     * @param overrides {@code key=value}, for the recipes of all of them
     * @param tasks number of test tasks, instead of the first recipe's
     * @param curveTasks test tasks of each point of the curves by shots and ways, 0 for no curves; only episodes have such
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
        try (Lineup<?> lineup = Lineup.open(folders, overrides);
                Workers workers =
                        new Workers(lineup.runs().get(0).experiment().schedule().workers())) {
            return new SideBySide<>(lineup, workers, progress, tasks, curveTasks).measure();
        }
    }

    private Contender<T> first() {
        return lineup.runs().get(0);
    }

    @SuppressWarnings("unchecked") // equal kinds have equal types
    private Look<T> look() {
        if (!first().joint().kind().equals(TaskKind.EPISODES)) {
            return new ProtocolLook<>(first());
        }
        return (Look<T>) new EpisodeLook(first().experiment().measure(), curveTasks, workers, progress, notes::add);
    }

    private ComparisonData measure() {
        List<Measured<T>> measured = new ArrayList<>();
        for (Contender<T> run : lineup.runs()) {
            progress.accept("Measuring " + run.name() + " on " + tasks + " tasks.");
            measured.add(look.measure(run, tasks, workers));
        }
        progress.accept("Taking the time of one adaptation.");
        double[] milliseconds = AdaptationTime.medians(lineup.runs());
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < measured.size(); i++) {
            runs.add(look.tell(measured.get(i), milliseconds[i]));
        }
        return new ComparisonData(
                look.measured(),
                look.higherIsBetter(),
                tasks,
                curveTasks,
                look.steps(),
                look.setting(first()),
                runs,
                LearningCurves.of(lineup.runs(), look.measured()),
                pairs(measured),
                notes,
                facts());
    }

    private List<Pair> pairs(List<Measured<T>> measured) {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < measured.size(); i++) {
            for (int j = i + 1; j < measured.size(); j++) {
                Measured<T> a = measured.get(i);
                Measured<T> b = measured.get(j);
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
                        Judgement.sentence(look.measured(), look.higherIsBetter(), first, second, difference)));
            }
        }
        return pairs;
    }

    private Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("tasks", look.setting(first()));
        facts.put("test tasks", Integer.toString(tasks));
        facts.putAll(look.facts());
        facts.put("seed of the tasks", Long.toString(first().experiment().seed()) + ", from " + first().name());
        for (Contender<T> run : lineup.runs()) {
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
