package org.deutero.tensor;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;

/**
 * Loads libtorch, once, in an order that survives a host with another libtorch on its loader path, and sets what decides between right and
 * wrong itself, so that no environment variable has to.
 *
 * <p>JavaCPP extracts and loads one library at a time. {@code libtorch.so} names {@code libtorch_cpu.so} as a dependency, so while
 * the latter is not yet extracted the system's loader goes looking for it and finds Debian's, conda's or a Python wheel's. Two
 * versions in one process end in a segmentation fault. Hence: extract everything first, load second.
 *
 * <p>What is set:
 *
 * <ul>
 *   <li>OpenBLAS to one thread. Its own threads crash the process in factorisations (a system of 150 unknowns is enough) unless
 *       {@code OPENBLAS_NUM_THREADS=1} was in the environment; the setting is the process's.
 *   <li>libtorch to one thread a call, on every thread that uses it ({@link #prepareThread}): the setting is the thread's, OpenMP threads that
 *       spin cost a factor of fifty, and libtorch picks another convolution where it has several threads, so bits would depend on it.
 *   <li>NNPACK off: where a processor does not suit it, it says so on the terminal at every convolution.
 * </ul>
 */
final class Natives {
    private static final List<String> LIBRARIES = List.of(
            "c10",
            "torch_cpu",
            "torch",
            "jnitorch",
            "gomp",
            "omp",
            "iomp5",
            "uv",
            "c10_cuda",
            "torch_cuda",
            "torch_cuda_linalg");
    static final List<String> PATTERNS = List.of("lib%s.so", "lib%s.so.1", "lib%s.dylib", "%s.dll");
    static final String GPU = "-gpu";
    private static final String LOAD_LIBRARIES = "org.bytedeco.javacpp.loadlibraries";

    /** Why it is not loaded. Kept, because Java tells why a class could not be initialised only once, and wrapped. */
    private static final Optional<TensorException> FAILURE = load();

    private static Optional<TensorException> load() {
        // JavaCPP sees eight bytes of each tensor; its limits would only add a lock and forced collections.
        setDefault("org.bytedeco.javacpp.maxBytes", "0");
        setDefault("org.bytedeco.javacpp.maxPhysicalBytes", "0");
        List<String> refused = NativeFolder.choose();
        if (!refused.isEmpty()) {
            return Optional.of(new TensorException("libtorch has no folder to be unpacked to: "
                    + String.join("; ", refused) + "; expected one that can be"
                    + " written and has room for 0.5 GB, named by -D" + NativeFolder.PROPERTY
                    + "=FOLDER (DEUTERO_JAVA_OPTS"
                    + " for the program)"));
        }
        try {
            ClassLoader loader = Natives.class.getClassLoader();
            Class<?> presets = Class.forName("org.bytedeco.pytorch.presets.torch", false, loader);
            NativeBuild.choose(presets);
            extract(presets);
            acceptOlderOpenBlas(loader);
            Loader.load(torch.class);
            Loader.load(openblas_nolapack.class);
            openblas_nolapack.blas_set_num_threads(1);
            torch.globalContext().setUserEnabledNNPACK(false);
            torch.set_num_threads(1);
            return Optional.empty();
        } catch (IOException | ClassNotFoundException | RuntimeException | LinkageError e) {
            return Optional.of(new TensorException(
                    "libtorch could not be loaded for platform " + platform() + " from " + NativeFolder.inUse() + ": "
                            + reason(e)
                            + "; expected deutero-native for this platform on the class path, and a folder with room for 0.5 GB from"
                            + " which libraries may be loaded (-D" + NativeFolder.PROPERTY + "=FOLDER names another)",
                    e));
        }
    }

    private Natives() {}

    /** Makes sure that libtorch is loaded. @throws TensorException if it cannot be, each time */
    static void ensureLoaded() {
        if (FAILURE.isPresent()) {
            TensorException first = FAILURE.get();
            throw new TensorException(first.getMessage(), first);
        }
    }

    private static String platform() {
        try {
            return Loader.getPlatform();
        } catch (RuntimeException | LinkageError unknown) {
            return System.getProperty("os.name") + " " + System.getProperty("os.arch");
        }
    }

    /** The first line of the innermost message. */
    private static String reason(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String message =
                String.valueOf(innermost.getMessage()).lines().findFirst().orElse("");
        return innermost instanceof ClassNotFoundException ? "there is no class " + message : message;
    }

    /** Settings that libtorch keeps for each thread; to be called once on every thread before it uses a tensor. */
    static void prepareThread() {
        ensureLoaded();
        torch.set_num_threads(1);
    }

    /** Keeps a native object beyond every scope, for constants. */
    static <P extends Pointer> P permanent(P pointer) {
        pointer.retainReference();
        return pointer;
    }

    private static void extract(Class<?> presets) throws IOException {
        for (String build : List.of("", GPU)) {
            String folder = "/org/bytedeco/pytorch/" + Loader.getPlatform() + build + "/";
            for (String library : LIBRARIES) {
                for (String pattern : PATTERNS) {
                    String resource = folder + String.format(pattern, library);
                    if (presets.getResource(resource) != null) {
                        Loader.cacheResource(presets, resource);
                    }
                }
            }
        }
    }

    /**
     * Has OpenBLAS's presets compare their version with JavaCPP's while a difference is not reported: the newest OpenBLAS that is published is one
     * release of JavaCPP behind libtorch's. JavaCPP keeps quiet while it is told not to load anything.
     */
    private static void acceptOlderOpenBlas(ClassLoader loader) throws ClassNotFoundException {
        String before = System.getProperty(LOAD_LIBRARIES);
        System.setProperty(LOAD_LIBRARIES, "false");
        try {
            Class.forName("org.bytedeco.openblas.presets.openblas_nolapack", true, loader);
        } finally {
            if (before == null) {
                System.clearProperty(LOAD_LIBRARIES);
            } else {
                System.setProperty(LOAD_LIBRARIES, before);
            }
        }
    }

    private static void setDefault(String key, String value) {
        if (System.getProperty(key) == null) {
            System.setProperty(key, value);
        }
    }
}
