package org.deutero.learn.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deutero.learn.InScope;
import org.deutero.learn.meta.MetaState;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(InScope.class)
class BestCheckpointsTest {
    private static final double[] MERITS = {-3, -1, Double.NaN, -2, -1, -4, -0.5};

    @TempDir
    Path folder;

    private static MetaState state(long iteration) {
        return new MetaState(iteration, Params.of("a", Tensor.scalar((double) iteration)), Params.EMPTY, Params.EMPTY);
    }

    /** Validations 1, 2, ... of a run. */
    private void offer(Checkpoints checkpoints, int from, int to) {
        for (int i = from; i <= to; i++) {
            checkpoints.offer(state(i), MERITS[i - 1], 0, Map.of());
        }
    }

    private static List<String> names(List<Path> files) {
        return files.stream().map(f -> f.getFileName().toString()).toList();
    }

    @Test
    void theBestStayAndOfEqualsTheEarlierComesFirst() {
        Checkpoints checkpoints = new Checkpoints(folder, 1, 3);
        offer(checkpoints, 1, 7);
        assertThat(names(checkpoints.best(9)))
                .containsExactly("best-00000007.safetensors", "best-00000002.safetensors", "best-00000005.safetensors");
        assertThat(names(checkpoints.best(2)))
                .containsExactly("best-00000007.safetensors", "best-00000002.safetensors");
        assertThat(folder.toFile().list()).hasSize(3);
    }

    /** Whatever the merit over the other tasks. */
    @Test
    void fewerDivergedTasksAreBetter() {
        Checkpoints checkpoints = new Checkpoints(folder, 1, 2);
        checkpoints.offer(state(1), -1, 3, Map.of());
        checkpoints.offer(state(2), -5, 0, Map.of());
        checkpoints.offer(state(3), -0.1, 4, Map.of());
        checkpoints.offer(state(4), -2, 1, Map.of());
        assertThat(names(checkpoints.best(2)))
                .containsExactly("best-00000002.safetensors", "best-00000004.safetensors");
    }

    @Test
    void ofEqualsTheEarlierStays() {
        Checkpoints checkpoints = new Checkpoints(folder, 1, 2);
        offer(checkpoints, 1, 5);
        assertThat(names(checkpoints.best(2)))
                .containsExactly("best-00000002.safetensors", "best-00000005.safetensors");
        checkpoints.offer(state(9), -1, 0, Map.of());
        assertThat(names(checkpoints.best(2)))
                .containsExactly("best-00000002.safetensors", "best-00000005.safetensors");
    }

    /** A run that is killed after any validation and goes on from an earlier checkpoint ends with the same files. */
    @Test
    void aRunThatGoesOnEndsWithTheSameFiles() throws IOException {
        Path whole = Files.createDirectories(folder.resolve("whole"));
        offer(new Checkpoints(whole, 1, 3), 1, 7);
        for (int killed = 1; killed <= 7; killed++) {
            for (int resumed = 1; resumed <= killed; resumed++) {
                Path cut = Files.createDirectories(folder.resolve(killed + "-" + resumed));
                offer(new Checkpoints(cut, 1, 3), 1, killed);
                offer(new Checkpoints(cut, 1, 3), resumed, 7);
                assertThat(names(new Checkpoints(cut, 1, 3).best(3)))
                        .isEqualTo(names(new Checkpoints(whole, 1, 3).best(3)));
                assertThat(cut.toFile().list()).hasSize(3);
            }
        }
    }

    /** As if the process had died between writing the new file and removing the old one. */
    @Test
    void oneTooManyIsRemovedLater() {
        offer(new Checkpoints(folder, 1, 3), 1, 2);
        offer(new Checkpoints(folder, 1, 5), 4, 5);
        assertThat(folder.toFile().list()).hasSize(4);
        offer(new Checkpoints(folder, 1, 3), 6, 6);
        assertThat(names(new Checkpoints(folder, 1, 3).best(9)))
                .containsExactly("best-00000002.safetensors", "best-00000005.safetensors", "best-00000004.safetensors");
        assertThat(folder.toFile().list()).hasSize(3);
    }

    @Test
    void oneIsTheUsualBest() {
        Checkpoints checkpoints = new Checkpoints(folder, 1);
        checkpoints.offer(state(1), 1, 0, Map.of());
        assertThat(folder).isEmptyDirectory();
        checkpoints.saveBest(state(2), Map.of());
        assertThat(names(checkpoints.best(1))).containsExactly("best.safetensors");
        assertThat(names(checkpoints.best(5))).containsExactly("best.safetensors");
    }
}
