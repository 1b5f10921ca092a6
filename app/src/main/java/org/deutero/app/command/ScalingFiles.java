package org.deutero.app.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.deutero.app.report.ScalingPage;
import org.deutero.experiment.Experiment;
import org.deutero.experiment.base.Libraries;
import org.deutero.experiment.base.Version;
import org.deutero.experiment.gradcheck.Scaling.Point;
import org.deutero.experiment.recipe.RecipeFile;
import org.deutero.tensor.io.AtomicFiles;

/**
 * Measurements by inner steps as a page, and as comma-separated values in a file beside it.
 *
 * @param page ends in {@code .html}
 * @param experiment what was measured
 * @param tasks in the batch
 */
record ScalingFiles(Path page, Experiment experiment, int tasks) {
    private static final double MEBIBYTE = 1 << 20;

    /** The file of values. */
    Path values() {
        return valuesBeside(page);
    }

    /** The name of a page with {@code .csv} in place of {@code .html}. */
    static Path valuesBeside(Path page) {
        return page.resolveSibling(page.getFileName().toString().replaceFirst("\\.html$", "") + ".csv");
    }

    void write(List<Point> points) {
        try {
            AtomicFiles.write(values(), csv(points));
            AtomicFiles.write(page, html(points));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String csv(List<Point> points) {
        StringBuilder csv = new StringBuilder("estimator,steps,seconds,peak_bytes\n");
        for (Point p : points) {
            csv.append(p.estimator())
                    .append(',')
                    .append(p.steps())
                    .append(',')
                    .append(String.format(Locale.ROOT, "%.6f", p.cost().seconds()))
                    .append(',');
            p.cost().peakBytes().ifPresent(csv::append);
            csv.append('\n');
        }
        return csv.toString();
    }

    private String html(List<Point> points) {
        List<ScalingPage.Curve> curves = points.stream()
                .map(Point::estimator)
                .distinct()
                .map(name -> curve(name, points))
                .toList();
        String name = experiment.name().isEmpty() ? "a recipe" : experiment.name();
        return new ScalingPage(
                        "Memory and time by inner steps: " + name,
                        "One meta-gradient of " + tasks + (tasks == 1 ? " task" : " tasks")
                                + ", the median of a few runs; both axes are logarithmic where the range is wide.",
                        curves,
                        facts(),
                        RecipeFile.toYaml(experiment.resolved()))
                .html();
    }

    private static ScalingPage.Curve curve(String name, List<Point> points) {
        List<Point> own =
                points.stream().filter(p -> p.estimator().equals(name)).toList();
        return new ScalingPage.Curve(
                name,
                column(own, Point::steps),
                column(own, p -> p.cost().seconds()),
                column(
                        own,
                        p -> p.cost().peakBytes().isPresent()
                                        && p.cost().peakBytes().getAsLong() > 0
                                ? p.cost().peakBytes().getAsLong() / MEBIBYTE
                                : Double.NaN));
    }

    private static double[] column(List<Point> points, ToDoubleFunction<Point> value) {
        return points.stream().mapToDouble(value).toArray();
    }

    private Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("method", experiment.method().title());
        facts.put("tasks", experiment.tasks().shape() + ", " + tasks + " in the batch");
        facts.put("memory", "resident memory of the process, highest during the work, above its start");
        facts.put("deutero", Version.deutero());
        facts.put("libtorch (org.bytedeco:pytorch)", Libraries.onClassPath().getOrDefault("pytorch", "unknown"));
        facts.put("Java", System.getProperty("java.version") + ", " + System.getProperty("java.vendor"));
        facts.put(
                "system",
                System.getProperty("os.name") + ", " + System.getProperty("os.arch") + ", "
                        + Runtime.getRuntime().availableProcessors() + " processors, one thread used");
        return facts;
    }
}
