package org.deutero.tasks.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.deutero.tasks.DataException;
import org.deutero.tasks.images.LabelledImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxTest {

    @TempDir
    Path dir;

    private static byte[] idx(int magic, int[] shape, int... values) {
        ByteBuffer out =
                ByteBuffer.allocate(4 + 4 * shape.length + values.length).putInt(magic);
        for (int n : shape) {
            out.putInt(n);
        }
        for (int v : values) {
            out.put((byte) v);
        }
        return out.array();
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(dir.resolve(name), bytes);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gz = new GZIPOutputStream(out)) {
            gz.write(bytes);
        }
        return out.toByteArray();
    }

    private static void refused(ThrowingCallable call, String... parts) {
        assertThatThrownBy(call).isInstanceOf(DataException.class).hasMessageContainingAll(parts);
    }

    @Test
    void sortsImagesByLabelPlainOrGzipped() throws IOException {
        byte[] images = idx(2051, new int[] {3, 1, 2}, 1, 2, 3, 4, 250, 6);
        byte[] labels = idx(2049, new int[] {3}, 1, 0, 1);
        Path plain = write("images", images);
        Path zipped = write("images.bin", gzip(images)); // known by content, not by name
        Path l = write("labels", labels);
        for (Path i : List.of(plain, zipped)) {
            LabelledImages data = Idx.labelled("tiny", i, l, List.of("zero", "one"));
            assertThat(data.classNames()).containsExactly("zero", "one");
            assertThat(data.image(0, 0).pixels()).containsExactly(3, 4);
            assertThat(data.image(1, 0).pixels()).containsExactly(1, 2);
            assertThat(data.image(1, 1).pixels()).containsExactly(250, 6);
            assertThat(data.height()).isEqualTo(1);
            assertThat(data.width()).isEqualTo(2);
        }
    }

    @Test
    void refusesAWrongMagicNumber() throws IOException {
        Path labels = write("labels", idx(2049, new int[] {1}, 1));
        refused(() -> Idx.read(labels, 3), "labels", "2049", "2051");
        Path floats = write("floats", idx(0x00000d01, new int[] {1}, 1));
        refused(() -> Idx.read(floats, 1), "floats", "2049");
    }

    @Test
    void refusesCutOffAndOverlongFiles() throws IOException {
        byte[] good = idx(2051, new int[] {2, 1, 2}, 1, 2, 3, 4);
        refused(() -> Idx.read(write("short", Arrays.copyOf(good, good.length - 1)), 3), "short", "4 values", "only 3");
        refused(() -> Idx.read(write("long", Arrays.copyOf(good, good.length + 1)), 3), "long", "goes on");
        refused(() -> Idx.read(write("header", Arrays.copyOf(good, 10)), 3), "header", "cut off");
        refused(() -> Idx.read(write("empty", new byte[0]), 3), "empty", "cut off");
        byte[] gz = gzip(good);
        refused(() -> Idx.read(write("short.gz", Arrays.copyOf(gz, gz.length - 12)), 3), "short.gz");
        refused(() -> Idx.read(dir.resolve("absent"), 3), "absent", "does not exist");
    }

    @Test
    void refusesAbsurdSizesWithoutTakingMemory() throws IOException {
        refused(() -> Idx.read(write("a", idx(2051, new int[] {70_000, 28_000, 28_000}, 1)), 3), "a claims");
        refused(() -> Idx.read(write("b", idx(2051, new int[] {-1, 28, 28}, 1)), 3), "b claims");
        refused(() -> Idx.read(write("c", idx(2049, new int[] {2_000_000_000}, 1)), 1), "c is cut off");
    }

    @Test
    void refusesLabelsThatDoNotFit() throws IOException {
        Path images = write("images", idx(2051, new int[] {2, 1, 1}, 1, 2));
        Path three = write("three", idx(2049, new int[] {3}, 0, 1, 0));
        Path high = write("high", idx(2049, new int[] {2}, 0, 9));
        Path same = write("same", idx(2049, new int[] {2}, 0, 0));
        List<String> names = List.of("a", "b");
        refused(() -> Idx.labelled("x", images, three, names), "2 images", "3 labels");
        refused(() -> Idx.labelled("x", images, high, names), "high", "item 1", "label 9");
        refused(() -> Idx.labelled("x", images, same, names), "'b'", "no images");
    }

    @Test
    void readsAFolderOfTheMnistKind() throws IOException {
        int[] labels = {9, 8, 7, 6, 5, 4, 3, 2, 1, 0};
        write("t10k-images-idx3-ubyte.gz", gzip(idx(2051, new int[] {10, 1, 1}, labels)));
        write("t10k-labels-idx1-ubyte", idx(2049, new int[] {10}, labels));
        LabelledImages data = Mnist.FASHION.test(dir);
        assertThat(data.className(9)).isEqualTo("Ankle boot");
        for (int c = 0; c < 10; c++) {
            assertThat(data.image(c, 0).at(0, 0, 0)).isEqualTo(c);
        }
        refused(() -> Mnist.FASHION.train(dir), "train-images-idx3-ubyte");
        assertThat(Mnist.FASHION.fewShot().check(10).test()).containsExactly(6, 7, 8, 9);
    }
}
