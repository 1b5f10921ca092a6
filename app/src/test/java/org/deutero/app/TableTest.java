package org.deutero.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** A user's table of points is learned by methods of regression. */
class TableTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        out.getBuffer().setLength(0);
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    /** Lines of different slopes; the variance of targets over all tasks is 1. */
    private Path recipe(String method) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        StringBuilder table = new StringBuilder("store,temperature,sold\n");
        for (int t = 0; t < 20; t++) {
            double slope = t % 2 == 0 ? 1 : -1;
            for (int i = 0; i < 20; i++) {
                double x = (random.nextDouble() * 2 - 1) * Math.sqrt(3);
                table.append(String.format(Locale.ROOT, "s%d,%.4f,%.4f\n", t, x, slope * x));
            }
        }
        Files.writeString(folder.resolve("table.csv"), table.toString());
        return Files.writeString(
                folder.resolve("r.yaml"),
                "tasks: {source: table, path: " + folder.resolve("table.csv")
                        + ", x: [temperature], y: [sold], task: store, shot: 5}\n" + "method: " + method + "\n"
                        + "training: {iterations: 300, meta-batch: 4, validate-every: 100}\n"
                        + "evaluation: {tasks: 50, validation-tasks: 20}\n");
    }

    private double error(String method) throws IOException {
        Path run = folder.resolve(method.replaceAll("[^a-z]", ""));
        assertThat(run("train", recipe(method).toString(), "--out", run.toString()))
                .as(() -> err.toString())
                .isZero();
        assertThat(run("evaluate", run.toString(), "--json")).isZero();
        return JsonMapper.shared().readTree(out.toString()).path("metric").asDouble();
    }

    @Test
    void mamlAndANeuralProcessLearnIt() throws IOException {
        // Without learning what the task is, no predictor is better than the variance.
        assertThat(error("{name: maml, inner-rate: 0.1, inner-steps: 3}")).isLessThan(0.5);
        assertThat(error("{name: cnp}")).isLessThan(0.5);
    }
}
