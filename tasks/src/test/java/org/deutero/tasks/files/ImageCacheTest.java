package org.deutero.tasks.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deutero.tasks.images.ImageFormat;
import org.deutero.tasks.images.LabelledImages;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageCacheTest {

    private static final ImageFormat FORM = ImageFormat.colour(4);

    @TempDir
    private Path dir;

    private Path pictures;
    private Path cache;
    private final List<String> notes = new ArrayList<>();
    private int decoded;

    private final LoadListener listener = new LoadListener() {
        @Override
        public void decoded(int done, int total) {
            decoded = done;
        }

        @Override
        public void note(String sentence) {
            notes.add(sentence);
        }
    };

    @BeforeEach
    void writePictures() throws IOException {
        pictures = TestFiles.folder(dir.resolve("pictures"), TestFiles.good());
        cache = dir.resolve("cache");
    }

    /** Loads, and tells how many pictures had to be decoded. */
    private int load() {
        return load(pictures, FORM, cache);
    }

    private int load(Path from, ImageFormat format, Path folder) {
        decoded = 0;
        notes.clear();
        ImageCollection scan = ImageCollection.scan(from);
        LabelledImages images = new ImageCache(folder).load(scan, format, Unusable.REFUSE, listener);
        LabelledImages fresh = scan.load(format);
        assertThat(images.classNames()).isEqualTo(fresh.classNames());
        for (int c = 0; c < fresh.classes(); c++) {
            assertThat(images.count(c)).isEqualTo(fresh.count(c));
            for (int i = 0; i < fresh.count(c); i++) {
                assertThat(images.image(c, i)).isEqualTo(fresh.image(c, i));
            }
        }
        return decoded;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> list = Files.list(cache)) {
            return list.toList();
        }
    }

    @Test
    void picturesAreDecodedOnce() throws IOException {
        assertThat(load()).isEqualTo(4);
        assertThat(load()).isZero();
        assertThat(files()).hasSize(1);
        assertThat(load(pictures, ImageFormat.grey(4), cache)).isEqualTo(4);
        assertThat(files()).hasSize(2);
        assertThat(load()).isZero();
    }

    @Test
    void zipsAreCachedToo() throws IOException {
        Path zip = TestFiles.zip(dir.resolve("p.zip"), TestFiles.good());
        assertThat(load(zip, FORM, cache)).isEqualTo(4);
        assertThat(load(zip, FORM, cache)).isZero();
        Map<String, byte[]> other = TestFiles.good();
        other.put("dog/b.png", TestFiles.shade("png", 9, 5, 41));
        TestFiles.zip(zip, other);
        assertThat(load(zip, FORM, cache)).isEqualTo(4);
    }

    @Test
    void changedAddedAndRemovedFilesAreNoticed() throws IOException {
        load();
        Path picture = pictures.resolve("dog/b.png");
        FileTime before = Files.getLastModifiedTime(picture);
        Files.write(picture, TestFiles.shade("png", 9, 5, 120));
        Files.setLastModifiedTime(picture, FileTime.fromMillis(before.toMillis() + 5000));
        assertThat(load()).isEqualTo(4);
        Files.write(pictures.resolve("dog/c.png"), TestFiles.shade("png", 3, 3, 9));
        assertThat(load()).isEqualTo(5);
        Files.move(pictures.resolve("dog/c.png"), pictures.resolve("cat/c.png"));
        assertThat(load()).isEqualTo(5);
        Files.delete(picture);
        assertThat(load()).isEqualTo(4);
        assertThat(load()).isZero();
        assertThat(notes).isEmpty();
        assertThat(files()).hasSize(1);
    }

    @Test
    void aDamagedCacheIsMadeAnew() throws IOException {
        load();
        Path file = files().get(0);
        byte[] good = Files.readAllBytes(file);
        for (int at : new int[] {0, 9, 80, 90, good.length / 2, good.length - 20, good.length - 1}) {
            try (RandomAccessFile damage = new RandomAccessFile(file.toFile(), "rw")) {
                damage.seek(at);
                damage.write(good[at] ^ 0x55);
            }
            assertThat(load()).as("byte %d", at).isEqualTo(4);
            assertThat(Files.readAllBytes(file)).isEqualTo(good);
        }
        try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
            cut.setLength(good.length - 30);
        }
        assertThat(load()).isEqualTo(4);
        assertThat(notes).singleElement().asString().contains(file.toString(), "damaged", "cut off");
        Files.write(file, new byte[0]);
        assertThat(load()).isEqualTo(4);
        assertThat(notes).singleElement().asString().contains("damaged");
        assertThat(load()).isZero();
        assertThat(files()).containsExactly(file); // no temporary file is left
    }

    @Test
    void aCacheThatCannotBeWrittenIsDoneWithout() throws IOException {
        Path inTheWay = Files.writeString(dir.resolve("file"), "x");
        assertThat(load(pictures, FORM, inTheWay)).isEqualTo(4);
        assertThat(notes).singleElement().asString().contains("cannot be kept");
        assertThat(load(pictures, FORM, inTheWay)).isEqualTo(4);
    }

    @Test
    void whatWasLeftOutIsToldAgain() throws IOException {
        Files.writeString(pictures.resolve("dog/text.png"), "just text");
        ImageCollection scan = ImageCollection.scan(pictures);
        for (int times = 0; times < 2; times++) {
            notes.clear();
            LabelledImages images = new ImageCache(cache).load(scan, FORM, Unusable.SKIP, listener);
            assertThat(images.total()).isEqualTo(4);
            assertThat(images.image(1, 1).at(0, 0, 0)).isEqualTo(40);
            assertThat(notes).singleElement().asString().contains("left out: 1");
        }
    }

    @Test
    void theFolderIsTheUsersUnlessNamed() {
        Path root = dir.toAbsolutePath();
        String xdg = root.toString();
        Path own = root.resolve("own");
        assertThat(CacheFolder.find("p", Map.of("DEUTERO_CACHE", "e"), own)).isEqualTo(Path.of("p"));
        assertThat(CacheFolder.find("", Map.of("DEUTERO_CACHE", "e", "XDG_CACHE_HOME", xdg), own))
                .isEqualTo(Path.of("e"));
        assertThat(CacheFolder.find("", Map.of("XDG_CACHE_HOME", xdg), own)).isEqualTo(root.resolve("deutero"));
        assertThat(CacheFolder.find("", Map.of("XDG_CACHE_HOME", "relative"), own))
                .isEqualTo(own);
    }
}
