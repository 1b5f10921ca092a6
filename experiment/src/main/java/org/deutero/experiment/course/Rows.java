package org.deutero.experiment.course;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.deutero.experiment.report.Course.Curve;
import org.deutero.experiment.report.Course.Role;
import org.deutero.learn.evaluate.Summary;

/**
 * Numbers of some tasks, row by row.
 *
 * @param x of each row, ascending
 * @param rows one number a task each; NaN where a task has none
 */
record Rows(List<Double> x, List<double[]> rows) {
    Rows() {
        this(new ArrayList<>(), new ArrayList<>());
    }

    void add(double at, double[] row) {
        x.add(at);
        rows.add(row);
    }

    private double[] places() {
        return x.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The curve of one task. */
    Curve task(String name, Role role, int task) {
        return new Curve(
                name,
                role,
                places(),
                rows.stream().mapToDouble(row -> row[task]).toArray());
    }

    /** The curves of the first tasks. */
    List<Curve> tasks(String name, int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> task(name + " " + (i + 1), Role.TASK, i))
                .toList();
    }

    /** The mean curve, with intervals. */
    Curve mean(String name, Role role) {
        List<Summary> each = rows.stream().map(Summary::of).toList();
        return new Curve(
                name,
                role,
                places(),
                each.stream().mapToDouble(Summary::mean).toArray(),
                each.stream().mapToDouble(Summary::interval).toArray());
    }
}
