package org.deutero.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.deutero.app.ExitCode;
import org.deutero.experiment.base.Libraries;
import org.deutero.experiment.base.Version;
import org.deutero.tensor.Device;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code deutero doctor}: what this installation runs on, and what may go wrong with it. */
@Command(
        name = "doctor",
        description = "Show the JDK, the libraries and the native code in use, and warn of known trouble.",
        mixinStandardHelpOptions = true)
public final class DoctorCommand implements Callable<Integer> {
    private static final Runtime.Version FIRST_SAFE_25 = Runtime.Version.parse("25.0.3");
    private static final long MEBIBYTE = 1 << 20;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Runtime runtime = Runtime.getRuntime();
        Table table = new Table(spec.usageMessage().width())
                .row("deutero", Version.deutero())
                .row("Java", property("java.version") + ", " + property("java.vendor") + ", " + property("java.home"))
                .row("system", property("os.name") + " " + property("os.version") + ", " + property("os.arch"))
                .row("processors", Integer.toString(runtime.availableProcessors()))
                .row("heap limit", String.format(Locale.ROOT, "%d MiB", runtime.maxMemory() / MEBIBYTE))
                .row("OMP_NUM_THREADS", environment("OMP_NUM_THREADS"))
                .row("OPENBLAS_NUM_THREADS", environment("OPENBLAS_NUM_THREADS"))
                .row("native cache", nativeCache().toString());
        Libraries.onClassPath().forEach(table::row);
        natives(table);
        table.lines().forEach(out::println);
        warning(Runtime.version()).ifPresent(warning -> out.println("Warning: " + warning));
        return ExitCode.OK;
    }

    private static void natives(Table table) {
        table.row("CUDA", Device.cudaAvailable() ? "available" : "not available: the processor is used");
        NativeLibraries.loaded().forEach(file -> table.row("loaded", file));
    }

    /** JDK-8377811: G1 could move arrays that native code had pinned, which corrupts tensors read into Java. */
    static Optional<String> warning(Runtime.Version java) {
        return java.feature() == 25 && java.compareToIgnoreOptional(FIRST_SAFE_25) < 0
                ? Optional.of("Java " + java + " may corrupt data that native code reads; use 25.0.3 or newer, or 17.")
                : Optional.empty();
    }

    private static Path nativeCache() {
        String set = System.getProperty("org.bytedeco.javacpp.cachedir");
        return set == null ? Path.of(property("user.home"), ".javacpp", "cache") : Path.of(set);
    }

    private static String property(String key) {
        return System.getProperty(key, "?");
    }

    private static String environment(String name) {
        String value = System.getenv(name);
        return value == null ? "not set: expect slow threads; start by the launcher, or set it to 1" : value;
    }
}
