package org.deutero.learn.evaluate;

import java.util.Arrays;
import java.util.List;

/**
 * The result of an evaluation: one row a step of learning, one column a task. Two learners evaluated with equal seeds have met the same
 * tasks, so their columns can be compared in pairs.
 *
 * @param measure name of the measure
 * @param perTask [steps + 1][tasks]; row 0 is before the first step; a single row if only the end was asked for
 */
public record Evaluation(String measure, List<double[]> perTask) {
    /** After the last step. */
    public Summary last() {
        return Summary.of(perTask.get(perTask.size() - 1));
    }

    /** The mean over all rows of each task: of a measurement before every step, how a task went as a whole. */
    public Summary overall() {
        return overall(0);
    }

    /** The mean over rows of each task from this one on. @throws IllegalArgumentException if there is none */
    public Summary overall(int from) {
        return Summary.of(means(from));
    }

    /** The same for each task by itself; not finite where any of its rows is not. @throws IllegalArgumentException if there is no such row */
    public double[] means(int from) {
        if (from < 0 || from >= perTask.size()) {
            throw new IllegalArgumentException(
                    "there is no row " + from + " in an evaluation of " + perTask.size() + " rows");
        }
        List<double[]> rows = perTask.subList(from, perTask.size());
        double[] means = new double[perTask.get(0).length];
        Arrays.setAll(
                means,
                task -> Summary.mean(rows.stream().mapToDouble(row -> row[task]).toArray()));
        return means;
    }

    /** After each step, the first being before any. */
    public List<Summary> bySteps() {
        return perTask.stream().map(Summary::of).toList();
    }
}
