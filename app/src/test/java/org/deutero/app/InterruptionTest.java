package org.deutero.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.deutero.experiment.Experiment;
import org.deutero.experiment.RunFolder;
import org.deutero.experiment.base.UserException;
import org.deutero.experiment.metrics.MetricRow;
import org.deutero.experiment.recipe.RecipeFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs that people stop, run longer, or start twice. */
class InterruptionTest {
    private static final String RECIPE = """
            tasks: {source: sinusoid, shot: 5}
            method: {name: maml, inner-rate: 0.01}
            training: {iterations: %d, meta-batch: 4, validate-every: 10, checkpoint-every: 100000, log-every: 7}
            evaluation: {tasks: 4, validation-tasks: 4}
            """;

    @TempDir
    private Path folder;

    /** Ctrl-C long before the first checkpoint would be due. */
    @Test
    @Timeout(180)
    @DisabledOnOs(OS.WINDOWS)
    void oneSignalLosesNothing() throws Exception {
        assumeFalse(
                interruptIsIgnored(),
                "what a shell starts in the background ignores interrupts, and so do its children");
        Path run = folder.resolve("run");
        Process process = start("train", recipe(100_000).toString(), "--out", run.toString());
        await(() -> trained(run) > 0, process);
        signal(process, "INT");
        assertThat(process.waitFor()).isEqualTo(130);
        String said = Files.readString(output());
        assertThat(said).contains("writing a checkpoint", "stopped at iteration ", "--resume " + run);
        RunFolder cut = RunFolder.open(run);
        long done = latest(cut);
        assertThat(done).isGreaterThan(6);

        // Twenty iterations more, and the same twenty without the interruption.
        long total = done + 20;
        assertThat(Experiment.resume(run, List.of("training.iterations=" + total))
                        .figures())
                .isNotEmpty();
        Path whole = folder.resolve("whole");
        Experiment.of(RecipeFile.load(recipe((int) total).toString(), List.of()))
                .train(whole);
        String last = String.format("%08d.safetensors", total);
        assertThat(cut.checkpoints().resolve(last))
                .hasSameBinaryContentAs(new RunFolder(whole).checkpoints().resolve(last));
        assertThat(losses(cut)).isEqualTo(losses(new RunFolder(whole)));
        assertThat(RecipeFile.read(cut.recipeFile()).tree().toString()).contains("iterations=" + total);
    }

    @Test
    @Timeout(180)
    @DisabledOnOs(OS.WINDOWS)
    void aRequestToTerminateIsTheSameAndTwoMeanNow() throws Exception {
        Path run = folder.resolve("run");
        Process process = start("train", recipe(100_000).toString(), "--out", run.toString());
        await(() -> trained(run) > 0, process);
        signal(process, "TERM");
        signal(process, "TERM");
        assertThat(process.waitFor()).isEqualTo(143);
        assertThat(Files.readString(output())).contains("--resume " + run);
    }

    @Test
    void whatIsDoneAlreadyKeepsItsMeaning() throws IOException {
        Path run = folder.resolve("run");
        Experiment.of(RecipeFile.load(recipe(20).toString(), List.of())).train(run);
        assertThatThrownBy(() -> Experiment.resume(run, List.of("method.inner-rate=0.1")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("--resume cannot change method.inner-rate")
                .hasMessageContaining("training.iterations");
        assertThatThrownBy(() -> Experiment.resume(run, List.of("training.iterations=10")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("has done 20 iterations already");
        Path annealed = folder.resolve("annealed");
        Experiment.of(RecipeFile.load(recipe(5).toString(), List.of("meta-optimizer.schedule=cosine")))
                .train(annealed);
        assertThatThrownBy(() -> Experiment.resume(annealed, List.of("training.iterations=10")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("meta-optimizer.schedule is cosine");
    }

    /** In one second, as a script starts them. */
    @Test
    void newRunsHaveFoldersOfTheirOwn() throws Exception {
        List<Process> processes = new ArrayList<>();
        Path recipe = recipe(3);
        for (int i = 0; i < 2; i++) {
            processes.add(start(folder.resolve("log" + i), "train", recipe.toString()));
        }
        for (Process process : processes) {
            assertThat(process.waitFor()).isZero();
        }
        try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
            List<Path> all = runs.toList();
            assertThat(all).hasSize(2);
            for (Path run : all) {
                assertThat(new RunFolder(run).metrics().read())
                        .filteredOn(MetricRow.Start.class::isInstance)
                        .hasSize(1);
            }
        }
    }

    private static void await(Condition condition, Process process) throws Exception {
        while (!condition.holds()) {
            assertThat(process.isAlive()).as("still at work").isTrue();
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private Path recipe(int iterations) throws IOException {
        return Files.writeString(folder.resolve("r" + iterations + ".yaml"), RECIPE.formatted(iterations));
    }

    private Path output() {
        return folder.resolve("log");
    }

    private Process start(String... arguments) throws IOException {
        return start(output(), arguments);
    }

    private Process start(Path log, String... arguments) throws IOException {
        return new ProcessBuilder(OwnProcess.command(arguments))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static void signal(Process process, String name) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    /** Whether this process ignores the signal of Ctrl-C, which its children inherit. */
    private static boolean interruptIsIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.isReadable(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line ->
                                (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
    }

    private static long trained(Path run) throws IOException {
        Path metrics = run.resolve("metrics.jsonl");
        return Files.exists(metrics)
                ? Files.readAllLines(metrics).stream()
                        .filter(line -> line.contains("\"train\""))
                        .count()
                : 0;
    }

    private static long latest(RunFolder run) throws IOException {
        try (Stream<Path> files = Files.list(run.checkpoints())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("\\d+\\.safetensors"))
                    .mapToLong(name -> Long.parseLong(name.substring(0, 8)))
                    .max()
                    .orElseThrow();
        }
    }

    private static List<Double> losses(RunFolder run) throws IOException {
        return run.metrics().read().stream()
                .filter(MetricRow.Train.class::isInstance)
                .map(row -> ((MetricRow.Train) row).loss())
                .toList();
    }
}
