package org.deutero.tasks.benchmarks;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.deutero.tasks.DataException;
import org.deutero.tensor.files.FileReasons;

/** Reads single files out of a gzipped tar archive; nothing is unpacked to disk. */
final class TarGz {

    private static final int BUFFER = 1 << 16;

    private TarGz() {}

    /** The files that have one of the names, whatever folder they lie in, each within the limit. */
    static Map<String, byte[]> read(Path archive, Set<String> names, long limit) {
        Map<String, byte[]> files = new HashMap<>();
        try (InputStream file = Files.newInputStream(archive);
                InputStream plain = new GZIPInputStream(new BufferedInputStream(file, BUFFER), BUFFER);
                TarArchiveInputStream tar = new TarArchiveInputStream(plain)) {
            TarArchiveEntry entry = tar.getNextEntry();
            while (entry != null && files.size() < names.size()) {
                String path = entry.getName();
                String name = path.substring(path.lastIndexOf('/') + 1);
                if (names.contains(name) && entry.isFile() && entry.getSize() > 0) {
                    files.put(name, content(archive, tar, entry, limit));
                }
                entry = tar.getNextEntry();
            }
            return files;
        } catch (EOFException e) {
            throw new DataException(archive + " is cut off", e);
        } catch (IOException e) {
            throw new DataException(archive + " cannot be read as a gzipped tar archive: " + FileReasons.of(e), e);
        }
    }

    private static byte[] content(Path archive, TarArchiveInputStream tar, TarArchiveEntry entry, long limit)
            throws IOException {
        // Before reading: the size is what the archive claims, and the limit is what memory may be taken for it.
        if (entry.getSize() > limit) {
            throw new DataException(archive + " holds " + entry.getName() + " of " + entry.getSize()
                    + " bytes, more than the limit of " + limit + " bytes");
        }
        byte[] content = tar.readNBytes((int) entry.getSize());
        if (content.length < entry.getSize()) {
            throw new EOFException();
        }
        return content;
    }
}
