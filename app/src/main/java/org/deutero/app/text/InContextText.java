package org.deutero.app.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deutero.experiment.incontext.Figure;
import org.deutero.experiment.incontext.PhasePicture;
import org.deutero.experiment.incontext.Positions;
import org.deutero.experiment.incontext.StateSizePicture;
import org.deutero.experiment.report.Headline;

/** Pictures of learners in context as lines of text and as comma-separated values. */
public final class InContextText {
    private static final String COLUMNS =
            "on,first,first_interval,last,last_interval\n"; // accuracies at the first position and at the last ones

    private InContextText() {}

    /** Phases, for a screen of that width. */
    public static List<String> lines(PhasePicture picture, int width) {
        Table table = new Table(width).row("tasks", "seen: first", "last", "unseen: first", "last", "it does");
        picture.points()
                .forEach(p -> table.row(
                        String.format(Locale.ROOT, "%,d", p.tasks()),
                        text(p.seen().first()),
                        text(p.seen().late()),
                        text(p.unseen().first()),
                        text(p.unseen().late()),
                        p.phase().word()));
        return table.lines();
    }

    /** Phases as values. */
    public static String csv(PhasePicture picture) {
        StringBuilder csv = new StringBuilder("tasks,phase," + COLUMNS);
        for (PhasePicture.Point p : picture.points()) {
            String start = p.tasks() + "," + p.phase().word();
            row(csv, start, "seen", p.seen());
            row(csv, start, "unseen", p.unseen());
            p.others().forEach((name, positions) -> row(csv, start, name, positions));
        }
        return csv.toString();
    }

    /** Sizes, for a screen of that width. */
    public static List<String> lines(StateSizePicture picture, int width) {
        Table table = new Table(width).row("architecture", "size", "parameters", "state", "unseen: first", "last");
        picture.points()
                .forEach(p -> table.row(
                        p.learner().architecture(),
                        p.learner().size(),
                        String.format(Locale.ROOT, "%,d", p.parameters()),
                        String.format(Locale.ROOT, "%,d", p.state()),
                        text(p.unseen().first()),
                        text(p.unseen().late())));
        return table.lines();
    }

    /** Sizes as values. */
    public static String csv(StateSizePicture picture) {
        StringBuilder csv = new StringBuilder("architecture,size,parameters,state," + COLUMNS);
        for (StateSizePicture.Point p : picture.points()) {
            String start =
                    p.learner().architecture() + ",\"" + p.learner().size() + "\"," + p.parameters() + "," + p.state();
            row(csv, start, "unseen", p.unseen());
            for (Map.Entry<String, Positions> other : p.others().entrySet()) {
                row(csv, start, other.getKey(), other.getValue());
            }
        }
        return csv.toString();
    }

    private static String text(Figure figure) {
        return Headline.metricValue("accuracy", figure.mean(), figure.interval());
    }

    private static void row(StringBuilder csv, String start, String on, Positions positions) {
        List<String> cells = new ArrayList<>(List.of(start, on));
        for (Figure figure : List.of(positions.first(), positions.late())) {
            cells.add(finite(figure.mean()));
            cells.add(finite(figure.interval()));
        }
        csv.append(String.join(",", cells)).append('\n');
    }

    private static String finite(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.6g", value) : "";
    }
}
