package org.deutero.experiment.base;

import java.io.IOException;
import java.nio.file.Path;

/** Text files that are there completely or not at all, whenever the process is killed. */
public final class AtomicFiles {
    private AtomicFiles() {}

    /** Writes text in UTF-8 as {@link org.deutero.tensor.io.AtomicFiles} does. */
    public static void write(Path file, String text) throws IOException {
        org.deutero.tensor.io.AtomicFiles.write(file, text);
    }
}
