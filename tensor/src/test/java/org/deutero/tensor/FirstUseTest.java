package org.deutero.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The native library under several threads at their first moment: the same bits as one thread's, whatever the environment says, and not
 * a word of its own on the terminal. libtorch 2.10 failed this on processors with AVX-512, by wrong numbers and by crashes.
 *
 * <p>{@code -Ddeutero.stress.processes=50} runs the long form by hand.
 */
@Tag("slow")
class FirstUseTest {
    private static final int PROCESSES = Integer.getInteger("deutero.stress.processes", 1);
    private static final int ROUNDS = Integer.getInteger("deutero.stress.rounds", 1);
    private static final List<String> KEYS = List.of("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS");

    private static String run(Path folder, int threads, Consumer<Map<String, String>> environment) throws Exception {
        return ForkedJvm.run(
                folder,
                FirstUse.class,
                environment,
                List.of(Integer.toString(threads), Integer.toString(ROUNDS)),
                "-XX:TieredStopAtLevel=1",
                "-D" + NativeBuild.PROPERTY + "=true");
    }

    private static void check(Path folder, Consumer<Map<String, String>> environment) throws Exception {
        String alone = run(folder, 1, environment.andThen(e -> KEYS.forEach(key -> e.put(key, "1"))));
        // Each line is a round, a name and one number; anything else was printed by native code.
        assertThat(alone.lines()).hasSizeGreaterThan(20).allMatch(line -> line.matches("\\d+ [^|]+ -?\\d+"));
        for (int i = 0; i < PROCESSES; i++) {
            assertThat(run(folder, 4, environment.andThen(e -> e.keySet().removeAll(KEYS))))
                    .isEqualTo(alone);
            assertThat(run(folder, 3, environment.andThen(e -> KEYS.forEach(key -> e.put(key, "3")))))
                    .isEqualTo(alone);
        }
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void theFirstUseOfAKernelGivesTheSameBitsOnAnyNumberOfThreadsInAnyEnvironment(@TempDir Path folder)
            throws Exception {
        check(folder, environment -> {});
    }

    /** Other kernels than on processors with AVX-512. */
    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void theSameOnAProcessorWithAvx2Only(@TempDir Path folder) throws Exception {
        check(folder, environment -> environment.put("ONEDNN_MAX_CPU_ISA", "AVX2"));
    }
}
