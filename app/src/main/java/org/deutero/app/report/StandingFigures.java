package org.deutero.app.report;

import java.util.Arrays;
import java.util.List;
import org.deutero.app.text.StandingText;
import org.deutero.experiment.report.RuleData.Curve;
import org.deutero.experiment.report.RuleData.Ground;
import org.deutero.experiment.report.Standing;

/** How a learned optimiser stands against others: losses by processor time, and who wins by how much. */
final class StandingFigures {
    private static final double HEIGHT = 340;

    private StandingFigures() {}

    static String html(Ground ground, Standing standing) {
        StringBuilder html = new StringBuilder("<h3>")
                .append(Markup.escape(ground.name()))
                .append("</h3>\n<div class=\"row\">\n")
                .append(RulePage.figure(
                        byTime(ground, standing),
                        "The same by processor time",
                        ": steps times what a step of one problem by itself takes on one thread, in milliseconds."))
                .append("</div>\n<p>")
                .append(Markup.escape(StandingText.explained(standing)))
                .append("</p>\n<table class=\"facts\">\n<tr>");
        StandingText.HEAD.forEach(cell -> cell(html, "th", cell));
        html.append("</tr>\n");
        standing.duels().forEach(duel -> {
            html.append("<tr>");
            StandingText.cells(duel).forEach(cell -> cell(html, "td", cell));
            html.append("</tr>\n");
        });
        html.append("</table>\n<p>")
                .append(Markup.escape(StandingText.paces(standing)))
                .append("</p>\n<ul>\n");
        List<String> lost = StandingText.lost(standing);
        lost.forEach(line -> cell(html, "li", line));
        return html.append("</ul>\n").toString();
    }

    private static void cell(StringBuilder html, String tag, String text) {
        html.append('<')
                .append(tag)
                .append('>')
                .append(Markup.escape(text))
                .append("</")
                .append(tag)
                .append('>');
    }

    private static String byTime(Ground ground, Standing standing) {
        LineChart chart = new LineChart("processor time in ms", "loss").logX().height(HEIGHT);
        for (int i = 0; i < ground.curves().size(); i++) {
            Curve curve = ground.curves().get(i);
            double pace = standing.paces().get(i).processor();
            chart.add(Series.line(
                            curve.name(),
                            RulePage.style(i),
                            Arrays.stream(curve.steps())
                                    .map(step -> (step + 1) * pace)
                                    .toArray(),
                            curve.mean())
                    .interval(curve.interval()));
        }
        return chart.logYWhereItHelps().svg();
    }
}
