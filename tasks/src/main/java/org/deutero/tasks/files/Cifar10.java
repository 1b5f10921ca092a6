package org.deutero.tasks.files;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.deutero.tasks.DataException;
import org.deutero.tasks.images.ImageFormat;
import org.deutero.tasks.images.LabelledImages;
import org.deutero.tasks.images.Picture;
import org.deutero.tensor.files.FileReasons;

/**
 * CIFAR-10 (Krizhevsky 2009): 10 classes of 32x32 colour photos, 50,000 to train and 10,000 to test. Read from the makers' binary files ({@code data_batch_1.bin} to {@code data_batch_5.bin} and {@code test_batch.bin}: a byte of label, then 3 x 1024 bytes of red, green, blue), or from an archive
 * {@code *.tar.gz} of pictures {@code PART/CLASS/NUMBER.jpg}, which may have one part only.
 */
public final class Cifar10 {
    private static final int SIDE = 32;
    private static final int BYTES = 3 * SIDE * SIDE;
    private static final int BLOCK = 512;
    private static final int BATCHES = 5;

    /** Class names, in the order of the labels. */
    public static final List<String> CLASSES =
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

    private Cifar10() {}

    /**
     * Pictures to train on and to test on.
     *
     * @param train to train on, or everything if there is one part only
     * @param test to test on; the same object if there is one part only
     */
    public record Parts(LabelledImages train, LabelledImages test) {}

    /** Where the set is unless a path is given: its folder within {@link DataFolder}. */
    public static Path folder() {
        return DataFolder.find("cifar-10");
    }

    /** Reads a folder of binary files, an archive of pictures, or a folder that holds one archive. @throws DataException if it is none of these */
    public static Parts read(Path path, ImageFormat format) {
        Path at = path;
        if (Files.isDirectory(at)) {
            if (Files.isRegularFile(at.resolve("test_batch.bin"))) {
                return binary(at, format);
            }
            at = archive(at);
        }
        if (!at.toString().endsWith(".tar.gz") && !at.toString().endsWith(".tgz")) {
            throw new DataException(at
                    + " is not CIFAR-10: expected a folder with data_batch_1.bin and so on, or a .tar.gz of pictures");
        }
        return pictures(at, format);
    }

    private static Path archive(Path folder) {
        try (var files = Files.list(folder)) {
            List<Path> archives =
                    files.filter(f -> f.toString().endsWith(".tar.gz")).sorted().toList();
            if (archives.size() == 1) {
                return archives.get(0);
            }
            throw new DataException(
                    folder + " holds " + (archives.isEmpty() ? "neither test_batch.bin nor" : "more than")
                            + " one .tar.gz of pictures of CIFAR-10");
        } catch (IOException e) {
            throw new DataException(folder + " cannot be read: " + FileReasons.of(e), e);
        }
    }

    private static Parts binary(Path folder, ImageFormat format) {
        List<Path> train = IntStream.rangeClosed(1, BATCHES)
                .mapToObj(i -> folder.resolve("data_batch_" + i + ".bin"))
                .toList();
        return new Parts(
                batches("cifar-10-train", train).as(format),
                batches("cifar-10-test", List.of(folder.resolve("test_batch.bin")))
                        .as(format));
    }

    private static LabelledImages batches(String name, List<Path> files) {
        List<ByteArrayOutputStream> byClass = new ArrayList<>();
        CLASSES.forEach(c -> byClass.add(new ByteArrayOutputStream()));
        for (Path file : files) {
            byte[] all = bytes(file);
            if (all.length == 0 || all.length % (BYTES + 1) != 0) {
                throw new DataException(
                        file + " has " + all.length + " bytes, which is no whole number of records of " + (BYTES + 1));
            }
            for (int at = 0; at < all.length; at += BYTES + 1) {
                int label = all[at] & 0xff;
                if (label >= CLASSES.size()) {
                    throw new DataException(file + " has a label " + label + ", but CIFAR-10 has classes 0 to 9");
                }
                byClass.get(label).write(all, at + 1, BYTES);
            }
        }
        LabelledImages.Builder images = LabelledImages.builder(name, 3, SIDE, SIDE);
        for (int c = 0; c < CLASSES.size(); c++) {
            images.add(CLASSES.get(c), byClass.get(c).toByteArray());
        }
        return images.build();
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new DataException(file + " cannot be read: " + FileReasons.of(e), e);
        }
    }

    private static Parts pictures(Path archive, ImageFormat format) {
        Map<String, Map<String, List<byte[]>>> parts = new TreeMap<>();
        try (InputStream in =
                new BufferedInputStream(new GZIPInputStream(Files.newInputStream(archive), 1 << 16), 1 << 16)) {
            byte[] header = in.readNBytes(BLOCK);
            while (header.length == BLOCK && header[0] != 0) {
                int size = Integer.parseInt(text(header, 124, 12), 8);
                String name = text(header, 0, 100);
                byte[] content = in.readNBytes(size);
                in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
                String[] place = name.split("/", -1);
                if (content.length == size && place.length >= 3 && name.matches(".*\\.(jpg|jpeg|png)")) {
                    parts.computeIfAbsent(place[place.length - 3], p -> new TreeMap<>())
                            .computeIfAbsent(place[place.length - 2], c -> new ArrayList<>())
                            .add(content);
                }
                header = in.readNBytes(BLOCK);
            }
        } catch (IOException | NumberFormatException e) {
            throw new DataException(archive + " is no whole .tar.gz archive of pictures", e);
        }
        Optional<LabelledImages> train = Optional.ofNullable(parts.get("train"))
                .map(classes -> decoded("cifar-10-train", archive, classes, format));
        Optional<LabelledImages> test = Optional.ofNullable(parts.get("test"))
                .map(classes -> decoded("cifar-10-test", archive, classes, format));
        LabelledImages one = train.or(() -> test)
                .orElseThrow(() -> new DataException(
                        archive + " holds no pictures train/CLASS/NUMBER.jpg or test/CLASS/NUMBER.jpg"));
        return new Parts(one, test.orElse(one));
    }

    private static LabelledImages decoded(
            String name, Path archive, Map<String, List<byte[]>> classes, ImageFormat format) {
        LabelledImages.Builder images =
                LabelledImages.builder(name, format.channels(), format.height(), format.width());
        classes.forEach((c, files) -> {
            byte[] pixels = new byte[Math.multiplyExact(files.size(), format.bytes())];
            IntStream.range(0, files.size())
                    .parallel()
                    .forEach(i -> Picture.decode(
                                    files.get(i), "a picture of " + c + " in " + archive, Limits.DEFAULT.pixels())
                            .as(format)
                            .copyTo(pixels, i * format.bytes()));
            images.add(c, pixels);
        });
        return images.build();
    }

    private static String text(byte[] header, int from, int length) {
        int end = from;
        while (end < from + length && header[end] != 0 && header[end] != ' ') {
            end++;
        }
        return new String(header, from, end - from, StandardCharsets.US_ASCII);
    }
}
