package org.deutero.experiment.compare;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deutero.experiment.Examples;
import org.deutero.experiment.measure.QueryAnswers;
import org.deutero.experiment.report.ComparisonData.Confusion;
import org.deutero.experiment.report.ComparisonData.Picture;
import org.deutero.experiment.report.ComparisonData.Worst;
import org.deutero.experiment.report.ReportData.Adaptation;
import org.deutero.experiment.report.ReportData.Episode;
import org.deutero.tasks.Episodes;

/**
 * Where a run goes wrong.
 *
 * @param confusions classes it takes for each other
 * @param worst tasks it does worst on
 */
record Failings(List<Confusion> confusions, List<Worst> worst) {
    private static final int PAIRS = 20;
    private static final int WORST = 10;
    private static final int FEWEST = 2;

    /** Numbers in the pictures of all worst tasks of a run: beyond that a page becomes too heavy to open. */
    private static final long PIXELS = 4_000_000;

    static Failings of(Measured<Episodes> measured) {
        Contender<Episodes> run = measured.run();
        int tasks = measured.perTask().length;
        List<Confusions.Count> pairs = pairs(measured, tasks);
        List<Integer> worst = worst(measured);
        Map<Integer, Worst> shown = new HashMap<>();
        Map<Confusions.Count, Confusion> pictured = new HashMap<>();
        long[] room = {PIXELS};
        int last = IntStream.concat(
                        worst.stream().mapToInt(Integer::intValue),
                        pairs.stream().mapToInt(Confusions.Count::task))
                .max()
                .orElse(-1);
        RedrawnTasks.each(run, last + 1, (number, task, classes) -> {
            if (worst.contains(number)) {
                long size = (long) (task.supportSize() + task.querySize()) * numbers(task);
                if (shown.size() < FEWEST || size <= room[0]) {
                    room[0] -= size;
                    shown.put(number, worst(measured, number, task, classes));
                }
            }
            pairs.stream()
                    .filter(pair -> pair.task() == number)
                    .forEach(pair -> pictured.put(pair, pictured(measured, pair, task, classes)));
        });
        return new Failings(
                pairs.stream().map(pictured::get).toList(),
                worst.stream().filter(shown::containsKey).map(shown::get).toList());
    }

    private static List<Confusions.Count> pairs(Measured<Episodes> measured, int tasks) {
        Confusions confusions = new Confusions();
        if (!measured.answers().isEmpty()) {
            RedrawnTasks.each(measured.run(), tasks, (number, task, classes) -> {
                if (!classes.isEmpty()) {
                    confusions.add(number, classes, measured.answers().get(number));
                }
            });
        }
        return confusions.worst(PAIRS);
    }

    /** The worst first, and worst of all those that diverged; of equally bad ones the earlier first. */
    private static List<Integer> worst(Measured<Episodes> measured) {
        double[] metric = measured.perTask();
        double sign = measured.run().experiment().measure().higherIsBetter() ? 1 : -1;
        return IntStream.range(0, metric.length)
                .boxed()
                .sorted(Comparator.comparingDouble(
                        (Integer i) -> Double.isFinite(metric[i]) ? sign * metric[i] : Double.NEGATIVE_INFINITY))
                .limit(WORST)
                .toList();
    }

    private static Worst worst(Measured<Episodes> measured, int number, Episodes task, List<String> classes) {
        double metric = measured.perTask()[number];
        if (measured.answers().isEmpty()) {
            Contender<Episodes> run = measured.run();
            List<Adaptation> drawn =
                    Examples.adaptations(run.trained().learner(), run.trained().state(), task, run.seed());
            return new Worst(number, metric, classes, null, drawn.isEmpty() ? null : drawn.get(0));
        }
        QueryAnswers answers = measured.answers().get(number);
        List<Episode> drawn = Examples.episodes(task, List.of(answers));
        return new Worst(number, metric, classes, drawn.isEmpty() ? null : drawn.get(0), null);
    }

    private static Confusion pictured(
            Measured<Episodes> measured, Confusions.Count pair, Episodes task, List<String> classes) {
        QueryAnswers answers = measured.answers().get(pair.task());
        int truth = pair.query() / (task.querySize() / classes.size());
        int taken = answers.predicted()[pair.query()];
        boolean pictures = task.inputShape().length == 3;
        int shot = task.supportSize() / classes.size();
        return new Confusion(
                pair.first(),
                pair.second(),
                pair.mistakes(),
                pair.chances(),
                pictures ? picture(classes.get(truth), task, true, pair.query()) : null,
                pictures ? picture(classes.get(taken), task, false, taken * shot) : null);
    }

    private static Picture picture(String name, Episodes task, boolean query, int item) {
        long[] shape = task.inputShape();
        float[] pixels = (query ? task.queryX() : task.supportX())
                .select(0, 0)
                .select(0, item)
                .reshape(-1)
                .floats();
        return new Picture(name, pixels, (int) shape[0], (int) shape[1], (int) shape[2]);
    }

    private static long numbers(Episodes task) {
        long numbers = 1;
        for (long size : task.inputShape()) {
            numbers *= size;
        }
        return numbers;
    }
}
