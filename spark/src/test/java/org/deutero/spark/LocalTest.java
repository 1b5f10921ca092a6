package org.deutero.spark;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Spark within this process, {@code local[2]}. */
class LocalTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Runs.class)
    void theBytesOfThreads(Runs run) {
        run.assertSame(run.train(folder.resolve("run"), Optional.of("local[2]")));
    }
}
