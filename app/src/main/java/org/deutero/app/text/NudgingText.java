package org.deutero.app.text;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.deutero.experiment.gradcheck.NudgingScan;
import org.deutero.experiment.gradcheck.NudgingScan.Curve;
import org.deutero.experiment.gradcheck.NudgingScan.Result;
import org.deutero.experiment.gradcheck.Units;
import org.deutero.learn.gradient.adjoint.Contrast;

/** Errors by the strength of nudging on the console. */
public final class NudgingText {
    private NudgingText() {}

    /** Its name in tables. */
    public static String name(Contrast contrast) {
        return contrast.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** The table of errors by strength and length of phases. */
    public static void print(PrintWriter out, Result result, int width) {
        for (Contrast contrast : Contrast.values()) {
            List<Curve> curves = result.curves().stream()
                    .filter(c -> c.contrast() == contrast)
                    .toList();
            out.println(name(contrast));
            Table table = new Table(width).row(row("beta", curves.stream().map(Curve::accuracy)));
            for (int i = 0; i < curves.get(0).points().size(); i++) {
                int at = i;
                table.row(row(
                        Units.brief(curves.get(0).points().get(i).beta()),
                        curves.stream().map(c -> error(c, c.points().get(at).error()))));
            }
            table.row(row("best", curves.stream().map(NudgingText::best)));
            table.row(row("expected best", curves.stream().map(NudgingText::expectedBest)));
            table.lines().forEach(out::println);
            out.println();
        }
        Table others = new Table(width).row("at the recipe's own end", "error");
        result.references().forEach((name, error) -> others.row(name, Units.error(error)));
        others.lines().forEach(out::println);
        result.gaps().forEach(gap -> out.println("! " + gap));
    }

    private static String[] row(String first, Stream<String> rest) {
        return Stream.concat(Stream.of(first), rest).toArray(String[]::new);
    }

    private static String error(Curve curve, double value) {
        String gap = curve.accuracy().equals(NudgingScan.SETTLED) ? "no minimum" : "runs away";
        return Double.isFinite(value) ? Units.error(value) : gap;
    }

    /** Strength and error of the best point. */
    public static String best(Curve curve) {
        return curve.best()
                .map(p -> Units.error(p.error()) + " at " + Units.brief(p.beta()))
                .orElse("none");
    }

    /** What theory thinks of it. */
    public static String expectedBest(Curve curve) {
        double best = curve.expected().best();
        return Double.isFinite(best) && best > 0
                ? Units.error(curve.expected().at(best)) + " at " + Units.brief(best)
                : "unknown";
    }
}
