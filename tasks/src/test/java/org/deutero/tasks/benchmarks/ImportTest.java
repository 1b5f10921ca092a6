package org.deutero.tasks.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.deutero.tasks.ClassSplit;
import org.deutero.tasks.DataException;
import org.deutero.tasks.files.ImageCollection;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.files.SplitFile;
import org.deutero.tasks.images.ImageFormat;
import org.deutero.tasks.images.LabelledImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small files in the formats of the real sets. */
class ImportTest {

    @TempDir
    private Path dir;

    private static void refused(ThrowingCallable call, String... parts) {
        assertThatThrownBy(call).isInstanceOf(DataException.class).hasMessageContainingAll(parts);
    }

    private Import run(Benchmark benchmark, Path from) {
        return Import.run(benchmark, from, dir.resolve("out"), LoadListener.NONE);
    }

    private static byte[] record(int label, int red) {
        List<String> groups =
                SplitLists.superclasses().values().stream().distinct().sorted().toList();
        String group = List.copyOf(SplitLists.superclasses().values()).get(label);
        byte[] bytes = new byte[3074];
        bytes[0] = (byte) groups.indexOf(group);
        bytes[1] = (byte) label;
        Arrays.fill(bytes, 2, 2 + 1024, (byte) red);
        bytes[2 + 1024 + 33] = 77; // green of row 1, column 1
        return bytes;
    }

    /** Three pictures a class: two to train on, one to test on. */
    private static Map<String, byte[]> cifar() throws IOException {
        ByteArrayOutputStream train = new ByteArrayOutputStream();
        ByteArrayOutputStream test = new ByteArrayOutputStream();
        for (int label = 99; label >= 0; label--) {
            train.write(record(label, label));
            test.write(record(label, label + 2));
            train.write(record(label, label + 1));
        }
        String names = String.join("\n", SplitLists.superclasses().keySet()) + "\n\n";
        return Map.of(
                "train.bin", train.toByteArray(),
                "test.bin", test.toByteArray(),
                "fine_label_names.txt", names.getBytes(StandardCharsets.US_ASCII));
    }

    private static void tar(Path file, Map<String, byte[]> files) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            byte[] folder = header("cifar-100-binary/", 0);
            folder[156] = '5';
            out.write(folder);
            for (Map.Entry<String, byte[]> entry : files.entrySet()) {
                out.write(header("cifar-100-binary/" + entry.getKey(), entry.getValue().length));
                out.write(entry.getValue());
                out.write(new byte[(512 - entry.getValue().length % 512) % 512]);
            }
            out.write(new byte[1024]);
        }
    }

    private static byte[] header(String name, int size) {
        byte[] header = new byte[512];
        byte[] text = name.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, header, 0, text.length);
        byte[] octal = String.format("%011o", size).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(octal, 0, header, 124, octal.length);
        header[156] = '0';
        return header;
    }

    private void isCifar(int train, int validation, int test, String... trained) {
        Path out = dir.resolve("out");
        ImageCollection scan = ImageCollection.scan(out.resolve("pictures.zip"));
        ClassSplit split = SplitFile.read(out.resolve("split.csv"), scan.classNames());
        assertThat(split.train()).hasSize(train);
        assertThat(split.validation()).hasSize(validation);
        assertThat(split.test()).hasSize(test);
        assertThat(split.train().stream().map(scan.classNames()::get)).contains(trained);
        LabelledImages images = scan.load(ImageFormat.colour(32));
        assertThat(images.classes()).isEqualTo(100);
        assertThat(images.className(0)).isEqualTo("apple");
        assertThat(images.className(99)).isEqualTo("worm");
        for (int label : new int[] {0, 47, 99}) {
            for (int i = 0; i < 3; i++) {
                assertThat(images.image(label, i).at(0, 5, 9)).isEqualTo(label + i);
            }
            assertThat(images.image(label, 0).at(1, 1, 1)).isEqualTo(77);
            assertThat(images.image(label, 0).at(1, 1, 2)).isZero();
        }
    }

    @Test
    void cifarFromTheArchive() throws IOException {
        Path archive = dir.resolve("cifar-100-binary.tar.gz");
        tar(archive, cifar());
        Import result = run(Benchmark.CIFAR_FS, archive);
        assertThat(result.pictures()).isEqualTo(300);
        assertThat(result.notes()).hasSize(2);
        assertThat(result.notes().get(0)).contains("60,000", "300");
        isCifar(64, 16, 20, "dolphin", "apple");
    }

    @Test
    void fc100FromTheUnpackedFolder() throws IOException {
        Path folder = Files.createDirectories(dir.resolve("cifar-100-binary"));
        for (Map.Entry<String, byte[]> file : cifar().entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
        run(Benchmark.FC100, dir); // the folder around it will do
        isCifar(60, 20, 20, "trout", "rose", "maple_tree");
    }

    @Test
    void damagedCifarIsRefused() throws IOException {
        Path folder = Files.createDirectories(dir.resolve("c"));
        refused(() -> run(Benchmark.FC100, folder), "does not hold train.bin");
        Map<String, byte[]> files = cifar();
        Files.write(folder.resolve("test.bin"), files.get("test.bin"));
        Files.write(folder.resolve("train.bin"), Arrays.copyOf(files.get("train.bin"), 5000));
        refused(() -> run(Benchmark.FC100, folder), "train.bin", "cut off");
        byte[] wrong = files.get("train.bin").clone();
        wrong[3074] ^= 1;
        Files.write(folder.resolve("train.bin"), wrong);
        refused(() -> run(Benchmark.FC100, folder), "record 1 of train.bin", "superclass");
        Files.write(folder.resolve("train.bin"), Arrays.copyOf(files.get("train.bin"), 3074));
        Files.write(folder.resolve("test.bin"), new byte[0]);
        refused(() -> run(Benchmark.FC100, folder), "lacks 99 of the 100 classes");
        Path cut = dir.resolve("cut.tar.gz");
        tar(cut, files);
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), 3000));
        refused(() -> run(Benchmark.FC100, cut), "cut.tar.gz", "cut off");
        Files.writeString(cut, "no archive");
        refused(() -> run(Benchmark.FC100, cut), "cut.tar.gz");
        assertThat(dir.resolve("out")).doesNotExist();
    }

    private static void picture(Path file, int shade) throws IOException {
        Files.createDirectories(file.getParent());
        BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, shade * 0x010101);
        ImageIO.write(image, "png", file.toFile());
    }

    private void isSplit(int train, int validation, int test) {
        Path out = dir.resolve("out");
        ImageCollection scan = ImageCollection.scan(out.resolve("pictures.csv"));
        ClassSplit split = SplitFile.read(out.resolve("split.csv"), scan.classNames());
        assertThat(split.train()).hasSize(train);
        assertThat(split.validation()).hasSize(validation);
        assertThat(split.test()).hasSize(test);
        assertThat(scan.load(ImageFormat.grey(2)).classes()).isEqualTo(train + validation + test);
    }

    @Test
    void cubFromClassFolders() throws IOException {
        Path root = dir.resolve("CUB_200_2011");
        Files.createDirectories(root.resolve("attributes"));
        for (String name : SplitLists.of(Benchmark.CUB).keySet()) {
            picture(root.resolve("images").resolve(name).resolve("1.png"), 1);
        }
        picture(root.resolve("images/not-a-class/1.png"), 1);
        Import result = run(Benchmark.CUB, root);
        assertThat(result.notes()).singleElement().asString().contains("11,788");
        isSplit(100, 50, 50);
    }

    @Test
    void tieredFromFoldersAtAnyDepth() throws IOException {
        List<String> names =
                new ArrayList<>(SplitLists.of(Benchmark.TIERED_IMAGENET).keySet());
        Path root = dir.resolve("ilsvrc");
        for (int i = 1; i < names.size(); i++) {
            picture(
                    root.resolve(i % 2 == 0 ? "train" : "x/y")
                            .resolve(names.get(i))
                            .resolve("1.png"),
                    1);
        }
        refused(() -> run(Benchmark.TIERED_IMAGENET, root), "lacks 1 of the 608 classes", names.get(0));
        picture(root.resolve(names.get(0)).resolve("1.png"), 1);
        run(Benchmark.TIERED_IMAGENET, root);
        isSplit(351, 97, 160);
        picture(root.resolve("twice").resolve(names.get(0)).resolve("1.png"), 1);
        refused(
                () -> Import.run(Benchmark.TIERED_IMAGENET, root, dir.resolve("out2"), LoadListener.NONE),
                names.get(0),
                "two folders");
    }

    @Test
    void miniFromFoldersOrTheUsualLists() throws IOException {
        Map<String, ClassSplit.Part> parts = SplitLists.of(Benchmark.MINI_IMAGENET);
        assertThat(parts).hasSize(100);
        Path root = dir.resolve("mini");
        for (String part : new String[] {"train", "val", "test"}) {
            List<String> lines = new ArrayList<>(List.of("filename,label"));
            parts.forEach((name, p) -> {
                if (p.name().toLowerCase(Locale.ROOT).startsWith(part)) {
                    lines.add(name + "00001.png," + name);
                }
            });
            Files.createDirectories(root);
            Files.write(root.resolve(part + ".csv"), lines);
        }
        for (String name : parts.keySet()) {
            picture(root.resolve("images").resolve(name + "00001.png"), 3);
        }
        assertThat(run(Benchmark.MINI_IMAGENET, root).pictures()).isEqualTo(100);
        isSplit(64, 16, 20);

        Path folders = dir.resolve("folders");
        for (String name : parts.keySet()) {
            picture(folders.resolve(name).resolve("1.png"), 3);
        }
        refused(() -> run(Benchmark.MINI_IMAGENET, folders), "not empty", "--out");
        Import.run(Benchmark.MINI_IMAGENET, folders, dir.resolve("out3"), LoadListener.NONE);
        assertThat(dir.resolve("out3/split.csv")).hasSameTextualContentAs(dir.resolve("out/split.csv"));
    }

    @Test
    void refusesWhatIsNotThere() throws IOException {
        refused(() -> run(Benchmark.CUB, dir.resolve("gone")), "gone", "does not exist", "CUB_200_2011");
        Path file = Files.writeString(dir.resolve("cub.tgz"), "x");
        refused(() -> run(Benchmark.CUB, file), "unpack");
        refused(() -> run(Benchmark.CUB, Files.createDirectories(dir.resolve("e"))), "lacks 200 of the 200 classes");
    }
}
