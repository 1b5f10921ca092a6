package org.deutero.tensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;

/**
 * The peak of native memory during a piece of work, as the operating system sees it. JavaCPP cannot tell (it sees eight bytes of a tensor), and
 * libtorch's own reporting cannot be listened to from Java.
 *
 * <p>What is measured is the resident memory of the whole process: its highest level during the work, above the level at its start. So nothing
 * else should run beside it, and what Java and its compiler take is counted too: tens of megabytes while code is new, next to nothing later.
 * Memory that earlier work has freed is given back to the system first, so that it cannot be used again unseen; glibc does that fully
 * with a single pool only ({@code MALLOC_ARENA_MAX=1} in the environment), else up to 64 MB may stay unseen. Linux only.
 */
public final class NativeMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path CLEAR = Path.of("/proc/self/clear_refs");
    private static final String RESET_PEAK = "5";

    private NativeMemory() {}

    /**
     * A result and what it took.
     *
     * @param result of the work
     * @param peakBytes highest resident memory during the work above that at its start; empty where the system does not tell
     */
    public record Measured<R>(R result, OptionalLong peakBytes) {}

    /** Does the work and measures it. Takes a full garbage collection, so not for inner loops. */
    public static <R> Measured<R> measure(Supplier<R> work) {
        Natives.ensureLoaded();
        settle();
        OptionalLong before = resetPeak() ? bytes("VmRSS:") : OptionalLong.empty();
        R result = work.get();
        OptionalLong after = before.isPresent() ? bytes("VmHWM:") : OptionalLong.empty();
        return new Measured<>(
                result,
                after.isPresent()
                        ? OptionalLong.of(Math.max(0, after.getAsLong() - before.getAsLong()))
                        : OptionalLong.empty());
    }

    /** Frees what is garbage and hands free memory back, so that the work has to ask for all of its own. */
    private static void settle() {
        System.gc();
        Pointer.trimMemory();
    }

    private static boolean resetPeak() {
        try {
            Files.writeString(CLEAR, RESET_PEAK, StandardOpenOption.WRITE);
            return true;
        } catch (IOException | UnsupportedOperationException notLinux) {
            return false;
        }
    }

    private static OptionalLong bytes(String key) {
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(key))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst();
        } catch (IOException | UncheckedIOException unreadable) {
            return OptionalLong.empty();
        }
    }
}
