package org.deutero.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The measured peak is that of the work, whatever was allocated and freed before it. */
class PeakMemoryTest {
    private static final int MEGABYTE = 1_000_000;

    /** So many tensors of so many megabytes, all alive at once and then freed. */
    private static double allocate(int tensors, int megabytes) {
        try (Scope s = Scope.open()) {
            Tensor sum = Tensor.scalar(0);
            for (int i = 0; i < tensors; i++) {
                sum = sum.add(Tensors.ones(DType.FLOAT32, megabytes, MEGABYTE / 4)
                        .select(0, 0)
                        .sum());
            }
            return sum.item();
        }
    }

    private static void print(String name, int tensors, int megabytes) {
        var measured = NativeMemory.measure(() -> allocate(tensors, megabytes));
        assertThat(measured.result()).isEqualTo(tensors * MEGABYTE / 4.0);
        System.out.println(name + " " + measured.peakBytes().orElseThrow() / MEGABYTE);
    }

    /** What the forked virtual machine runs; prints megabytes. */
    public static void main(String[] args) {
        allocate(1, 1);
        // Blocks of 20 MB go through malloc's own lists once it has learnt that they come back: freed memory stays with
        // it.
        print("large", 10, 20);
        print("again", 10, 20);
        allocate(20, 20);
        print("after-larger", 10, 20);
        print("small", 3, 1);
        print("many-blocks", 400, 1);
        print("small-after-many", 3, 1);
    }

    /** In a virtual machine of its own, since everything that happens in a process counts. */
    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void thePeakIsThatOfTheWork(@TempDir Path folder) throws Exception {
        assumeTrue(Files.isWritable(Path.of("/proc/self/clear_refs")), "only Linux tells");
        String text = ForkedJvm.run(folder, PeakMemoryTest.class, "-XX:+UseSerialGC");
        assertThat(megabytes(text, "large")).isBetween(197, 206);
        assertThat(megabytes(text, "again")).isBetween(197, 206);
        assertThat(megabytes(text, "after-larger")).isBetween(197, 206);
        assertThat(megabytes(text, "small")).isBetween(2, 6);
        assertThat(megabytes(text, "many-blocks")).isBetween(396, 406);
        assertThat(megabytes(text, "small-after-many")).isBetween(2, 6);
    }

    private static int megabytes(String text, String name) {
        return text.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToInt(line -> Integer.parseInt(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(text));
    }
}
