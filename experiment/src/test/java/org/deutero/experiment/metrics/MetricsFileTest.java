package org.deutero.experiment.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsFileTest {
    /** A count of diverged tasks stands only where there are any, so that files of good runs stay the same bytes. */
    @Test
    void divergedTasksAreCounted() throws IOException {
        MetricRow.Test row = new MetricRow.Test(
                10,
                "mse",
                0.5,
                0.1,
                7,
                List.of(new MetricRow.ByStep(0, 0.2, 0.01), new MetricRow.ByStep(1, Double.NaN, Double.NaN, 10)),
                List.of(new MetricRow.Part("a", "", 0.5, 0.1, 2)));
        MetricRow.Validation validation = new MetricRow.Validation(3, Double.NaN, 0.5, 0.1, 4);
        metrics.append(row);
        metrics.append(validation);
        metrics.append(TEST);
        assertThat(metrics.read()).containsExactly(row, validation, TEST);
        assertThat(Files.readAllLines(file).get(0)).contains("\"diverged\":7,", "\"diverged\":10}", "\"diverged\":2}");
        assertThat(Files.readAllLines(file).get(1)).endsWith("\"diverged\":4}");
        assertThat(Files.readAllLines(file).get(2)).doesNotContain("diverged");
    }

    private static final MetricRow.Train TRAIN = new MetricRow.Train(100, 0.5, 0.9, 180.25, 12.5);
    private static final MetricRow.Validation VALIDATION = new MetricRow.Validation(200, 0.25, 0.95, 0.01);
    private static final MetricRow.Test TEST = new MetricRow.Test(
            600,
            "accuracy",
            0.97,
            0.004,
            List.of(new MetricRow.ByStep(0, 0.2, 0.01), new MetricRow.ByStep(1, 0.97, 0)));

    @TempDir
    private Path folder;

    private Path file;
    private MetricsFile metrics;

    @BeforeEach
    void open() {
        file = folder.resolve("metrics.jsonl");
        metrics = new MetricsFile(file);
    }

    @Test
    void rowsReadBackEqual() throws IOException {
        metrics.append(TRAIN);
        metrics.append(VALIDATION);
        metrics.append(TEST);
        assertThat(metrics.read()).containsExactly(TRAIN, VALIDATION, TEST);
        assertThat(Files.readAllLines(file).get(0))
                .isEqualTo("{\"kind\":\"train\",\"iteration\":100,\"loss\":0.5,\"accuracy\":0.9,"
                        + "\"tasks-per-second\":180.25,\"seconds\":12.5}");
    }

    @Test
    void numbersOfAStructureReadBackEqual() throws IOException {
        MetricRow.Structure row = new MetricRow.Structure(24, Map.of("units-active", 0.5));
        metrics.append(row);
        assertThat(metrics.read()).containsExactly(row);
        assertThat(Files.readAllLines(file).get(0))
                .isEqualTo("{\"kind\":\"structure\",\"tasks\":24,\"numbers\":{\"units-active\":0.5}}");
    }

    @Test
    void figuresByPointsShownReadBackEqual() throws IOException {
        MetricRow.BySize row = new MetricRow.BySize("cnp", 3, "nll", 1.175, 0.02);
        MetricRow.Test test = new MetricRow.Test(
                200, "nll", 0.7, 0.02, List.of(), List.of(new MetricRow.Part("3 points", "mse", 0.6, 0.03)));
        metrics.append(row);
        metrics.append(test);
        assertThat(metrics.read()).containsExactly(row, test);
    }

    @Test
    void theFirstRowNamesTheEstimatorAndSurvivesResuming() throws IOException {
        MetricRow.Start start = new MetricRow.Start("implicit", "solves for the adjoint");
        metrics.append(start);
        metrics.append(TRAIN);
        assertThat(Files.readAllLines(file).get(0))
                .isEqualTo("{\"kind\":\"start\",\"iteration\":0,\"meta-gradient\":\"implicit\","
                        + "\"description\":\"solves for the adjoint\"}");
        metrics.truncateAfter(0);
        assertThat(metrics.read()).containsExactly(start);
    }

    @Test
    void diagnosticsOfTheEstimatorReadBackEqual() throws IOException {
        Map<String, Double> diagnostics = Map.of("residual", 1e-7);
        MetricRow.Train row = new MetricRow.Train(1, 0.5, Double.NaN, 1, 1, diagnostics);
        metrics.append(row);
        assertThat(metrics.read()).containsExactly(row);
        assertThat(file).content().contains("\"diagnostics\":{\"residual\":1.0E-7}");
    }

    @Test
    void numbersThatAreNotFiniteBecomeNull() throws IOException {
        metrics.append(new MetricRow.Train(1, Double.POSITIVE_INFINITY, Double.NaN, 1, 1));
        assertThat(file).content().contains("\"loss\":null").doesNotContain("accuracy");
        assertThat(metrics.read()).containsExactly(new MetricRow.Train(1, Double.NaN, Double.NaN, 1, 1));
    }

    @Test
    void noFileHasNoRows() throws IOException {
        assertThat(metrics.read()).isEmpty();
        metrics.truncateAfter(5);
        assertThat(file).doesNotExist();
    }

    @Test
    void resumingDropsLaterRowsTestsAndATornLine() throws IOException {
        metrics.append(TRAIN);
        metrics.append(VALIDATION);
        metrics.append(new MetricRow.Train(300, 0.1, 0.9, 1, 1));
        metrics.append(TEST);
        Files.writeString(file, "{\"kind\":\"train\",\"iter", StandardOpenOption.APPEND);
        assertThat(metrics.read()).hasSize(4);
        metrics.truncateAfter(200);
        assertThat(metrics.read()).containsExactly(TRAIN, VALIDATION);
        metrics.append(TEST);
        assertThat(metrics.read()).containsExactly(TRAIN, VALIDATION, TEST);
        assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
    }

    /** Files of other versions: kinds and keys that are not known are passed over, and what is missing was not measured. */
    @Test
    void rowsOfOtherVersionsAreRead() throws IOException {
        Files.writeString(file, """
                {"kind":"weather","iteration":1,"rain":true}
                {"kind":"train","iteration":2,"loss":0.5,"colour":"red"}
                {"kind":"test","tasks":3,"metric-name":"mse","metric":1}
                """);
        assertThat(metrics.read())
                .containsExactly(
                        new MetricRow.Train(2, 0.5, Double.NaN, Double.NaN, Double.NaN),
                        new MetricRow.Test(3, "mse", 1, Double.NaN, List.of()));
    }
}
