package org.deutero.app.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.deutero.experiment.report.Suspects;
import org.deutero.experiment.report.Suspects.Suspect;
import org.deutero.tensor.io.AtomicFiles;

/** Lays out {@code suspects.html}: the training pictures that a classifier distrusts most, to be looked at by a person. */
final class SuspectsPage {
    /** As many as a person looks at; all are in the CSV file. */
    private static final int SHOWN = 200;

    private SuspectsPage() {}

    static void write(Path file, String title, Suspects suspects) throws IOException {
        AtomicFiles.write(file, html(title, suspects));
    }

    /** What it is about, in one sentence. */
    static String sentence(Suspects suspects) {
        int n = suspects.suspects().size();
        return n + " of " + suspects.pictures() + " training pictures " + (n == 1 ? "is" : "are")
                + " taken for something else than their label says";
    }

    static String html(String title, Suspects suspects) {
        StringBuilder html = new StringBuilder("<header>\n<h1>Suspects of ")
                .append(Markup.escape(title))
                .append("</h1>\n<p class=\"lead\">")
                .append(sentence(suspects))
                .append(", the most doubtful first");
        if (suspects.suspects().size() > SHOWN) {
            html.append("; the first ").append(SHOWN).append(" are shown");
        }
        html.append(
                ". All of them are in <a href=\"suspects.csv\">suspects.csv</a>; back to the <a href=\"report.html\">report</a>.</p>\n</header>\n");
        html.append("<section>\n<table class=\"suspects\">\n<tr><th></th><th>file</th><th>label</th>"
                + "<th>more likely</th><th>probability</th><th>weight</th></tr>\n");
        suspects.suspects().stream().limit(SHOWN).forEach(s -> row(html, s));
        return Page.html(
                "Suspects of " + title, html.append("</table>\n</section>\n").toString());
    }

    private static void row(StringBuilder html, Suspect s) {
        var p = s.picture();
        html.append("<tr><td><img alt=\"").append(Markup.escape(s.file())).append("\" width=\"64\" src=\"");
        html.append(Png.dataUri(p.units(), p.channels(), p.height(), p.width())).append("\"></td><td>");
        html.append(Markup.escape(s.file())).append("</td><td>");
        html.append(Markup.escape(s.label())).append("</td><td><b>");
        html.append(Markup.escape(s.believed())).append("</b></td><td>");
        html.append(Math.round(100 * s.probability())).append(" %</td><td>");
        html.append(Double.isNaN(s.weight()) ? "" : String.format(Locale.ROOT, "%.2f", s.weight()));
        html.append("</td></tr>\n");
    }
}
