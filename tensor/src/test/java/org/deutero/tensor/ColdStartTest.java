package org.deutero.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The first start on a machine, when no native library has been extracted yet. */
@Tag("slow")
class ColdStartTest {
    /** What the forked virtual machine runs. */
    static final class Sum {
        private Sum() {}

        public static void main(String[] args) {
            try (Scope s = Scope.open()) {
                System.out.println(
                        "sum " + Tensor.scalar(1.5).add(Tensor.scalar(2)).item());
            }
        }
    }

    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void librariesLoadFromAnEmptyCache(@TempDir Path folder) throws Exception {
        Path cache = folder.resolve("cache");
        String text = ForkedJvm.run(folder, Sum.class, "-Dorg.bytedeco.javacpp.cachedir=" + cache);
        assertThat(text).contains("sum 3.5");
        try (Stream<Path> files = Files.walk(cache)) {
            assertThat(files.map(f -> f.getFileName().toString())).anyMatch(f -> f.contains("torch_cpu"));
        }
    }
}
