package org.deutero.app.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deutero.app.report.Series.Form;
import org.deutero.experiment.report.Numbers;

/**
 * Curves over a common axis as an SVG element: axes with round ticks, bands or bars for intervals, a legend, and
 * the values as data for the page's tooltip. Colours come from the page's style sheet.
 */
final class LineChart {
    private static final double WIDTH = 480;
    private static final double LEFT = 56;
    private static final double RIGHT = 14;
    private static final double TOP = 12;
    private static final double BOTTOM = 44;

    private final String xLabel;
    private final String yLabel;
    private final List<Series> series = new ArrayList<>();
    private double height = 290;
    private boolean logX;
    private boolean wholeX;
    private boolean logY;
    private String unit = "";
    private double floor = Double.NaN;
    private double ceiling = Double.NaN;
    private boolean whole;
    private double[] xTicks = {};
    private final List<Region> regions = new ArrayList<>();

    /** A part of the horizontal axis with a name; infinite ends are those of the axis. */
    private record Region(double from, double to, String name) {}

    LineChart(String xLabel, String yLabel) {
        this.xLabel = xLabel;
        this.yLabel = yLabel;
    }

    LineChart add(Series curve) {
        series.add(curve);
        return this;
    }

    LineChart height(double units) {
        height = units;
        return this;
    }

    /** Logarithmic x; points at or below zero are left out. */
    LineChart logX() {
        logX = true;
        return this;
    }

    /** x counts something: ticks at whole numbers only. */
    LineChart wholeX() {
        wholeX = true;
        return this;
    }

    /** Logarithmic y if all values are positive and span more than a factor of 20. */
    LineChart logYWhereItHelps() {
        double low = values().min().orElse(0);
        logY = low > 0 && values().max().orElse(0) > 20 * low;
        return this;
    }

    /** Logarithmic y; points at or below zero are left out. */
    LineChart logY() {
        logY = true;
        return this;
    }

    /** Values are shares: shown in per cent and never beyond 0 and 100. */
    LineChart percent() {
        unit = " %";
        floor = 0;
        ceiling = 100;
        return this;
    }

    /** The whole range that values can have, whatever they are, so that charts beside each other compare. */
    LineChart whole() {
        whole = true;
        return this;
    }

    /** Ticks at these values of x, for an axis on which they are rounder than those of tens. */
    LineChart ticksAt(double... x) {
        xTicks = x.clone();
        return this;
    }

    /**
     * Names a part of the horizontal axis, behind the curves; neighbours are shaded in turn.
     *
     * @param from its left end, minus infinity for that of the axis
     * @param to its right end, infinity for that of the axis
     */
    LineChart region(double from, double to, String name) {
        regions.add(new Region(from, to, name));
        return this;
    }

    /** The SVG element. */
    String svg() {
        Axis xAxis = xAxis();
        Axis yAxis = yAxis();
        DoubleUnaryOperator px = x -> LEFT + xAxis.fraction(x) * (WIDTH - LEFT - RIGHT);
        DoubleUnaryOperator py = y -> height - BOTTOM - yAxis.fraction(y) * (height - TOP - BOTTOM);
        StringBuilder svg = new StringBuilder();
        svg.append("<svg class=\"chart\" viewBox=\"0 0 ")
                .append(Numbers.coordinate(WIDTH))
                .append(' ')
                .append(Numbers.coordinate(height))
                .append("\" role=\"img\" aria-label=\"")
                .append(Markup.escape(yLabel + " by " + xLabel))
                .append("\" data-chart=\"")
                .append(Markup.escape(ChartData.json(shown(), px, py, xLabel, unit)))
                .append("\">\n");
        regions(svg, px);
        grid(svg, xAxis, yAxis, px, py);
        for (Series curve : drawable()) {
            svg.append(ChartMarks.draw(curve, px, py));
        }
        svg.append("<line class=\"cursor\" y1=\"")
                .append(TOP)
                .append("\" y2=\"")
                .append(height - BOTTOM);
        return svg.append("\"/>\n</svg>\n").append(ChartMarks.legend(shown())).toString();
    }

    private void regions(StringBuilder svg, DoubleUnaryOperator px) {
        for (int i = 0; i < regions.size(); i++) {
            Region region = regions.get(i);
            double left = Double.isInfinite(region.from) ? LEFT : px.applyAsDouble(region.from);
            double right = Double.isInfinite(region.to) ? WIDTH - RIGHT : px.applyAsDouble(region.to);
            svg.append("<rect class=\"region ")
                    .append(i % 2 == 0 ? "even" : "odd")
                    .append("\" x=\"")
                    .append(Numbers.coordinate(left))
                    .append("\" y=\"")
                    .append(Numbers.coordinate(TOP))
                    .append("\" width=\"")
                    .append(Numbers.coordinate(right - left))
                    .append("\" height=\"")
                    .append(Numbers.coordinate(height - TOP - BOTTOM))
                    .append("\"/>\n");
            text(svg, "region middle", (left + right) / 2, TOP - 4, region.name);
        }
    }

    private void grid(StringBuilder svg, Axis xs, Axis ys, DoubleUnaryOperator px, DoubleUnaryOperator py) {
        double bottom = height - BOTTOM;
        for (double tick : ys.ticks()) {
            double y = py.applyAsDouble(tick);
            line(svg, "grid", LEFT, y, WIDTH - RIGHT, y);
            text(svg, "tick end", LEFT - 7, y + 3.5, Numbers.brief(tick));
        }
        line(svg, "axis", LEFT, bottom, WIDTH - RIGHT, bottom);
        for (double tick : xTicks.length > 0 ? Arrays.stream(xTicks).boxed().toList() : xs.ticks()) {
            if (wholeX && tick != Math.rint(tick)) {
                continue;
            }
            double x = px.applyAsDouble(tick);
            line(svg, "axis", x, bottom, x, bottom + 4);
            text(svg, "tick middle", x, bottom + 16, Numbers.brief(tick));
        }
        text(svg, "label middle", (LEFT + WIDTH - RIGHT) / 2, height - 8, xLabel);
        double middle = (TOP + bottom) / 2;
        svg.append("<text class=\"label middle\" transform=\"translate(13 ")
                .append(Numbers.coordinate(middle))
                .append(") rotate(-90)\">")
                .append(Markup.escape(yLabel + (unit.isEmpty() ? "" : " (%)")))
                .append("</text>\n");
    }

    private Axis xAxis() {
        var xs =
                drawable().stream().flatMapToDouble(s -> DoubleStream.of(s.x())).summaryStatistics();
        boolean dots = series.stream().anyMatch(curve -> curve.form() == Form.DOTS);
        return Axis.over(xs.getMin(), xs.getMax(), logX, dots);
    }

    private Axis yAxis() {
        if (whole) {
            return new Axis(floor, ceiling, false);
        }
        Axis axis = Axis.over(values().min().orElse(Double.NaN), values().max().orElse(Double.NaN), logY, true);
        double low = Double.isNaN(floor) ? axis.low() : Math.max(axis.low(), floor);
        double high = Double.isNaN(ceiling) ? axis.high() : Math.min(axis.high(), ceiling);
        return low < high ? new Axis(low, high, logY) : axis;
    }

    private DoubleStream values() {
        return series.stream()
                .flatMapToDouble(s -> Stream.of(s.y(), s.low(), s.high()).flatMapToDouble(DoubleStream::of))
                .filter(y -> Double.isFinite(y) && (!logY || y > 0));
    }

    /** The faint curves first, so that they lie behind. */
    private List<Series> drawable() {
        List<Series> ordered = new ArrayList<>();
        for (Series curve : logX ? series.stream().map(LineChart::positive).toList() : series) {
            ordered.add(curve.form() == Form.FAINT ? 0 : ordered.size(), logY ? curve.positive() : curve);
        }
        return ordered;
    }

    private List<Series> shown() {
        return series.stream().filter(curve -> !curve.name().isEmpty()).toList();
    }

    private static Series positive(Series curve) {
        int[] keep = IntStream.range(0, curve.x().length)
                .filter(i -> curve.x()[i] > 0)
                .toArray();
        UnaryOperator<double[]> pick = values -> values.length == 0
                ? values
                : Arrays.stream(keep).mapToDouble(i -> values[i]).toArray();
        return new Series(
                curve.name(),
                curve.style(),
                pick.apply(curve.x()),
                pick.apply(curve.y()),
                pick.apply(curve.low()),
                pick.apply(curve.high()),
                curve.form());
    }

    private static void line(StringBuilder svg, String style, double x1, double y1, double x2, double y2) {
        svg.append("<line class=\"").append(style);
        svg.append("\" x1=\"").append(Numbers.coordinate(x1)).append("\" y1=\"").append(Numbers.coordinate(y1));
        svg.append("\" x2=\"").append(Numbers.coordinate(x2)).append("\" y2=\"").append(Numbers.coordinate(y2));
        svg.append("\"/>\n");
    }

    private static void text(StringBuilder svg, String style, double x, double y, String text) {
        svg.append("<text class=\"").append(style);
        svg.append("\" x=\"").append(Numbers.coordinate(x)).append("\" y=\"").append(Numbers.coordinate(y));
        svg.append("\">").append(Markup.escape(text)).append("</text>\n");
    }
}
