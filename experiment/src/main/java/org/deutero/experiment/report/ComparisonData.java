package org.deutero.experiment.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deutero.experiment.report.ReportData.Adaptation;
import org.deutero.experiment.report.ReportData.Episode;
import org.deutero.learn.evaluate.Difference;

/**
 * Several runs measured side by side.
 *
 * @param metricName {@code accuracy} (a share of one) or another, such as {@code mse}
 * @param higherIsBetter whether more of it is better
 * @param tasks test tasks of each run
 * @param curveTasks test tasks of each point of the curves by shots and ways
 * @param steps what the curves by steps go by, such as {@code inner step} or {@code instance}
 * @param setting of the tasks, in words
 * @param runs in the order given
 * @param learning how meta-training went, seeds together; may be empty
 * @param pairs every two of them
 * @param notes what a reader must know, a sentence each
 * @param facts under which conditions, in the order shown
 */
public record ComparisonData(
        String metricName,
        boolean higherIsBetter,
        int tasks,
        int curveTasks,
        String steps,
        String setting,
        List<Run> runs,
        List<Course> learning,
        List<Pair> pairs,
        List<String> notes,
        Map<String, String> facts) {
    /** Copies the collections. */
    public ComparisonData {
        runs = List.copyOf(runs);
        learning = List.copyOf(learning);
        pairs = List.copyOf(pairs);
        notes = List.copyOf(notes);
        facts = new LinkedHashMap<>(facts);
    }

    /**
     * One run.
     *
     * @param name of the run
     * @param folder where it lies
     * @param method in its recipe
     * @param metric mean over the tasks that did not diverge
     * @param interval half-width of its 95 % interval
     * @param diverged tasks that did
     * @param milliseconds of learning one task, the median
     * @param bySteps the metric after 0, 1, 2, ... inner steps, or by what the comparison's {@code steps} names; may be empty
     * @param byShots the metric by shots
     * @param byWays the metric by ways
     * @param confusions pairs of classes it takes for each other, the worst first
     * @param worst its worst tasks, the worst first
     */
    public record Run(
            String name,
            String folder,
            String method,
            double metric,
            double interval,
            int diverged,
            double milliseconds,
            List<Point> bySteps,
            List<Point> byShots,
            List<Point> byWays,
            List<Confusion> confusions,
            List<Worst> worst) {
        /** Copies the lists. */
        public Run {
            bySteps = List.copyOf(bySteps);
            byShots = List.copyOf(byShots);
            byWays = List.copyOf(byWays);
            confusions = List.copyOf(confusions);
            worst = List.copyOf(worst);
        }
    }

    /** The metric under one condition, with the half-width of its 95 % interval and the number of tasks that it leaves out because they diverged. */
    public record Point(int x, double metric, double interval, int diverged) {}

    /**
     * Two runs.
     *
     * @param difference of the metric, first minus second
     * @param verdict the same as a sentence
     */
    public record Pair(String first, String second, Difference difference, String verdict) {}

    /**
     * Two classes that are taken for each other.
     *
     * @param first a class
     * @param second another
     * @param mistakes queries of either that were answered with the other
     * @param chances queries of either in tasks that held both
     * @param mistaken an example: a query of one that was taken for the other; null where there are no pictures
     * @param taken what it was taken for: a support picture of that class; null where there are no pictures
     */
    public record Confusion(String first, String second, int mistakes, int chances, Picture mistaken, Picture taken) {}

    /**
     * A picture of a class.
     *
     * @param name of the class
     * @param pixels [channels * height * width]
     */
    @SuppressWarnings("ArrayRecordComponent") // plain data, compared by nobody
    public record Picture(String name, float[] pixels, int channels, int height, int width) {}

    /**
     * A task that went badly.
     *
     * @param number of the task in the evaluation, from 0
     * @param metric of this task
     * @param classes its classes in the order of the labels; empty for regression
     * @param episode its pictures and the answers, or null
     * @param adaptation the function that was to be learned, or null
     */
    public record Worst(int number, double metric, List<String> classes, Episode episode, Adaptation adaptation) {
        /** Copies the list. */
        public Worst {
            classes = List.copyOf(classes);
        }
    }
}
