package org.deutero.app.report;

import org.deutero.experiment.report.Strip;

/** An episode as a row of small pictures, with the steps under them. */
final class StripRow {
    private StripRow() {}

    static String html(Strip strip) {
        StringBuilder html = new StringBuilder("<div class=\"strip\">");
        for (Strip.Moment moment : strip.pictures()) {
            html.append("<figure class=\"shot\"><img alt=\"step ")
                    .append(moment.step())
                    .append("\" src=\"")
                    .append(Png.dataUri(moment.pixels(), 3, moment.height(), moment.width()))
                    .append("\"><figcaption>")
                    .append(moment.step())
                    .append("</figcaption></figure>");
        }
        return html.append("</div>\n").toString();
    }
}
