package org.deutero.app.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.deutero.app.ExitCode;
import org.deutero.app.text.Table;
import org.deutero.experiment.base.Libraries;
import org.deutero.experiment.base.Version;
import org.deutero.tensor.Device;
import org.deutero.tensor.LibTorch;
import org.deutero.tensor.TensorException;
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
                .row("OMP_WAIT_POLICY", environment("OMP_WAIT_POLICY"));
        Libraries.onClassPath().forEach(table::row);
        Optional<TensorException> failure = natives(table);
        // After loading, which is what fills it.
        NativeCache cache = NativeCache.standard();
        table.row("native cache", cache.describe());
        table.lines().forEach(out::println);
        warning(Runtime.version()).ifPresent(warning -> out.println("Warning: " + warning));
        LibTorch.kernelVariables(System.getenv())
                .forEach((name, value) -> out.println("Warning: " + name + "=" + value
                        + " chooses native kernels; numbers may differ in their last bits from those without it."));
        List<String> unused = cache.unused(NativeLibraries.loaded());
        if (!unused.isEmpty()) {
            out.println("Note: not used by this version and free to be deleted from the native cache: "
                    + String.join(", ", unused) + ".");
        }
        // The rest of the table is what helps to find out why.
        failure.ifPresent(e -> {
            out.flush();
            throw e;
        });
        return ExitCode.OK;
    }

    /** What is loaded, or why nothing is. */
    private static Optional<TensorException> natives(Table table) {
        try {
            LibTorch.describe().forEach(table::row);
        } catch (TensorException e) {
            table.row("libtorch", "not loaded, see below");
            return Optional.of(e);
        }
        table.row("CUDA", Device.cudaAvailable() ? "available" : "not available: the processor is used");
        NativeLibraries.loaded().forEach(file -> table.row("loaded", file));
        return Optional.empty();
    }

    /** JDK-8377811: G1 could move arrays that native code had pinned, which corrupts tensors read into Java. */
    static Optional<String> warning(Runtime.Version java) {
        return java.feature() == 25 && java.compareToIgnoreOptional(FIRST_SAFE_25) < 0
                ? Optional.of("Java " + java + " may corrupt data that native code reads; use 25.0.3 or newer, or 17.")
                : Optional.empty();
    }

    private static String property(String key) {
        return System.getProperty(key, "?");
    }

    private static String environment(String name) {
        String value = System.getenv(name);
        return value == null ? "not set" : value;
    }
}
