package org.deutero.tasks.files;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/** Makes small image files, folders and zips. */
final class TestFiles {

    private TestFiles() {}

    /** A grey picture of one shade. */
    static byte[] shade(String format, int width, int height, int value) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, value * 0x010101);
        }
        return encode(format, image);
    }

    static byte[] encode(String format, BufferedImage image) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Two classes of two images each, of different sizes and kinds, and things that are not images. */
    static Map<String, byte[]> good() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("dog/b.png", shade("png", 9, 5, 40));
        files.put("dog/a.PNG", shade("png", 1, 1, 20));
        files.put("cat/1.jpg", shade("jpg", 16, 16, 200));
        files.put("cat/2.jpeg", shade("jpg", 8, 24, 100));
        files.put("cat/.hidden.png", new byte[] {1});
        files.put("cat/notes.txt", new byte[] {2});
        files.put("README.md", new byte[] {3});
        files.put("__MACOSX/cat/._1.jpg", new byte[] {4});
        return files;
    }

    static Path folder(Path root, Map<String, byte[]> files) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = root.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        return root;
    }

    static Path zip(Path path, Map<String, byte[]> files) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(path))) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                out.putNextEntry(new ZipEntry(file.getKey()));
                out.write(file.getValue());
                out.closeEntry();
            }
        }
        return path;
    }
}
