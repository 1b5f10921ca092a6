package org.deutero.app.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.deutero.app.report.NudgingPage;
import org.deutero.app.text.NudgingText;
import org.deutero.experiment.Experiment;
import org.deutero.experiment.base.Version;
import org.deutero.experiment.gradcheck.NudgingScan.Curve;
import org.deutero.experiment.gradcheck.NudgingScan.Point;
import org.deutero.experiment.gradcheck.NudgingScan.Result;
import org.deutero.experiment.gradcheck.Units;
import org.deutero.experiment.recipe.RecipeFile;
import org.deutero.learn.gradient.adjoint.Contrast;
import org.deutero.tensor.io.AtomicFiles;

/**
 * Errors by the strength of nudging as a page, and as comma-separated values in a file beside it.
 *
 * @param page ends in {@code .html}
 * @param experiment what was measured
 * @param tasks in the batch
 */
record NudgingFiles(Path page, Experiment experiment, int tasks) {
    /** The file of values. */
    Path values() {
        return ScalingFiles.valuesBeside(page);
    }

    void write(Result result) {
        try {
            AtomicFiles.write(values(), csv(result));
            AtomicFiles.write(page, html(result));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String csv(Result result) {
        StringBuilder csv = new StringBuilder("contrast,phases,beta,error,expected,bias,residual,lag\n");
        for (Curve curve : result.curves()) {
            for (Point p : curve.points()) {
                var e = curve.expected();
                csv.append(NudgingText.name(curve.contrast()))
                        .append(",\"")
                        .append(curve.accuracy())
                        .append('"');
                DoubleStream.of(
                                p.beta(),
                                p.error(),
                                e.at(p.beta()),
                                e.bias() * Math.pow(p.beta(), e.order()),
                                e.residual() / p.beta(),
                                e.lag())
                        .forEach(v -> csv.append(',')
                                .append(Double.isFinite(v) ? String.format(Locale.ROOT, "%.6e", v) : ""));
                csv.append('\n');
            }
        }
        result.references()
                .forEach((name, error) -> csv.append(",\"")
                        .append(name)
                        .append("\",,")
                        .append(String.format(Locale.ROOT, "%.6e", error))
                        .append(",,,,\n"));
        return csv.toString();
    }

    private String html(Result result) {
        String name = experiment.name().isEmpty() ? "a recipe" : experiment.name();
        return new NudgingPage(
                        "Error of the contrastive rule by the strength of nudging: " + name,
                        "A strong nudge makes the finite difference coarse, a weak one divides what the phases have left by little."
                                + " Relative errors of the gradient of " + tasks + (tasks == 1 ? " task" : " tasks")
                                + " in float64; both axes are logarithmic.",
                        Stream.of(Contrast.values())
                                .map(contrast -> panel(contrast, result.curves()))
                                .toList(),
                        result.references(),
                        best(result),
                        result.gaps(),
                        facts(),
                        RecipeFile.toYaml(experiment.resolved()))
                .html();
    }

    private static NudgingPage.Panel panel(Contrast contrast, List<Curve> curves) {
        List<Curve> own = curves.stream().filter(c -> c.contrast() == contrast).toList();
        return new NudgingPage.Panel(
                NudgingText.name(contrast),
                column(own.get(0), Point::beta),
                own.stream().map(NudgingFiles::drawn).toList());
    }

    private static NudgingPage.Curve drawn(Curve curve) {
        double best = curve.expected().best();
        return new NudgingPage.Curve(
                curve.accuracy(),
                column(curve, Point::error),
                column(curve, p -> curve.expected().at(p.beta())),
                curve.best().map(p -> new double[] {p.beta(), p.error()}).orElse(new double[0]),
                new double[] {best, curve.expected().at(best)});
    }

    private static double[] column(Curve curve, ToDoubleFunction<Point> value) {
        return curve.points().stream().mapToDouble(value).toArray();
    }

    private static Map<String, String> best(Result result) {
        Map<String, String> best = new LinkedHashMap<>();
        result.curves()
                .forEach(curve -> best.put(
                        NudgingText.name(curve.contrast()) + ", " + curve.accuracy(),
                        "measured " + NudgingText.best(curve) + "; expected " + NudgingText.expectedBest(curve)));
        result.references().forEach((name, error) -> best.put(name, "error " + Units.error(error)));
        return best;
    }

    private Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("method", experiment.method().title());
        facts.put("tasks", experiment.tasks().shape() + ", " + tasks + " in the batch");
        facts.put("exact gradient", "implicit, at the minimum that Newton's method finds from the recipe's own end");
        facts.put(
                "expected",
                "c beta^p + delta/beta + rho. c: |h''|/2 (one-sided), |h'''|/6 (symmetric) or |h'''|/3 (forward second), by central differences"
                        + " of settled phases. delta: what phases of strength 0 leave in h, each times its weight in the difference: a bound, since"
                        + " alike residues cancel. rho: what a nudged phase has not yet gone of its way, at the strength nearest the recipe's");
        facts.put("deutero", Version.deutero());
        return facts;
    }
}
