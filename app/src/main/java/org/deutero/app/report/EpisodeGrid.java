package org.deutero.app.report;

import org.deutero.experiment.report.ReportData.Episode;

/** An episode as a picture: a row for each class, its support on the left, its queries and their answers right. */
final class EpisodeGrid {
    private static final int QUERIES_SHOWN = 6;
    private static final int SUPPORT_SHOWN = 5;

    private EpisodeGrid() {}

    static String html(Episode e) {
        int ways = 0;
        for (int label : e.supportLabels()) {
            ways = Math.max(ways, label + 1);
        }
        StringBuilder html = new StringBuilder("<table class=\"episode\">\n<thead><tr><th></th><th>support</th>"
                + "<th>queries and answers</th></tr></thead>\n<tbody>\n");
        for (int label = 0; label < ways; label++) {
            html.append("<tr><th>").append(name(label)).append("</th><td>");
            support(html, e, label);
            html.append("</td><td>");
            queries(html, e, label);
            html.append("</td></tr>\n");
        }
        return html.append("</tbody>\n</table>\n").toString();
    }

    private static void support(StringBuilder html, Episode e, int label) {
        int shown = 0;
        for (int i = 0; i < e.support().length && shown < SUPPORT_SHOWN; i++) {
            if (e.supportLabels()[i] == label) {
                picture(html, e, e.support()[i], "", "class " + name(label), "");
                shown++;
            }
        }
    }

    private static void queries(StringBuilder html, Episode e, int label) {
        int shown = 0;
        for (int i = 0; i < e.queries().length && shown < QUERIES_SHOWN; i++) {
            if (e.queryLabels()[i] == label) {
                boolean right = e.predicted()[i] == label;
                String chance = Math.round(100 * e.probability()[i]) + " %";
                String answer = right ? "✓ " + chance : "✗ " + name(e.predicted()[i]) + ", " + chance;
                String told = "answered " + name(e.predicted()[i]) + " with probability " + chance;
                picture(html, e, e.queries()[i], right ? "right" : "wrong", told, answer);
                shown++;
            }
        }
    }

    private static void picture(
            StringBuilder html, Episode e, float[] pixels, String style, String title, String caption) {
        html.append("<figure class=\"shot ").append(style).append("\" title=\"").append(Markup.escape(title));
        html.append("\"><img alt=\"").append(Markup.escape(title)).append("\" src=\"");
        html.append(Png.dataUri(pixels, e.channels(), e.height(), e.width())).append("\">");
        if (!caption.isEmpty()) {
            html.append("<figcaption>").append(Markup.escape(caption)).append("</figcaption>");
        }
        html.append("</figure>");
    }

    /** A to Z, then AA, AB, ... */
    static String name(int label) {
        String last = String.valueOf((char) ('A' + label % 26));
        return label < 26 ? last : name(label / 26 - 1) + last;
    }
}
