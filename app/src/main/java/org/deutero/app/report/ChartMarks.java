package org.deutero.app.report;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.deutero.app.report.Series.Form;
import org.deutero.experiment.report.Numbers;

/** The marks of one series in drawing units, and legends. */
final class ChartMarks {
    private static final String DOT = "<circle class=\"dot\" r=\"3.5\" cx=\"";
    private static final String RING = "<circle class=\"ring\" r=\"6.5\" cx=\"";

    private ChartMarks() {}

    static String draw(Series s, DoubleUnaryOperator px, DoubleUnaryOperator py) {
        StringBuilder svg = new StringBuilder("<g class=\"" + s.style() + "\">\n");
        if (s.hasInterval()) {
            svg.append(s.form() == Form.LINE ? band(s, px, py) : bars(s, px, py));
        }
        if (s.form() != Form.POINTS && s.form() != Form.RINGS) {
            svg.append("<path class=\"")
                    .append(style(s.form()))
                    .append("\" d=\"")
                    .append(path(s.x(), s.y(), px, py))
                    .append("\"/>\n");
        }
        if (s.form() == Form.DOTS || s.form() == Form.POINTS || s.form() == Form.RINGS) {
            for (int i = 0; i < s.y().length; i++) {
                if (Double.isFinite(s.y()[i])) {
                    svg.append(s.form() == Form.RINGS ? RING : DOT)
                            .append(at(px, s.x()[i]))
                            .append("\" cy=\"")
                            .append(at(py, s.y()[i]))
                            .append("\"/>\n");
                }
            }
        }
        return svg.append("</g>\n").toString();
    }

    private static String style(Form form) {
        return switch (form) {
            case FAINT -> "curve faint";
            case DASHED -> "curve dashed";
            case DOTTED -> "curve dotted";
            default -> "curve";
        };
    }

    static String legend(List<Series> shown) {
        if (shown.size() < 2) {
            return "";
        }
        StringBuilder html = new StringBuilder("<div class=\"legend\">");
        for (Series s : shown) {
            html.append("<span class=\"")
                    .append(s.style())
                    .append("\"><i class=\"")
                    .append(s.form() == Form.POINTS ? "key point" : s.form() == Form.DOTTED ? "key dotted" : "key")
                    .append("\"></i>")
                    .append(Markup.escape(s.name()))
                    .append("</span>");
        }
        return html.append("</div>\n").toString();
    }

    /** Moves where a curve starts or resumes after a gap, lines elsewhere. */
    private static String path(double[] x, double[] y, DoubleUnaryOperator px, DoubleUnaryOperator py) {
        StringBuilder d = new StringBuilder();
        boolean pen = false;
        for (int i = 0; i < y.length; i++) {
            boolean finite = Double.isFinite(y[i]);
            if (finite) {
                d.append(pen ? 'L' : 'M').append(at(px, x[i])).append(' ').append(at(py, y[i]));
            }
            pen = finite;
        }
        return d.toString();
    }

    private static String band(Series s, DoubleUnaryOperator px, DoubleUnaryOperator py) {
        StringBuilder forth = new StringBuilder();
        StringBuilder back = new StringBuilder();
        for (int i = 0; i < s.y().length; i++) {
            if (Double.isFinite(s.low()[i]) && Double.isFinite(s.high()[i])) {
                String x = at(px, s.x()[i]);
                forth.append(forth.isEmpty() ? 'M' : 'L').append(x).append(' ').append(at(py, s.high()[i]));
                back.insert(0, "L" + x + " " + at(py, s.low()[i]));
            }
        }
        return "<path class=\"band\" d=\"" + forth + back + (forth.isEmpty() ? "" : "Z") + "\"/>\n";
    }

    private static String bars(Series s, DoubleUnaryOperator px, DoubleUnaryOperator py) {
        StringBuilder d = new StringBuilder();
        for (int i = 0; i < s.y().length; i++) {
            if (Double.isFinite(s.low()[i]) && Double.isFinite(s.high()[i])) {
                String x = at(px, s.x()[i]);
                d.append('M').append(x).append(' ').append(at(py, s.low()[i]));
                d.append('V').append(at(py, s.high()[i]));
            }
        }
        return "<path class=\"bar\" d=\"" + d + "\"/>\n";
    }

    private static String at(DoubleUnaryOperator scale, double value) {
        return Numbers.coordinate(scale.applyAsDouble(value));
    }
}
