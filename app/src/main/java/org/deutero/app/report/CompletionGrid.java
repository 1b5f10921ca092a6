package org.deutero.app.report;

import org.deutero.experiment.report.ReportData.Completion;

/** A picture as it was believed to be: a column for each number of pixels shown, with these pixels, the mean, and the deviation. */
final class CompletionGrid {
    /** Red, green and blue of a pixel that is not shown. */
    private static final float[] HIDDEN = {0.24f, 0.38f, 0.62f};

    private CompletionGrid() {}

    static String html(Completion picture) {
        StringBuilder html = new StringBuilder("<table class=\"episode\">\n<thead><tr><th></th>");
        picture.beliefs()
                .forEach(belief ->
                        html.append("<th>").append(belief.shown().length).append("</th>"));
        html.append("<th>truth</th></tr></thead>\n<tbody>\n<tr><th>shown</th>");
        for (Completion.Belief belief : picture.beliefs()) {
            cell(html, picture, shown(picture, belief.shown()), 3, belief.shown().length + " pixels shown");
        }
        cell(html, picture, clamped(picture.truth(), 1), picture.channels(), "truth");
        html.append("</tr>\n<tr><th>mean</th>");
        for (Completion.Belief belief : picture.beliefs()) {
            cell(html, picture, clamped(belief.mean(), 1), picture.channels(), "mean");
        }
        html.append("<td></td></tr>\n<tr><th>deviation</th>");
        float largest = largest(picture);
        for (Completion.Belief belief : picture.beliefs()) {
            cell(html, picture, clamped(belief.deviation(), largest), picture.channels(), "deviation");
        }
        return html.append("<td></td></tr>\n</tbody>\n</table>\n").toString();
    }

    /** The largest deviation of all columns, so that they can be compared. */
    static float largest(Completion picture) {
        float largest = 0;
        for (Completion.Belief belief : picture.beliefs()) {
            for (float deviation : belief.deviation()) {
                largest = Math.max(largest, deviation);
            }
        }
        return largest;
    }

    private static float[] shown(Completion picture, int[] places) {
        int area = picture.height() * picture.width();
        float[] out = new float[3 * area];
        for (int i = 0; i < out.length; i++) {
            out[i] = HIDDEN[i / area];
        }
        for (int place : places) {
            for (int c = 0; c < 3; c++) {
                out[c * area + place] = picture.truth()[(picture.channels() == 3 ? c * area : 0) + place];
            }
        }
        return clamped(out, 1);
    }

    private static float[] clamped(float[] values, float largest) {
        float[] out = new float[values.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = largest > 0 ? Math.max(0, Math.min(1, values[i] / largest)) : 0;
        }
        return out;
    }

    private static void cell(StringBuilder html, Completion picture, float[] pixels, int channels, String told) {
        html.append("<td><figure class=\"shot\"><img alt=\"")
                .append(told)
                .append("\" title=\"")
                .append(told)
                .append("\" src=\"")
                .append(Png.dataUri(pixels, channels, picture.height(), picture.width()))
                .append("\"></figure></td>");
    }
}
