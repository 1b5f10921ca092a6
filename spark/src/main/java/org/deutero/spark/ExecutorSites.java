package org.deutero.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;
import org.deutero.experiment.Site;
import org.deutero.tensor.NativeFolder;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;

/** The recipe that this executor works for, built once with its data, whoever of its threads asks first. A driver trains one recipe at a time, so only the latest is kept. */
final class ExecutorSites {
    private static final String LOCK = ".deutero-unpacking";

    private static String name = "";
    private static Site<?> latest;

    private ExecutorSites() {}

    /**
     * The site of a recipe.
     *
     * @param run a name that no other run has
     * @param recipe its text
     */
    static synchronized Site<?> of(String run, Supplier<String> recipe) {
        if (!name.equals(run)) {
            loadLibtorch();
            latest = Site.of(recipe.get());
            name = run;
        }
        return latest;
    }

    /** Executors of one machine start at the same moment and share the folder that libtorch is unpacked to: the first one does it, the others wait. */
    @SuppressWarnings("try") // the lock and the scope work by being held
    private static void loadLibtorch() {
        Path folder = NativeFolder.inUse();
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            touch(); // says in its own words what is wrong with the folder
            return;
        }
        try (FileChannel file =
                        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = file.lock()) {
            touch();
        } catch (IOException e) {
            throw new UncheckedIOException("libtorch cannot be unpacked to " + folder, e);
        }
    }

    @SuppressWarnings("try") // the scope works by being open
    private static void touch() {
        try (Scope s = Scope.open()) {
            Tensor.of(new float[] {0}, 1);
        }
    }
}
