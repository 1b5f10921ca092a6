package org.deutero.app.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.deutero.experiment.report.Numbers;
import org.deutero.experiment.report.Standing;
import org.deutero.experiment.report.Standing.Duel;
import org.deutero.experiment.report.Standing.Gap;
import org.deutero.experiment.report.Standing.Speed;
import org.deutero.experiment.report.Standing.Stretch;

/** How a learned optimiser stands against others, in words for a screen and for a page. */
public final class StandingText {
    /** What the columns of {@link #cells} are. */
    public static final List<String> HEAD = List.of(
            "against", "all steps", "last tenth", "held out", "equal time", "faster in steps", "better in steps");

    private StandingText() {}

    static List<String> lines(Standing standing, int width) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.addAll(Table.fold(explained(standing), width));
        Table table = new Table(width).row(HEAD.toArray(String[]::new));
        standing.duels().forEach(duel -> table.row(cells(duel).toArray(String[]::new)));
        lines.addAll(table.lines());
        lines.add("");
        lines.addAll(Table.fold(paces(standing), width));
        lost(standing).forEach(line -> lines.addAll(Table.fold(line, width)));
        return lines;
    }

    /** What the table of duels says. */
    public static String explained(Standing standing) {
        return "By how much the loss of " + standing.paces().get(0).name()
                + " is lower (negative: higher), with 95 % intervals, and on how many problems: means over all steps, over the last tenth, on what is held out at the end, and when both have had the processor time that the faster one needs for "
                + standing.steps()
                + " steps. By what factor it gets in fewer steps to where the other ends (problems on which it never does count as if in the last step); and in which steps it is better for sure.";
    }

    /** A row of the table. */
    public static List<String> cells(Duel duel) {
        return List.of(
                duel.other(),
                gap(duel.whole()),
                gap(duel.end()),
                gap(duel.heldOut()),
                gap(duel.equalTime()),
                speed(duel.speed()),
                duel.ahead().isEmpty()
                        ? "none"
                        : duel.ahead().stream().map(Stretch::words).collect(Collectors.joining(", ")));
    }

    private static String gap(Gap gap) {
        return Numbers.brief(gap.mean()) + " ± " + Numbers.brief(gap.interval()) + " (" + gap.wins() + "/"
                + gap.problems() + ")";
    }

    private static String speed(Speed speed) {
        return Numbers.brief(round(speed.factor())) + " (" + Numbers.brief(round(speed.low())) + " to "
                + Numbers.brief(round(speed.high())) + ")" + (speed.never() > 0 ? ", " + speed.never() + " never" : "");
    }

    private static double round(double value) {
        return Double.isFinite(value) ? Math.round(value * 100) / 100.0 : value;
    }

    /** What a step takes. */
    public static String paces(Standing standing) {
        return "Processor time of a step of one problem by itself: "
                + standing.paces().stream()
                        .map(pace -> pace.name() + " " + Numbers.brief(pace.processor()) + " ms")
                        .collect(Collectors.joining(", "))
                + " (by the clock: "
                + standing.paces().stream()
                        .map(pace -> Numbers.brief(pace.wall()))
                        .collect(Collectors.joining(", "))
                + " ms).";
    }

    /** Where it loses, a line for each of the others. */
    public static List<String> lost(Standing standing) {
        List<String> lines = new ArrayList<>();
        for (Duel duel : standing.duels()) {
            if (!duel.losses().isEmpty()) {
                lines.add("Loses against " + duel.other() + ": " + String.join("; ", duel.losses()) + ".");
            }
        }
        if (lines.isEmpty()) {
            lines.add("It loses against none of them for sure, at any step.");
        }
        return lines;
    }
}
