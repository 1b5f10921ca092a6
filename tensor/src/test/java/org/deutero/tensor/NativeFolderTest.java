package org.deutero.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Machines on which libtorch cannot be unpacked. */
class NativeFolderTest {
    @TempDir
    private Path folder;

    /** What the forked virtual machine runs: each kind of first use, all of which must say why. */
    static final class FirstUses {
        private FirstUses() {}

        public static void main(String[] args) {
            for (Runnable use : new Runnable[] {
                () -> Scope.open().close(),
                () -> Tensor.scalar(1),
                () -> Tensors.zeros(DType.FLOAT32, 2),
                Device::cudaAvailable,
                LibTorch::describe,
                () -> GradMode.off(() -> 1)
            }) {
                try {
                    use.run();
                    System.out.println("worked");
                } catch (TensorException e) {
                    System.out.println("said: " + e.getMessage());
                }
            }
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void everyFirstUseSaysThatNoFolderCanBeWritten() throws Exception {
        String text = ForkedJvm.run(folder, FirstUses.class, "-Duser.home=/proc", "-Djava.io.tmpdir=/proc");
        assertThat(text.lines())
                .hasSize(6)
                .allSatisfy(line -> assertThat(line)
                        .startsWith("said: libtorch has no folder to be unpacked to: /proc/.javacpp/cache (")
                        .contains("/proc/deutero-", "-Dorg.bytedeco.javacpp.cachedir=FOLDER"));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFolderThatWasNamedIsTheOnlyOne() throws Exception {
        String text = ForkedJvm.run(folder, FirstUses.class, "-Dorg.bytedeco.javacpp.cachedir=/proc/x");
        assertThat(text.lines())
                .hasSize(6)
                .allSatisfy(line ->
                        assertThat(line).startsWith("said: libtorch has no folder to be unpacked to: /proc/x ("));
    }
}
