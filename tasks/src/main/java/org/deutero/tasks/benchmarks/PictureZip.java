package org.deutero.tasks.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.images.Picture;

/** Writes pictures as PNG files into a zip with a folder for each class. Equal pictures give equal bytes. */
final class PictureZip {

    private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

    private PictureZip() {}

    /**
     * Writes the zip to a stream, which stays open.
     *
     * @param classes square pictures of each class, {@code [3, side, side]}
     */
    static void write(OutputStream out, Map<String, List<byte[]>> classes, int side, LoadListener listener)
            throws IOException {
        int total = classes.values().stream().mapToInt(List::size).sum();
        int done = 0;
        ZipOutputStream zip = new ZipOutputStream(out);
        zip.setLevel(Deflater.NO_COMPRESSION); // PNG is compressed already
        for (Map.Entry<String, List<byte[]>> entry : classes.entrySet()) {
            int number = 0;
            for (byte[] pixels : entry.getValue()) {
                ZipEntry picture = new ZipEntry(String.format("%s/%05d.png", entry.getKey(), ++number));
                picture.setTimeLocal(EPOCH);
                zip.putNextEntry(picture);
                zip.write(Picture.of(3, side, side, pixels).png());
                zip.closeEntry();
                if (++done % 10_000 == 0) {
                    listener.decoded(done, total);
                }
            }
        }
        zip.finish();
    }
}
