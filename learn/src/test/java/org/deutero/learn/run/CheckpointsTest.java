package org.deutero.learn.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.deutero.learn.InScope;
import org.deutero.learn.meta.MetaState;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.io.Safetensors;
import org.deutero.tensor.io.SafetensorsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(InScope.class)
class CheckpointsTest {
    @TempDir
    Path folder;

    private static MetaState state(long iteration) {
        return new MetaState(
                iteration,
                Params.of("a.b", Tensor.scalar((double) iteration)),
                Params.of("m.a.b", Tensor.scalar(2)),
                Params.of("norm.mean", Tensor.scalar(3)));
    }

    @Test
    void theLastFewAreKeptAndTheBestAlways() throws Exception {
        Checkpoints checkpoints = new Checkpoints(folder.resolve("new/folder"), 2);
        checkpoints.saveBest(state(1), Map.of());
        for (long i : new long[] {5, 10, 99, 100}) {
            checkpoints.save(state(i), Map.of());
        }
        try (Stream<Path> files = Files.list(folder.resolve("new/folder"))) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder("00000099.safetensors", "00000100.safetensors", "best.safetensors");
        }
        assertThat(checkpoints.latest()).hasValueSatisfying(f -> assertThat(f).hasFileName("00000100.safetensors"));
    }

    @Test
    void withoutAValidationTheLatestIsTheBest() {
        Checkpoints checkpoints = new Checkpoints(folder, 2);
        assertThat(checkpoints.latest()).isEmpty();
        assertThat(checkpoints.best()).isEmpty();
        Path file = checkpoints.save(state(3), Map.of());
        assertThat(checkpoints.best()).contains(file);
    }

    @Test
    void everythingComesBack() {
        Path file = new Checkpoints(folder, 2).save(state(7), Map.of("note", "x"));
        Checkpoints.Loaded loaded = Checkpoints.load(file);
        assertThat(loaded.metadata()).containsEntry("note", "x");
        assertThat(loaded.state().iteration()).isEqualTo(7);
        assertThat(loaded.state().theta().get("a.b").item()).isEqualTo(7);
        assertThat(loaded.state().slots().get("m.a.b").item()).isEqualTo(2);
        assertThat(loaded.state().statistics().get("norm.mean").item()).isEqualTo(3);
    }

    private static void assertRefused(Path file) {
        assertThatThrownBy(() -> Checkpoints.load(file))
                .isInstanceOf(SafetensorsException.class)
                .hasMessageContaining(file.toString())
                .hasMessageNotContaining("\n");
    }

    @Test
    void foreignAndDamagedFilesAreRefused() throws Exception {
        Params some = Params.of("theta.x", Tensor.scalar(1));
        Path file = folder.resolve("foreign.safetensors");
        new Safetensors(some, Map.of()).write(file);
        assertRefused(file);
        new Safetensors(some, Map.of("format", "pt")).write(file);
        assertRefused(file);
        new Safetensors(some, Map.of("format", "deutero-checkpoint")).write(file);
        assertRefused(file);
        new Safetensors(some, Map.of("format", "deutero-checkpoint", "iteration", "many")).write(file);
        assertRefused(file);
        byte[] good = Files.readAllBytes(new Checkpoints(folder, 2).save(state(7), Map.of()));
        Files.write(file, java.util.Arrays.copyOf(good, good.length - 1));
        assertRefused(file);
        Files.write(file, new byte[0]);
        assertRefused(file);
        assertRefused(folder.resolve("nowhere.safetensors"));
    }
}
