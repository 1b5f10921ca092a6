package org.deutero.tasks.benchmarks;

import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.deutero.tasks.files.LoadListener;

/** Writes pictures as PNG files into a zip with a folder for each class. Equal pictures give equal bytes. */
final class PictureZip {

    private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

    private PictureZip() {}

    /**
     * Writes the file.
     *
     * @param classes square pictures of each class, {@code [3, side, side]}
     */
    static void write(Path file, Map<String, List<byte[]>> classes, int side, LoadListener listener)
            throws IOException {
        int total = classes.values().stream().mapToInt(List::size).sum();
        int done = 0;
        try (OutputStream raw = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
                ZipOutputStream zip = new ZipOutputStream(raw)) {
            zip.setLevel(Deflater.NO_COMPRESSION); // PNG is compressed already
            for (Map.Entry<String, List<byte[]>> entry : classes.entrySet()) {
                int number = 0;
                for (byte[] pixels : entry.getValue()) {
                    ZipEntry picture = new ZipEntry(String.format("%s/%05d.png", entry.getKey(), ++number));
                    picture.setTimeLocal(EPOCH);
                    zip.putNextEntry(picture);
                    zip.write(png(pixels, side));
                    zip.closeEntry();
                    if (++done % 10_000 == 0) {
                        listener.decoded(done, total);
                    }
                }
            }
        }
    }

    private static byte[] png(byte[] pixels, int side) throws IOException {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        int plane = side * side;
        for (int i = 0; i < plane; i++) {
            int rgb = (pixels[i] & 0xff) << 16 | (pixels[plane + i] & 0xff) << 8 | (pixels[2 * plane + i] & 0xff);
            image.setRGB(i % side, i / side, rgb);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        // In memory: ImageIO would by itself put a temporary file on the disk for each picture.
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(image, "png", out);
        }
        return bytes.toByteArray();
    }
}
