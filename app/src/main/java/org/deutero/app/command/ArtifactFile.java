package org.deutero.app.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.deutero.experiment.base.UserException;

/** Names under which a {@code .dtr} file may be written: not those of other formats, which other programs would try to read. */
final class ArtifactFile {
    private ArtifactFile() {}

    /** The same path. @throws UserException if it has the suffix of another format, or is a folder */
    static Path checked(Path out) {
        String name = String.valueOf(out.getFileName());
        int dot = name.lastIndexOf('.');
        if (dot > 0 && !name.toLowerCase(Locale.ROOT).endsWith(".dtr")) {
            throw UserException.usage("only Deutero's own .dtr files can be written, but --out is " + out
                    + "; expected a name that ends in .dtr");
        }
        if (Files.isDirectory(out)) {
            throw UserException.usage(
                    "--out is the folder " + out + "; expected a file, such as " + out.resolve("model.dtr"));
        }
        return out;
    }
}
