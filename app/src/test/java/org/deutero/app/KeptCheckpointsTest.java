package org.deutero.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs that earlier versions left behind go on, and end where they would have; {@code kept/README.md} says how they were made. */
class KeptCheckpointsTest {
    /** The error on validation tasks at the end, and on test tasks after 0 to 5 steps, as the version that wrote the checkpoint measured them. */
    private static final double VALIDATION = 3.7350362658500664;

    private static final List<Double> BY_STEP = List.of(
            4.005209648013116,
            3.8865822401642793,
            3.878592430353164,
            3.8894567605853085,
            3.9052831916511064,
            3.9236671897768964);

    @TempDir
    private Path folder;

    private List<JsonNode> rows(Path run, String kind) throws IOException {
        return Files.readAllLines(run.resolve("metrics.jsonl")).stream()
                .map(line -> JsonMapper.shared().readTree(line))
                .filter(row -> row.path("kind").asString().equals(kind))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"libtorch-2.10", "libtorch-2.13"})
    void goesOn(String version) throws IOException, URISyntaxException {
        Path kept = Path.of(
                KeptCheckpointsTest.class.getResource("/kept/" + version).toURI());
        Path run = folder.resolve(version);
        Files.createDirectories(run.resolve("checkpoints"));
        for (String name : List.of("recipe.yaml", "checkpoints/00000020.safetensors")) {
            Files.copy(kept.resolve(name), run.resolve(name));
        }
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said, true);
        assertThat(Main.run(out, out, "train", "--resume", run.toString()))
                .as(said.toString())
                .isZero();

        assertThat(rows(run, "train").get(0).path("iteration").asInt()).isEqualTo(21);
        List<JsonNode> validation = rows(run, "validation");
        assertThat(validation).hasSize(1);
        assertThat(validation.get(0).path("iteration").asInt()).isEqualTo(30);
        assertThat(validation.get(0).path("metric").asDouble()).isCloseTo(VALIDATION, within(1e-5));
        JsonNode steps = rows(run, "test").get(0).path("by-step");
        assertThat(steps.size()).isEqualTo(BY_STEP.size());
        for (int i = 0; i < BY_STEP.size(); i++) {
            assertThat(steps.path(i).path("metric").asDouble())
                    .as("step %d", i)
                    .isCloseTo(BY_STEP.get(i), within(1e-5));
        }
    }
}
