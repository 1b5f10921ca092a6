package org.deutero.app.report;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.deutero.experiment.report.Numbers;
import org.deutero.experiment.report.ReportData.Reading;

/** A task in which numbers are told of pictures: a row for the support set, a row for the queries. */
final class ReadingGrid {
    private static final int SHOWN = 8;

    private ReadingGrid() {}

    static String html(Reading task) {
        StringBuilder html = new StringBuilder("<table class=\"episode\">\n<tbody>\n<tr><th>support</th><td>");
        for (int i = 0; i < Math.min(SHOWN, task.support().length); i++) {
            picture(html, task, task.support()[i], numbers(task.supportY()[i]));
        }
        html.append("</td></tr>\n<tr><th>queries</th><td>");
        for (int i = 0; i < Math.min(SHOWN, task.queries().length); i++) {
            picture(html, task, task.queries()[i], numbers(task.queryY()[i]) + " → " + numbers(task.predicted()[i]));
        }
        return html.append("</td></tr>\n</tbody>\n</table>\n").toString();
    }

    private static String numbers(double[] values) {
        return Arrays.stream(values).mapToObj(Numbers::brief).collect(Collectors.joining(", "));
    }

    private static void picture(StringBuilder html, Reading task, float[] pixels, String caption) {
        html.append("<figure class=\"shot\"><img alt=\"")
                .append(Markup.escape(caption))
                .append("\" src=\"");
        html.append(Png.dataUri(pixels, task.channels(), task.height(), task.width()))
                .append("\"><figcaption>");
        html.append(Markup.escape(caption)).append("</figcaption></figure>");
    }
}
