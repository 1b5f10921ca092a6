package org.deutero.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.deutero.experiment.Experiment;
import org.deutero.experiment.RunFolder;
import org.deutero.experiment.RunListener;
import org.deutero.experiment.Runner;
import org.deutero.experiment.metrics.MetricRow;
import org.deutero.experiment.recipe.RecipeFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed without warning, and resumed, ends in the bits of one that was left alone. */
class KillTest {
    private static final String RECIPE = """
            tasks: {source: sinusoid, shot: 5}
            method: {name: maml, inner-rate: 0.01}
            training: {iterations: 400, meta-batch: 10, validate-every: 100, checkpoint-every: 20, keep-checkpoints: 3, log-every: 7}
            evaluation: {tasks: 10, validation-tasks: 10}
            """;

    @TempDir
    private Path folder;

    @Test
    @Timeout(180)
    void aKilledRunResumesToTheSameBits() throws Exception {
        Path recipe = Files.writeString(folder.resolve("r.yaml"), RECIPE);
        Path killed = folder.resolve("killed");
        Process process = start("train", recipe.toString(), "--out", killed.toString());
        while (checkpoints(killed) < 2 && process.isAlive()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertThat(process.isAlive()).as("was killed before its end").isTrue();
        process.destroyForcibly().waitFor();

        RunFolder cut = RunFolder.open(killed);
        assertThat(cut.checkpoints().resolve("00000400.safetensors")).doesNotExist();
        Path left = Files.createFile(cut.checkpoints()
                .resolve(".00000020.safetensors." + UUID.randomUUID() + ".tmp")); // torn off while writing
        new Runner(Experiment.of(cut.recipe()), cut, RunListener.NONE).resume();

        RunFolder whole = RunFolder.create(folder.resolve("whole"));
        Experiment experiment = Experiment.of(RecipeFile.load(recipe.toString(), List.of()));
        new Runner(experiment, whole, RunListener.NONE).train();
        for (String name : List.of("00000400.safetensors", "best.safetensors")) {
            assertThat(cut.checkpoints().resolve(name))
                    .hasSameBinaryContentAs(whole.checkpoints().resolve(name));
        }
        assertThat(losses(cut)).hasSize(400 / 7 + 1).isEqualTo(losses(whole));
        assertThat(left).doesNotExist();
    }

    private static Map<Long, Double> losses(RunFolder run) throws IOException {
        Map<Long, Double> losses = new LinkedHashMap<>();
        for (MetricRow row : run.metrics().read()) {
            if (row instanceof MetricRow.Train train) {
                assertThat(losses.put(train.iteration(), train.loss()))
                        .as("written once")
                        .isNull();
            }
        }
        return losses;
    }

    private static Process start(String... arguments) throws IOException {
        return new ProcessBuilder(OwnProcess.command(arguments))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static int checkpoints(Path run) {
        File[] files = run.resolve("checkpoints").toFile().listFiles((at, name) -> name.matches("\\d+\\.safetensors"));
        return files == null ? 0 : files.length;
    }
}
