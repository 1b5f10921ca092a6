package org.deutero.app.report;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deutero.experiment.report.Numbers;
import org.deutero.experiment.report.RuleData.Gene;

/** Meta-parameters to look at: single numbers in a table, small matrices as coloured cells, large ones as pictures. */
final class GeneFigures {
    private static final int CELLS = 8;
    private static final int PIXEL = 6;
    private static final int LOWEST = 40;
    private static final int HIGHEST = 420;
    /** Beyond this nobody sees single numbers. */
    private static final int LARGEST = 1 << 20;

    /** Red, green and blue of the most negative value, of 0, and of the most positive one. */
    private static final float[][] RAMP = {{0.12f, 0.37f, 0.68f}, {0.96f, 0.97f, 0.98f}, {0.82f, 0.41f, 0.10f}};

    private GeneFigures() {}

    /** All of them. */
    static String html(List<Gene> genes) {
        Map<String, String> numbers = new LinkedHashMap<>();
        StringBuilder matrices = new StringBuilder();
        for (Gene gene : genes) {
            if (gene.learned().length == 1) {
                numbers.put(
                        gene.name(),
                        precise(gene.learned()[0])
                                + (gene.start().length == 1 ? " (start " + precise(gene.start()[0]) + ")" : ""));
            } else if (gene.learned().length > 1) {
                matrices.append(figure(gene));
            }
        }
        return Page.facts(numbers) + "<div class=\"row genes\">\n" + matrices + "</div>\n";
    }

    private static String figure(Gene gene) {
        boolean small = gene.rows() <= CELLS && gene.columns() <= CELLS;
        String picture = small ? cells(gene) : gene.learned().length <= LARGEST ? picture(gene) : "";
        return "<figure class=\"plot\">\n" + picture + "<figcaption><b>" + Markup.escape(gene.name()) + "</b> "
                + Markup.escape(Arrays.toString(gene.shape()) + ": " + spread("learned", gene.learned())
                        + (gene.start().length == 0 ? "" : "; " + spread("start", gene.start())))
                + ".</figcaption>\n</figure>\n";
    }

    private static String spread(String when, double[] values) {
        var all = Arrays.stream(values).summaryStatistics();
        double squares = Arrays.stream(values).map(v -> v * v).sum();
        return when + " " + precise(all.getMin()) + " to " + precise(all.getMax()) + ", root mean square "
                + precise(Math.sqrt(squares / values.length));
    }

    private static String cells(Gene gene) {
        double most = most(gene.learned());
        StringBuilder table = new StringBuilder("<table class=\"genome\">\n");
        for (int row = 0; row < gene.rows(); row++) {
            table.append("<tr>");
            for (int column = 0; column < gene.columns(); column++) {
                int at = row * gene.columns() + column;
                double value = gene.learned()[at];
                float[] colour = colour(value / most);
                String start = gene.start().length == 0 ? "" : " title=\"start " + precise(gene.start()[at]) + "\"";
                table.append(String.format(
                                Locale.ROOT,
                                "<td%s style=\"background:rgb(%d %d %d);color:%s\">",
                                start,
                                Math.round(255 * colour[0]),
                                Math.round(255 * colour[1]),
                                Math.round(255 * colour[2]),
                                Math.abs(value) > 0.6 * most ? "#fff" : "#1b2330"))
                        .append(precise(value))
                        .append("</td>");
            }
            table.append("</tr>\n");
        }
        return table + "</table>\n";
    }

    private static String picture(Gene gene) {
        int rows = gene.rows();
        int columns = gene.columns();
        double most = most(gene.learned());
        float[] pixels = new float[3 * rows * columns];
        for (int i = 0; i < rows * columns; i++) {
            float[] colour = colour(gene.learned()[i] / most);
            for (int c = 0; c < 3; c++) {
                pixels[c * rows * columns + i] = colour[c];
            }
        }
        String told = gene.name() + ", blue for " + precise(-most) + ", white for 0, orange for " + precise(most);
        return "<img class=\"genome\" alt=\"" + Markup.escape(told) + "\" title=\"" + Markup.escape(told)
                + "\" style=\"height:" + Math.max(LOWEST, Math.min(HIGHEST, PIXEL * rows)) + "px\" src=\""
                + Png.dataUri(pixels, 3, rows, columns) + "\">\n";
    }

    private static double most(double[] values) {
        double most = Arrays.stream(values)
                .filter(Double::isFinite)
                .map(Math::abs)
                .max()
                .orElse(0);
        return most > 0 ? most : 1;
    }

    /** @param part of the strongest value, in [-1, 1] */
    private static float[] colour(double part) {
        float[] end = part < 0 ? RAMP[0] : RAMP[2];
        float strength = (float) Math.min(1, Math.abs(part));
        float[] colour = new float[3];
        for (int c = 0; c < 3; c++) {
            colour[c] = RAMP[1][c] + strength * (end[c] - RAMP[1][c]);
        }
        return colour;
    }

    private static String precise(double value) {
        return Numbers.brief(value);
    }
}
