package org.deutero.experiment.report;

import java.util.List;

/**
 * How some test tasks went: a figure of curves by what there is to go by.
 *
 * @param title of the section in which it belongs, the same for figures of one section
 * @param caption one or two sentences
 * @param by what x counts, such as {@code step} or {@code episode}
 * @param metric name of what y is; shares are given as shares of one
 * @param curves in the order of the legend
 */
public record Course(String title, String caption, String by, String metric, List<Curve> curves) {
    /** Copies the list. */
    public Course {
        curves = List.copyOf(curves);
    }

    /** Whose a curve is. */
    public enum Role {
        /** A single task's. */
        TASK,
        /** The mean over many. */
        MEAN,
        /** What it would have been before meta-training. */
        BEFORE
    }

    /**
     * One curve.
     *
     * @param name for the legend
     * @param x ascending
     * @param y as many numbers
     * @param interval half-widths of 95 % intervals, as many; or empty
     */
    @SuppressWarnings("ArrayRecordComponent") // plain data, compared by nobody
    public record Curve(String name, Role role, double[] x, double[] y, double[] interval) {
        /** Without intervals. */
        public Curve(String name, Role role, double[] x, double[] y) {
            this(name, role, x, y, new double[0]);
        }
    }
}
