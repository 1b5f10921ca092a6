package org.deutero.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.bytedeco.javacpp.Pointer;

/**
 * Refuses what cannot fit before it is made. A system that promises more memory than it has does not fail when it is asked for it, but ends the
 * process when it is used.
 */
public final class Memory {
    private static final Path LIMIT = Path.of("/sys/fs/cgroup/memory.max");

    /** Smaller pieces are not worth a question to the system. */
    private static final double SMALL = 1 << 28;

    private Memory() {}

    /** Bytes of memory of this machine, or of the container that the process runs in if those are fewer. */
    public static long ofMachine() {
        Natives.ensureLoaded();
        long physical = Pointer.totalPhysicalBytes();
        try {
            return Math.min(physical, Long.parseLong(Files.readString(LIMIT).strip()));
        } catch (IOException | NumberFormatException unlimited) {
            return physical;
        }
    }

    /**
     * Refuses what does not fit.
     *
     * @param what needs them, the start of a sentence
     * @param bytes at least
     * @throws TensorException if this machine has fewer
     */
    public static void require(String what, double bytes) {
        if (bytes > SMALL && bytes > ofMachine()) {
            throw new TensorException(what + " needs " + words(bytes) + ", but this machine has "
                    + words((double) ofMachine()) + " of memory");
        }
    }

    /** Such as {@code 7.5 GB}. */
    public static String words(double bytes) {
        double giga = bytes / (1 << 30);
        return giga >= 1e6
                ? String.format(Locale.ROOT, "%.1e GB", giga).replace("e+", "e")
                : String.format(Locale.ROOT, giga >= 100 ? "%.0f GB" : "%.1f GB", giga);
    }

    /**
     * Refuses a tensor that no machine or not this one can hold.
     *
     * @param bytes of an element
     */
    static void require(int bytes, long... shape) {
        double elements = 1;
        for (long size : shape) {
            if (size < 0) {
                throw new TensorException("a tensor cannot have the shape " + Arrays.toString(shape)
                        + ": some number is too large for it");
            }
            elements *= size;
        }
        if (elements * bytes > SMALL) {
            require("a tensor of shape " + Arrays.toString(shape), elements * bytes);
        }
    }
}
