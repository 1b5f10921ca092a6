package org.deutero.experiment.plugin;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.deutero.experiment.base.UserException;
import org.deutero.tensor.files.FileReasons;

/**
 * Jars whose providers are found as if they stood on the class path. While this is open, the context class loader of the thread that opened it, and of threads that it starts, sees
 * the classes of the jars; it must be closed by the same thread.
 *
 * <p>A plug-in is a program and can do what this one can: whoever may write into the folder of plug-ins decides what runs.
 */
public final class Plugins implements AutoCloseable {
    /** The system property that names another folder of plug-ins than {@code plugins} in the working directory. */
    public static final String PROPERTY = "deutero.plugins";

    /** The environment variable that does the same; the property goes before it. */
    public static final String VARIABLE = "DEUTERO_PLUGINS";

    /** The system property that names the folders of installed modules, in each of which and in its {@code lib} or {@code jars} are jars; separated like a class path. */
    public static final String MODULES = "deutero.modules";

    private final List<Path> jars;
    private final ClassLoader before;
    private final URLClassLoader loader;
    private final boolean modules;

    private Plugins(List<Path> jars, boolean modules) {
        this.jars = List.copyOf(jars);
        this.modules = modules;
        before = Thread.currentThread().getContextClassLoader();
        loader = new URLClassLoader(
                "plug-ins", jars.stream().map(Plugins::url).toArray(URL[]::new), Plugins.class.getClassLoader());
        if (!jars.isEmpty()) {
            Thread.currentThread().setContextClassLoader(loader);
        }
    }

    /**
     * Opens jars, and those of the folder of plug-ins, if there is one.
     *
     * @throws UserException if a jar cannot be read
     */
    public static Plugins open(List<Path> named) {
        List<Path> jars = new ArrayList<>();
        Stream.of(named, inFolder(), ofModules())
                .flatMap(List::stream)
                .map(path -> path.toAbsolutePath().normalize())
                .distinct()
                .forEach(jars::add);
        jars.forEach(Plugins::check);
        return new Plugins(jars, !ofModules().isEmpty());
    }

    /** What was opened, in the order in which classes are looked for. */
    public List<Path> jars() {
        return jars;
    }

    /** Puts the former context class loader back. Native memory of plug-ins' learners is not touched. */
    @Override
    public void close() {
        Thread.currentThread().setContextClassLoader(before);
        if (modules) {
            return; // what they do when the process ends, such as Spark's removal of its folders, needs more of their
            // classes
        }
        try {
            loader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> inFolder() {
        String chosen = System.getProperty(PROPERTY, System.getenv(VARIABLE));
        Path folder = Path.of(chosen == null ? "plugins" : chosen);
        if (!Files.isDirectory(folder)) {
            if (chosen == null) {
                return List.of();
            }
            throw UserException.usage("there is no folder of plug-ins " + folder);
        }
        return jarsOf(folder);
    }

    private static List<Path> ofModules() {
        List<Path> jars = new ArrayList<>();
        for (String module : System.getProperty(MODULES, "").split(File.pathSeparator, -1)) {
            for (Path folder : List.of(Path.of(module), Path.of(module, "lib"), Path.of(module, "jars"))) {
                if (!module.isEmpty() && Files.isDirectory(folder)) {
                    jars.addAll(jarsOf(folder));
                }
            }
        }
        return jars;
    }

    private static List<Path> jarsOf(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw UserException.failure(
                    "the folder of plug-ins " + folder + " cannot be read: " + FileReasons.of(e), e);
        }
    }

    private static void check(Path jar) {
        if (!Files.isRegularFile(jar)) {
            throw UserException.usage("there is no plug-in " + jar + "; expected a jar");
        }
        try {
            new JarFile(jar.toFile()).close();
        } catch (IOException e) {
            throw UserException.usage("the plug-in " + jar + " is not a jar: " + FileReasons.of(e), e);
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }
}
