package org.deutero.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.deutero.experiment.Experiment;
import org.deutero.experiment.RunFolder;
import org.deutero.experiment.RunListener;
import org.deutero.experiment.Runner;
import org.deutero.experiment.base.UserException;
import org.deutero.experiment.metrics.MetricRow;
import org.deutero.experiment.recipe.RecipeFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process has its folder for itself until it is killed without warning; resumed, the run ends in the bits of one that was left alone. */
class KillTest {
    private static final String RECIPE = """
            tasks: {source: sinusoid, shot: 5}
            method: {name: maml, inner-rate: 0.01}
            training: {iterations: 100000, meta-batch: 4, validate-every: 20, checkpoint-every: 20, keep-checkpoints: 3, log-every: 7}
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
        while (iterations(killed).count() < 2 && process.isAlive()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertThat(process.isAlive()).as("was killed before its end").isTrue();
        for (Runnable other : List.<Runnable>of(
                () -> Experiment.resume(killed), () -> RunFolder.open(killed).lock())) {
            assertThatThrownBy(other::run)
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("is in use by another process (" + process.pid() + ")");
        }
        process.destroyForcibly().waitFor();

        RunFolder cut = RunFolder.open(killed);
        cut.lock().close(); // what was killed holds nothing
        // Twenty iterations and more beyond what it can have come to.
        long total = latest(killed) + 60;
        Path left = Files.createFile(cut.checkpoints()
                .resolve(".00000020.safetensors." + UUID.randomUUID() + ".tmp")); // torn off while writing
        Experiment.resume(killed, List.of("training.iterations=" + total));

        RunFolder whole = RunFolder.create(folder.resolve("whole"));
        Experiment experiment =
                Experiment.of(RecipeFile.load(recipe.toString(), List.of("training.iterations=" + total)));
        new Runner(experiment, whole, RunListener.NONE).train();
        for (String name : List.of(String.format("%08d.safetensors", total), "best.safetensors")) {
            assertThat(cut.checkpoints().resolve(name))
                    .hasSameBinaryContentAs(whole.checkpoints().resolve(name));
        }
        assertThat(losses(cut)).hasSizeGreaterThan(10).isEqualTo(losses(whole));
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

    private static long latest(Path run) {
        return iterations(run).max().orElseThrow();
    }

    /** Those of its checkpoints. */
    private static LongStream iterations(Path run) {
        File[] files = run.resolve("checkpoints").toFile().listFiles((at, name) -> name.matches("\\d+\\.safetensors"));
        return files == null
                ? LongStream.empty()
                : Stream.of(files)
                        .mapToLong(file -> Long.parseLong(file.getName().substring(0, 8)));
    }
}
