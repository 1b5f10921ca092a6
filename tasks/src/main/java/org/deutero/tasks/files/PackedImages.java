package org.deutero.tasks.files;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.deutero.tasks.images.LabelledImages;
import org.deutero.tensor.io.AtomicFiles;

/**
 * A whole data set of decoded pictures in one file.
 *
 * <p>Big-endian: magic number, key, notes, name, channels, height, width, then name and number of pictures of each class, then
 * all pixels in that order, one byte each, then the CRC-32C of everything before.
 *
 * @param images the data set
 * @param notes what a person was told when it was decoded
 */
record PackedImages(LabelledImages images, List<String> notes) {

    private static final long MAGIC = 0x4445555445524f31L; // "DEUTERO1"
    private static final int BUFFER = 1 << 16;

    /** Writes to a temporary name in the same folder, flushes it to the disk and renames it. */
    void write(Path file, String key) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        AtomicFiles.write(file, out -> write(out, key));
    }

    private void write(OutputStream plain, String key) throws IOException {
        CheckedOutputStream checked = new CheckedOutputStream(plain, new CRC32C());
        DataOutputStream out = new DataOutputStream(checked);
        out.writeLong(MAGIC);
        out.writeUTF(key);
        out.writeInt(notes.size());
        for (String note : notes) {
            out.writeUTF(note);
        }
        out.writeUTF(images.name());
        out.writeInt(images.channels());
        out.writeInt(images.height());
        out.writeInt(images.width());
        out.writeInt(images.classes());
        for (int c = 0; c < images.classes(); c++) {
            out.writeUTF(images.className(c));
            out.writeInt(images.count(c));
        }
        for (int c = 0; c < images.classes(); c++) {
            images.writeTo(c, out);
        }
        out.writeLong(checked.getChecksum().getValue());
    }

    /**
     * Reads a file.
     *
     * @return empty if it was written for another key
     * @throws IOException if it is damaged
     */
    static Optional<PackedImages> read(Path file, String key) throws IOException {
        long size = Files.size(file);
        try (BufferedInputStream plain = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            CheckedInputStream checked = new CheckedInputStream(plain, new CRC32C());
            DataInputStream in = new DataInputStream(checked);
            if (in.readLong() != MAGIC) {
                throw new IOException("it does not begin as such a file does");
            }
            if (!in.readUTF().equals(key)) {
                return Optional.empty();
            }
            List<String> notes = new ArrayList<>();
            for (int i = count(in, size); i > 0; i--) {
                notes.add(in.readUTF());
            }
            LabelledImages images = images(in, size);
            long sum = checked.getChecksum().getValue();
            if (in.readLong() != sum) {
                throw new IOException("its checksum is wrong");
            }
            return Optional.of(new PackedImages(images, notes));
        } catch (RuntimeException e) {
            throw new IOException(e.getMessage(), e); // sizes that make no sense
        }
    }

    private static LabelledImages images(DataInputStream in, long size) throws IOException {
        String name = in.readUTF();
        int channels = in.readInt();
        int height = in.readInt();
        int width = in.readInt();
        LabelledImages.Builder builder = LabelledImages.builder(name, channels, height, width);
        int classes = count(in, size);
        List<String> names = new ArrayList<>();
        int[] bytes = new int[classes];
        long total = 0;
        for (int c = 0; c < classes; c++) {
            names.add(in.readUTF());
            bytes[c] = Math.multiplyExact(count(in, size), Math.multiplyExact(channels, height * width));
            total += bytes[c];
        }
        // Before memory is taken: what a damaged header claims may be anything.
        if (total > size) {
            throw new IOException("it is cut off");
        }
        for (int c = 0; c < classes; c++) {
            byte[] pixels = new byte[bytes[c]];
            in.readFully(pixels);
            builder.add(names.get(c), pixels);
        }
        return builder.build();
    }

    private static int count(DataInputStream in, long most) throws IOException {
        int n = in.readInt();
        if (n < 0 || n > most) {
            throw new IOException("its header makes no sense");
        }
        return n;
    }
}
