package org.deutero.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.deutero.experiment.Experiment;
import org.deutero.experiment.RunListener;
import org.deutero.experiment.base.UserException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A master and two workers that are processes of their own, and one Spark application for all runs of this class. */
class StandaloneTest {
    @TempDir
    private static Path shared;

    private static Cluster cluster;
    private static JavaSparkContext context;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws IOException {
        cluster = new Cluster(shared.resolve("home"), 2);
        System.setProperty("spark.executor.memory", "600m");
        context = JavaSparkContext.fromSparkContext(
                SparkContext.getOrCreate(Settings.of(cluster.master(), "tests").set("spark.task.maxFailures", "8")));
    }

    @AfterAll
    static void stop() {
        if (context != null) {
            context.close();
        }
        System.clearProperty("spark.executor.memory");
        cluster.close();
    }

    private static Optional<String> master() {
        return Optional.of(cluster.master());
    }

    @ParameterizedTest
    @EnumSource(Runs.class)
    void theBytesOfThreads(Runs run) {
        run.assertSame(run.train(folder.resolve("run"), master()));
    }

    /** Its shards are done again by the other one or by its successor, and nobody can tell from the run. */
    @Test
    void anExecutorThatIsKilledInTheMiddleOfAStepChangesNothing() {
        List<String> lines = new ArrayList<>();
        RunListener killer = new RunListener() {
            private boolean done;

            @Override
            public void progress(Progress now) {
                if (!done) { // the next step begins at once, and takes longer than this
                    done = true;
                    Thread thread = new Thread(() -> {
                        sleep(100);
                        cluster.executors().get(0).destroyForcibly();
                    });
                    thread.start();
                }
            }

            @Override
            public void message(String line) {
                lines.add(line);
            }
        };
        Runs.CONV4.assertSame(Runs.CONV4.train(folder.resolve("run"), master(), killer));
        for (int i = 0; i < 100 && context.sc().statusTracker().getExecutorInfos().length < 3; i++) {
            sleep(100); // its successor
        }
        assertThat(lines).anyMatch(line -> line.startsWith("Executor ") && line.contains("is lost"));
    }

    /** What a killed driver leaves is gone on with by another one, on another master. */
    @Test
    void aRunWhoseDriverWasKilledGoesOn() throws Exception {
        Path run = folder.resolve("run");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dspark.master=local[1]",
                "-cp",
                System.getProperty("java.class.path"),
                SparkTrain.class.getName(),
                Runs.SINUSOID.recipe(),
                "--out",
                run.toString()));
        Runs.SINUSOID.changes().forEach(change -> command.addAll(List.of("--set", change)));
        command.addAll(List.of("--set", "training.iterations=100000", "--set", "training.validate-every=3"));
        Process driver = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("driver.log").toFile())
                .start();
        Path first = run.resolve("checkpoints/00000002.safetensors");
        Path kept = folder.resolve("00000002.safetensors");
        while (driver.isAlive() && !Files.exists(first)) {
            sleep(2);
        }
        Files.copy(first, kept);
        driver.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        // Back to the moment of that checkpoint, however far the driver got before it died.
        try (var files = Files.list(run.resolve("checkpoints"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.copy(kept, first);
        Experiment.resume(run, List.of("training.iterations=6"), master());
        Runs.SINUSOID.assertSame(run);
    }

    /** In one sentence, without a page of Spark's. */
    @Test
    void whatAnExecutorCannotBuildIsSaid() {
        assertThatThrownBy(() -> {
                    Experiment experiment = Experiment.of(org.deutero.experiment.recipe.RecipeFile.load(
                            Runs.SINUSOID.recipe(), Runs.SINUSOID.changes()));
                    try (SparkPlace place = SparkPlace.open(cluster.master(), experiment, RunListener.NONE)) {
                        throw Failures.of(Answer.failed("host:1", new IllegalStateException("no data"), true));
                    }
                })
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "the executor host:1 cannot build the recipe: no data (every executor must see data and files"
                                + " under the paths that the recipe names)");
        assertThatThrownBy(() -> Runs.SINUSOID.train(folder.resolve("run"), Optional.of("local[2]")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("this process is a Spark application of " + cluster.master() + " already");
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
