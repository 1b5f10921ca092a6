package org.deutero.app.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.deutero.app.report.Series.Form;
import org.deutero.experiment.base.Version;
import org.deutero.experiment.incontext.Conditions;
import org.deutero.experiment.incontext.Figure;
import org.deutero.experiment.incontext.Phase;
import org.deutero.experiment.report.Headline;

/**
 * What pages about learners in context say of their figures.
 *
 * @param conditions under which they were measured
 */
record InContextWords(Conditions conditions) {
    /** More ticks than these would touch each other. */
    static final int MOST_TICKS = 9;

    private static final double HUNDRED = 100;

    static String accuracy(Figure figure) {
        return Headline.metricValue("accuracy", figure.mean(), figure.interval());
    }

    static String images(String set) {
        return switch (set) {
            case "mnist" -> "MNIST";
            case "fashion-mnist" -> "Fashion-MNIST";
            case "omniglot" -> "Omniglot";
            case "random-vectors" -> "random vectors";
            default -> set;
        };
    }

    Series series(String name, int colour, double[] x, List<Figure> figures) {
        return Series.line(
                        name,
                        "c" + colour,
                        x,
                        figures.stream().mapToDouble(f -> HUNDRED * f.mean()).toArray())
                .interval(figures.stream()
                        .mapToDouble(f -> HUNDRED * f.interval())
                        .toArray())
                .as(Form.DOTS);
    }

    /** Which positions count as the last ones. */
    String late() {
        return "Right answers at the last " + (conditions.length() - conditions.firstLate() + 1) + " of "
                + conditions.length() + " positions";
    }

    String gain() {
        return "right answers at the last " + (conditions.length() - conditions.firstLate() + 1)
                + " positions less those at the first.";
    }

    String sample() {
        return "Intervals: " + conditions.intervals() + ".";
    }

    String rule() {
        String points = String.format(Locale.ROOT, "%.0f", HUNDRED * Phase.MARGIN) + " points";
        return "A learner learns if it gains " + points + " or more within sequences of unseen tasks; else it"
                + " identifies if it does on seen ones; else it memorises if it answers seen tasks at the first"
                + " position better than by chance, by as much; else it does nothing yet.";
    }

    Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("recipe", conditions.recipe());
        facts.put(
                "tasks",
                images(conditions.images()) + ", " + conditions.way() + " classes, sequences of " + conditions.length()
                        + " items");
        facts.put(
                "meta-training",
                String.format(Locale.ROOT, "%,d", conditions.iterations()) + " iterations each, the last state counts");
        facts.put("seeds", conditions.seeds().stream().map(String::valueOf).collect(Collectors.joining(", ")));
        facts.put(
                "figures",
                "accuracy on " + String.format(Locale.ROOT, "%,d", conditions.sequences())
                        + " sequences of each kind a learner; intervals are "
                        + conditions.intervals());
        facts.put("deutero", Version.deutero());
        return facts;
    }
}
