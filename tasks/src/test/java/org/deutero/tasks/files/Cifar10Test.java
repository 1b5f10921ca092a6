package org.deutero.tasks.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.deutero.tasks.DataException;
import org.deutero.tasks.images.ImageFormat;
import org.deutero.tasks.images.Picture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CIFAR-10 is read as its makers gave it, and from archives of pictures. */
class Cifar10Test {
    private static final ImageFormat FORMAT = ImageFormat.colour(32);

    @TempDir
    Path folder;

    private void batch(String name, int from) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int label = 0; label < 10; label++) {
            out.write(label);
            byte[] pixels = new byte[3072];
            pixels[0] = (byte) (from + label); // top left, red
            pixels[1024] = 100; // green
            out.write(pixels);
        }
        Files.write(folder.resolve(name), out.toByteArray());
    }

    @Test
    void binaryFiles() throws IOException {
        for (int i = 1; i <= 5; i++) {
            batch("data_batch_" + i + ".bin", 20 * i);
        }
        batch("test_batch.bin", 0);
        Cifar10.Parts parts = Cifar10.read(folder, FORMAT);
        assertThat(parts.train().total()).isEqualTo(50);
        assertThat(parts.test().count(3)).isOne();
        assertThat(parts.train().className(3)).isEqualTo("cat");
        assertThat(parts.train().image(3, 1).at(0, 0, 0)).isEqualTo(43);
        assertThat(parts.train().image(3, 1).at(1, 0, 0)).isEqualTo(100);
        Files.write(folder.resolve("test_batch.bin"), new byte[100]);
        assertThatThrownBy(() -> Cifar10.read(folder, FORMAT))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no whole number of records");
    }

    private static void entry(ByteArrayOutputStream tar, String name, byte[] content) {
        byte[] header = new byte[512];
        byte[] path = name.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(path, 0, header, 0, path.length);
        byte[] size = String.format("%011o", content.length).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(size, 0, header, 124, size.length);
        tar.writeBytes(header);
        tar.writeBytes(content);
        tar.writeBytes(new byte[(512 - content.length % 512) % 512]);
    }

    @Test
    void anArchiveWithOnePart() throws IOException {
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        for (String c : new String[] {"cat", "dog"}) {
            entry(tar, "cifar/test/" + c + "/", new byte[0]);
            for (int i = 0; i < 3; i++) {
                byte[] pixels = new byte[3 * 32 * 32];
                pixels[0] = (byte) i;
                entry(
                        tar,
                        "cifar/test/" + c + "/" + i + ".png",
                        Picture.of(3, 32, 32, pixels).png());
            }
        }
        tar.writeBytes(new byte[1024]);
        Path archive = folder.resolve("cifar.tar.gz");
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(archive))) {
            tar.writeTo(out);
        }
        Cifar10.Parts parts = Cifar10.read(folder, FORMAT);
        assertThat(parts.test()).isSameAs(parts.train());
        assertThat(parts.train().classNames()).containsExactly("cat", "dog");
        assertThat(parts.train().image(1, 2).at(0, 0, 0)).isEqualTo(2);
        Files.write(archive, new byte[] {1, 2, 3});
        assertThatThrownBy(() -> Cifar10.read(archive, FORMAT))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no whole .tar.gz archive");
    }
}
