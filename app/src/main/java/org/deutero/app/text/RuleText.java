package org.deutero.app.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.deutero.experiment.report.Headline;
import org.deutero.experiment.report.MetricNames;
import org.deutero.experiment.report.RuleData;
import org.deutero.experiment.report.RuleData.Curve;
import org.deutero.experiment.report.RuleData.Direction;
import org.deutero.experiment.report.RuleData.Gene;
import org.deutero.experiment.report.RuleData.Ground;

/** What is known of a rule as lines of text and as comma-separated values. */
public final class RuleText {
    private static final int WIDTH = 100;
    private static final int SMALL = 16;
    private static final int EARLY = 10;
    private static final List<Integer> STEPS = List.of(0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000);

    private RuleText() {}

    /** All that was found, for a screen. */
    public static List<String> lines(RuleData data) {
        List<String> lines = new ArrayList<>();
        lines.addAll(Table.fold(data.description(), WIDTH));
        lines.add("");
        Table genes = new Table(WIDTH).row("gene", "shape", "learned");
        data.genes().forEach(gene -> genes.row(gene.name(), Arrays.toString(gene.shape()), values(gene)));
        lines.addAll(genes.lines());
        if (!data.directions().isEmpty()) {
            lines.add("");
            lines.addAll(directions(data).lines());
        }
        for (Ground ground : data.grounds()) {
            lines.add("");
            lines.add(ground.name() + ": " + MetricNames.words(ground.metricName())
                    + (ground.online() ? " before each step, " : " after so many steps, ") + ground.tasks()
                    + (ground.standing().isPresent() ? " problems" : " tasks") + ", mean and 95 % interval");
            lines.addAll(race(ground).lines());
            ground.standing().ifPresent(standing -> lines.addAll(StandingText.lines(standing, WIDTH)));
        }
        data.notes().forEach(note -> {
            lines.add("");
            lines.addAll(Table.fold("Note: " + note, WIDTH));
        });
        return lines;
    }

    private static String values(Gene gene) {
        if (gene.learned().length <= SMALL) {
            return String.join(
                    " ",
                    Arrays.stream(gene.learned())
                            .mapToObj(v -> String.format(Locale.ROOT, "%.4g", v))
                            .toList());
        }
        var all = Arrays.stream(gene.learned()).summaryStatistics();
        return String.format(Locale.ROOT, "%.4g to %.4g, mean %.4g", all.getMin(), all.getMax(), all.getAverage());
    }

    private static Table directions(RuleData data) {
        int steps = data.directions().get(0).cosine().length;
        int early = Math.min(EARLY, steps);
        Table table = new Table(WIDTH)
                .row(
                        "cosine with the negative gradient",
                        "first " + early + " steps",
                        "last " + early + " of " + steps);
        for (Direction d : data.directions()) {
            table.row(d.name(), number(d.between(0, early)), number(d.between(steps - early, steps)));
        }
        return table;
    }

    private static String number(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.3f", value) : "-";
    }

    private static Table race(Ground ground) {
        List<Curve> curves = ground.curves();
        List<String> head = new ArrayList<>(List.of("step"));
        curves.forEach(curve -> head.add(curve.name()));
        Table table = new Table(WIDTH).row(head.toArray(String[]::new));
        double[] steps = curves.get(0).steps();
        int last = -1;
        for (int i = 0; i < steps.length; i++) {
            boolean shown = i == steps.length - 1
                    || (ground.online() ? i % Math.max(1, steps.length / EARLY) == 0 : STEPS.contains((int) steps[i]));
            if (!shown || i == last) {
                continue;
            }
            last = i;
            List<String> row = new ArrayList<>(List.of(String.format(Locale.ROOT, "%.0f", steps[i])));
            for (Curve curve : curves) {
                row.add(Headline.metricValue(ground.metricName(), curve.mean()[i], curve.interval()[i]));
            }
            table.row(row.toArray(String[]::new));
        }
        return table;
    }

    /** The same as comma-separated values, a number a row. */
    public static String csv(RuleData data) {
        StringBuilder csv = new StringBuilder("what,name,step,value,interval\n");
        for (Ground ground : data.grounds()) {
            for (Curve curve : ground.curves()) {
                for (int i = 0; i < curve.steps().length; i++) {
                    row(
                            csv,
                            ground.metricName() + " on " + ground.name(),
                            curve.name(),
                            curve.steps()[i],
                            curve.mean()[i],
                            curve.interval()[i]);
                }
            }
            ground.standing()
                    .ifPresent(standing -> standing.paces()
                            .forEach(pace -> row(
                                    csv,
                                    "processor milliseconds a step on " + ground.name(),
                                    pace.name(),
                                    1,
                                    pace.processor(),
                                    Double.NaN)));
        }
        directions(csv, "cosine", data.directions());
        directions(csv, "cosine of part", data.parts());
        for (Gene gene : data.genes()) {
            for (int i = 0; i < gene.learned().length; i++) {
                row(csv, "gene", gene.name(), i, gene.learned()[i], Double.NaN);
            }
        }
        return csv.toString();
    }

    private static void directions(StringBuilder csv, String what, List<Direction> directions) {
        for (Direction d : directions) {
            for (int t = 0; t < d.cosine().length; t++) {
                row(csv, what, d.name(), t, d.cosine()[t], d.interval()[t]);
            }
        }
    }

    private static void row(StringBuilder csv, String what, String name, double step, double value, double interval) {
        csv.append('"')
                .append(what.replace("\"", "'"))
                .append("\",\"")
                .append(name)
                .append("\",")
                .append(String.format(Locale.ROOT, "%.0f", step))
                .append(',')
                .append(finite(value))
                .append(',')
                .append(finite(interval))
                .append('\n');
    }

    private static String finite(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.6g", value) : "";
    }
}
