package org.deutero.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.deutero.experiment.Experiment;
import org.deutero.experiment.RunListener;
import org.deutero.experiment.RunResult;
import org.deutero.experiment.recipe.RecipeFile;

/** Brief runs of the estimators that the cluster is held to: by second-order gradients, with convolutions, by a population, and in windows of persistent evolution. */
enum Runs {
    SINUSOID(
            "sinusoid-10shot-maml-small",
            "training.iterations=6",
            "training.validate-every=3",
            "training.checkpoint-every=2",
            "training.keep-checkpoints=100000",
            "training.log-every=1",
            "evaluation.tasks=40",
            "evaluation.validation-tasks=40"),
    CONV4(
            "omniglot-5way-1shot-maml-small",
            "training.iterations=3",
            "training.meta-batch=4",
            "training.shard=1",
            "training.validate-every=0",
            "network.filters=16",
            "method.inner-steps=2",
            "evaluation.tasks=4",
            "evaluation.by-steps=false"),
    CMA_ES(
            "toy-2d-blur-small",
            "training.iterations=3",
            "training.validate-every=0",
            "tasks.train-support=128",
            "tasks.support=128",
            "evaluation.tasks=10"),
    PES(
            "points-mlp-optimizer-small",
            "meta-gradient.name=pes",
            "meta-gradient.window=10",
            "training.iterations=4",
            "training.validate-every=0",
            "evaluation.tasks=4");

    private static final Map<Runs, Path> BY_THREADS = new HashMap<>();

    private final String recipe;
    private final List<String> changes;

    Runs(String recipe, String... changes) {
        this.recipe = recipe;
        this.changes = List.of(changes);
    }

    String recipe() {
        return recipe;
    }

    List<String> changes() {
        return changes;
    }

    /** The folder of the run on threads of this process; it runs once. */
    synchronized Path byThreads() {
        return BY_THREADS.computeIfAbsent(this, run -> {
            try {
                return run.train(Files.createTempDirectory("deutero-threads").resolve(recipe), Optional.empty());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    Path train(Path folder, Optional<String> master, RunListener... listeners) {
        RunResult result = Experiment.of(RecipeFile.load(recipe, changes)).train(folder, master, listeners);
        return result.folder().path();
    }

    /** The same checkpoints, and the same figures on the way and on test tasks but for times. */
    void assertSame(Path actual) {
        Path expected = byThreads();
        Map<String, byte[]> files = checkpoints(expected);
        assertThat(files).isNotEmpty();
        assertThat(checkpoints(actual).keySet()).isEqualTo(files.keySet());
        checkpoints(actual).forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(files.get(name)));
        assertThat(test(actual)).isEqualTo(test(expected)).contains("\"test\"");
    }

    private static Map<String, byte[]> checkpoints(Path run) {
        Map<String, byte[]> all = new TreeMap<>();
        try (Stream<Path> files = Files.list(run.resolve("checkpoints"))) {
            for (Path file : files.toList()) {
                all.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    private static String test(Path run) {
        try {
            return Files.readAllLines(run.resolve("metrics.jsonl")).stream()
                    .filter(line -> line.contains("\"test\""))
                    .findFirst()
                    .orElse("none");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
