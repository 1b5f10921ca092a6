package org.deutero.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.deutero.experiment.base.UserException;
import org.deutero.experiment.recipe.RecipeFile;
import org.deutero.learn.shards.Job;
import org.deutero.learn.shards.Portable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run whose items are done from bytes, by whoever knows its recipe only, has the bytes and figures of one on threads. */
class PlaceTest {
    @TempDir
    private Path folder;

    /** Finds itself by {@code META-INF/services}. */
    public static final class Provider implements PlaceProvider {
        private static final Set<String> ERRANDS = new LinkedHashSet<>();

        @Override
        public String engine() {
            return "bytes";
        }

        @Override
        public String masters() {
            return "bytes[N]";
        }

        @Override
        public boolean takes(String master) {
            return master.startsWith("bytes[");
        }

        @Override
        public Place open(String master, Experiment experiment, RunListener listener) {
            Site<?> site = Site.of(RecipeFile.toYaml(experiment.resolved()));
            return new Place() {
                @Override
                public <R> List<R> run(Errand errand, Job<R> job, Portable<R> portable) {
                    ERRANDS.add(errand.kind() + errand.part());
                    byte[] state = portable.stateBytes();
                    int half = job.items() / 2;
                    List<byte[]> second = site.items(errand, state, half, job.items());
                    List<byte[]> all = new ArrayList<>(site.items(errand, state, 0, half));
                    all.addAll(second);
                    return all.stream().map(portable.bytes()::read).toList();
                }

                @Override
                public void close() {
                    ERRANDS.add("closed");
                }
            };
        }
    }

    private static final List<String> BRIEF = List.of(
            "training.iterations=3",
            "training.validate-every=2",
            "training.log-every=1",
            "evaluation.tasks=12",
            "evaluation.validation-tasks=12");

    private RunResult train(String name, String recipe, Optional<String> master) {
        return Experiment.of(RecipeFile.load(recipe, BRIEF)).train(folder.resolve(name), master);
    }

    static void assertSameRun(Path actual, Path expected) throws Exception {
        List<Path> files;
        try (Stream<Path> all = Files.list(expected.resolve("checkpoints"))) {
            files = all.toList();
        }
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            assertThat(actual.resolve("checkpoints").resolve(file.getFileName()))
                    .hasSameBinaryContentAs(file);
        }
    }

    /** By gradients, by a population, in windows that carry unfinished lifetimes, with an ensemble, on sequences and on worlds. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sinusoid-10shot-maml-small",
                "toy-2d-blur-small",
                "points-mlp-optimizer-small",
                "quadratic-functions-lstm-small",
                "cart-pole-hebbian-small"
            })
    void theBytesOfThreads(String recipe) throws Exception {
        RunResult threads = train("threads", recipe, Optional.empty());
        RunResult bytes = train("bytes", recipe, Optional.of("bytes[2]"));
        assertSameRun(bytes.folder().path(), threads.folder().path());
        assertThat(bytes.test()).isEqualTo(threads.test());
        assertThat(Provider.ERRANDS).contains("TRAINING", "TEST", "closed");
    }

    @Test
    void theBytesOfThreadsForAnEnsemble() throws Exception {
        List<String> two = new ArrayList<>(BRIEF);
        two.addAll(List.of("training.validate-every=1", "training.keep-best=2", "evaluation.ensemble=2"));
        Experiment experiment = Experiment.of(RecipeFile.load("sinusoid-10shot-maml-small", two));
        RunResult threads = experiment.train(folder.resolve("threads"));
        RunResult bytes = experiment.train(folder.resolve("bytes"), Optional.of("bytes[2]"));
        assertThat(bytes.test()).isEqualTo(threads.test());
    }

    @Test
    void anUnknownMasterIsRefusedBeforeAnythingIsWritten() {
        assertThatThrownBy(() -> train("none", "sinusoid-10shot-maml-small", Optional.of("flink")))
                .isInstanceOf(UserException.class)
                .hasMessage("\"flink\" is no master of a cluster; expected bytes[N]");
        assertThat(folder.resolve("none")).doesNotExist();
    }
}
