package org.deutero.tensor;

import java.io.IOException;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.global.torch;

/**
 * Loads libtorch, once, in an order that survives a host with another libtorch on its loader path.
 *
 * <p>JavaCPP extracts and loads one library at a time. {@code libtorch.so} names {@code libtorch_cpu.so} as a dependency, so while
 * the latter is not yet extracted the system's loader goes looking for it and finds Debian's, conda's or a Python wheel's. Two
 * versions in one process end in a segmentation fault. Hence: extract everything first, load second.
 */
final class Natives {
    private static final List<String> LIBRARIES =
            List.of("c10", "torch_cpu", "torch", "jnitorch", "gomp", "c10_cuda", "torch_cuda", "torch_cuda_linalg");
    private static final List<String> PATTERNS = List.of("lib%s.so", "lib%s.so.1", "lib%s.dylib", "%s.dll");

    static {
        // JavaCPP sees eight bytes of each tensor; its limits would only add a lock and forced collections.
        setDefault("org.bytedeco.javacpp.maxBytes", "0");
        setDefault("org.bytedeco.javacpp.maxPhysicalBytes", "0");
        try {
            Class<?> presets =
                    Class.forName("org.bytedeco.pytorch.presets.torch", false, Natives.class.getClassLoader());
            String folder = "/org/bytedeco/pytorch/" + Loader.getPlatform() + "/";
            for (String library : LIBRARIES) {
                for (String pattern : PATTERNS) {
                    String resource = folder + String.format(pattern, library);
                    if (presets.getResource(resource) != null) {
                        Loader.cacheResource(presets, resource);
                    }
                }
            }
            Loader.load(torch.class);
        } catch (IOException | ClassNotFoundException | LinkageError e) {
            throw new TensorException(
                    "libtorch could not be loaded for platform " + Loader.getPlatform()
                            + ": expected the deutero-native artifacts on the class path and a writable cache folder "
                            + System.getProperty("org.bytedeco.javacpp.cachedir", "~/.javacpp/cache"),
                    e);
        }
        // One thread per call: parallelism is over tasks, and idle OpenMP threads that spin cost a factor of fifty.
        torch.set_num_threads(1);
    }

    private Natives() {}

    /** Makes sure that libtorch is loaded. */
    static void ensureLoaded() {
        // The static initialiser has done the work.
    }

    /** Keeps a native object beyond every scope, for constants. */
    static <P extends Pointer> P permanent(P pointer) {
        pointer.retainReference();
        return pointer;
    }

    private static void setDefault(String key, String value) {
        if (System.getProperty(key) == null) {
            System.setProperty(key, value);
        }
    }
}
