package org.deutero.tensor;

import java.util.Optional;
import org.bytedeco.javacpp.Loader;

/**
 * Which build of libtorch JavaCPP looks for. Left to itself it looks for the GPU build beside any other: some thirty libraries of CUDA, each by three names
 * in every jar of the class path, which takes a second at every start; and it loads those that the host happens to have.
 *
 * <p>What tells it otherwise counts for all libraries that JavaCPP loads in the process. So only programs that load no other by it should ask, such as the
 * {@code deutero} command.
 */
public final class NativeBuild {
    /** The property by which a program says that it loads nothing else by JavaCPP: {@code true}. */
    public static final String PROPERTY = "deutero.native.alone";

    private static final String EXTENSION = "org.bytedeco.javacpp.platform.extension";

    private NativeBuild() {}

    /**
     * Tells JavaCPP, before it loads anything.
     *
     * @param presets a class of the jar beside which those of the libraries are
     */
    static void choose(Class<?> presets) {
        boolean gpu = Natives.PATTERNS.stream()
                .anyMatch(pattern -> presets.getResource("/org/bytedeco/pytorch/" + Loader.getPlatform() + Natives.GPU
                                + "/" + String.format(pattern, "jnitorch"))
                        != null);
        extension(Boolean.getBoolean(PROPERTY), gpu, System.getProperty(EXTENSION))
                .ifPresent(value -> System.setProperty(EXTENSION, value));
    }

    /** What to set: the name of a build that no library has, so that the plain one is left. */
    static Optional<String> extension(boolean alone, boolean gpu, String before) {
        return alone && !gpu && before == null ? Optional.of("-cpu") : Optional.empty();
    }
}
