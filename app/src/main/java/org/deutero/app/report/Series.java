package org.deutero.app.report;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * One curve of a chart. Points that are not finite leave a gap.
 *
 * @param name for the legend; empty keeps it out of legend and tooltip
 * @param style CSS class that gives the colour: {@code c1} to {@code c6}, {@code truth}, {@code before}
 * @param low lower ends of intervals, as long as {@code y}; or empty
 * @param high upper ends
 * @param form how it is drawn
 */
@SuppressWarnings("ArrayRecordComponent") // plain data, compared by nobody
record Series(String name, String style, double[] x, double[] y, double[] low, double[] high, Form form) {
    /** Ways to draw a series. */
    enum Form {
        /** A line, with a band if there are intervals. */
        LINE,
        /** A faint line behind others. */
        FAINT,
        /** A line with dots and error bars. */
        DOTS,
        /** Dots without a line. */
        POINTS,
        /** A dashed line: expected, not measured. */
        DASHED,
        /** A thin dotted line to compare with. */
        DOTTED,
        /** Rings without a line, around points that matter. */
        RINGS
    }

    static Series line(String name, String style, double[] x, double[] y) {
        return new Series(name, style, x, y, new double[0], new double[0], Form.LINE);
    }

    Series as(Form other) {
        return new Series(name, style, x, y, low, high, other);
    }

    /** With intervals of the given half-widths; an unknown half-width counts as none. */
    Series interval(double[] half) {
        double[] low = IntStream.range(0, y.length)
                .mapToDouble(i -> y[i] - known(half[i]))
                .toArray();
        double[] high = IntStream.range(0, y.length)
                .mapToDouble(i -> y[i] + known(half[i]))
                .toArray();
        return new Series(name, style, x, y, low, high, form);
    }

    /** With gaps where a value has no logarithm. */
    Series positive() {
        double[] kept = DoubleStream.of(y).map(v -> v > 0 ? v : Double.NaN).toArray();
        return new Series(name, style, x, kept, low, high, form);
    }

    boolean hasInterval() {
        return low.length == y.length && y.length > 0;
    }

    private static double known(double half) {
        return Double.isFinite(half) ? half : 0;
    }
}
