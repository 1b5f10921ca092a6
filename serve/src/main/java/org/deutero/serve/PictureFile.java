package org.deutero.serve;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deutero.tasks.DataException;
import org.deutero.tasks.files.Limits;
import org.deutero.tasks.images.Picture;
import org.deutero.tensor.files.FileReasons;

/** Pictures from files and bytes, within the limits that data sets are held to. */
final class PictureFile {
    private static final Limits LIMITS = Limits.DEFAULT;

    private PictureFile() {}

    /** Decodes a PNG or JPEG file. @throws DataException naming the file if there is none or it does not decode */
    static Picture read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new DataException("there is no picture " + file);
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes((int) LIMITS.fileBytes());
            if (in.read() >= 0) {
                throw new DataException(file + " is larger than the limit of " + LIMITS.fileBytes() + " bytes");
            }
            return decode(bytes, file.toString());
        } catch (IOException e) {
            throw new DataException(file + " cannot be read: " + FileReasons.of(e), e);
        }
    }

    /** Decodes the bytes of a PNG or JPEG file; {@code name} is what errors call it. */
    static Picture decode(byte[] file, String name) {
        return Picture.decode(file, name, LIMITS.pixels());
    }
}
