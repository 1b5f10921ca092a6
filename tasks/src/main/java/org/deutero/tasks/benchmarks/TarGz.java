package org.deutero.tasks.benchmarks;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.deutero.tasks.DataException;

/** Reads single files out of a gzipped tar archive; nothing is unpacked to disk. */
final class TarGz {

    private static final int BLOCK = 512;
    private static final int NAME = 100;
    private static final int SIZE_AT = 124;
    private static final int SIZE_DIGITS = 12;

    private TarGz() {}

    /** The files that have one of the names, whatever folder they lie in, each within the limit. */
    static Map<String, byte[]> read(Path archive, Set<String> names, long limit) {
        Map<String, byte[]> files = new HashMap<>();
        try (InputStream in =
                new GZIPInputStream(new BufferedInputStream(Files.newInputStream(archive), 1 << 16), 1 << 16)) {
            byte[] header = in.readNBytes(BLOCK);
            while (header.length == BLOCK && header[0] != 0 && files.size() < names.size()) {
                long size = size(header, archive);
                String path = text(header, 0, NAME);
                String name = path.substring(path.lastIndexOf('/') + 1);
                long padding = (BLOCK - size % BLOCK) % BLOCK;
                if (names.contains(name) && size > 0) {
                    if (size > limit) {
                        throw new DataException(archive + " holds " + path + " of " + size
                                + " bytes, more than the limit of " + limit + " bytes");
                    }
                    byte[] content = in.readNBytes((int) size);
                    if (content.length < size) {
                        throw new EOFException();
                    }
                    files.put(name, content);
                    in.skipNBytes(padding);
                } else {
                    in.skipNBytes(size + padding);
                }
                header = in.readNBytes(BLOCK);
            }
            return files;
        } catch (EOFException e) {
            throw new DataException(archive + " is cut off", e);
        } catch (IOException e) {
            throw new DataException(archive + " cannot be read as a gzipped tar archive: " + e.getMessage(), e);
        }
    }

    private static long size(byte[] header, Path archive) {
        String digits = text(header, SIZE_AT, SIZE_DIGITS).strip();
        try {
            return Long.parseLong(digits, 8);
        } catch (NumberFormatException e) {
            throw new DataException(archive + " is no tar archive: a file size in it is \"" + digits + "\"", e);
        }
    }

    private static String text(byte[] header, int from, int length) {
        int end = from;
        while (end < from + length && header[end] != 0) {
            end++;
        }
        return new String(header, from, end - from, StandardCharsets.US_ASCII);
    }
}
