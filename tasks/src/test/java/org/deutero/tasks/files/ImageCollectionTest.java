package org.deutero.tasks.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.deutero.tasks.DataException;
import org.deutero.tasks.images.ImageFormat;
import org.deutero.tasks.images.LabelledImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageCollectionTest {

    private static final ImageFormat FORM = ImageFormat.grey(4);

    @TempDir
    Path dir;

    private static void refused(ThrowingCallable call, String... parts) {
        assertThatThrownBy(call).isInstanceOf(DataException.class).hasMessageContainingAll(parts);
    }

    private static void isGood(ImageCollection collection) {
        assertThat(collection.classNames()).containsExactly("cat", "dog");
        assertThat(collection.count(0)).isEqualTo(2);
        assertThat(collection.ignored()).isEqualTo(4);
        LabelledImages images = collection.load(FORM);
        assertThat(images.classNames()).containsExactly("cat", "dog");
        assertThat(images.total()).isEqualTo(4);
        // Sorted by name: a.PNG (a 1x1 picture) before b.png.
        assertThat(images.image(1, 0).at(0, 3, 3)).isEqualTo(20);
        assertThat(images.image(1, 1).at(0, 0, 0)).isEqualTo(40);
        assertThat(images.image(0, 0).at(0, 2, 2)).isBetween(198, 202);
        assertThat(images.image(0, 1).at(0, 2, 2)).isBetween(98, 102);
        LabelledImages colour = collection.load(ImageFormat.colour(2).invert());
        assertThat(colour.imageSize()).isEqualTo(12);
        assertThat(colour.image(1, 0).at(2, 0, 1)).isEqualTo(235);
    }

    @Test
    void readsAFolder() throws IOException {
        isGood(ImageCollection.scan(TestFiles.folder(dir, TestFiles.good())));
    }

    @Test
    void readsAZip() throws IOException {
        isGood(ImageCollection.scan(TestFiles.zip(dir.resolve("good.zip"), TestFiles.good())));
    }

    @Test
    void nestedFoldersAreClassesAndAWrapperOfAZipIsDropped() throws IOException {
        byte[] image = TestFiles.shade("png", 2, 2, 0);
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("images/Greek/character02/1_01.png", image);
        files.put("images/Greek/character01/1_01.png", image);
        files.put("images/Latin/character01/1_01.png", image);
        ImageCollection zip = ImageCollection.scan(TestFiles.zip(dir.resolve("alphabets.zip"), files));
        assertThat(zip.classNames()).containsExactly("Greek/character01", "Greek/character02", "Latin/character01");
        Path folder = TestFiles.folder(dir.resolve("tree"), files);
        assertThat(ImageCollection.scan(folder.resolve("images")).classNames()).isEqualTo(zip.classNames());
    }

    @Test
    void refusesWhatIsNotThere() throws IOException {
        refused(() -> ImageCollection.scan(dir.resolve("nowhere")), "nowhere", "does not exist");
        refused(() -> ImageCollection.scan(dir), "no classes");
        Path text = Files.writeString(dir.resolve("list.txt"), "x");
        refused(() -> ImageCollection.scan(text), "list.txt", "neither a folder nor a .zip");
        Path fake = Files.writeString(dir.resolve("fake.zip"), "this is no zip");
        refused(() -> ImageCollection.scan(fake), "fake.zip", "zip file");
        refused(() -> ImageCollection.scan(TestFiles.zip(dir.resolve("none.zip"), Map.of())), "none.zip", "no classes");
    }

    @Test
    void refusesImagesOutsideClassFolders() throws IOException {
        Map<String, byte[]> files = TestFiles.good();
        files.put("stray.png", TestFiles.shade("png", 1, 1, 0));
        refused(() -> ImageCollection.scan(TestFiles.folder(dir, files)), "stray.png", "no class folder");
    }

    @Test
    void refusesAnEmptyClassByNameOrLeavesItOut() throws IOException {
        Map<String, byte[]> files = TestFiles.good();
        files.put("emu/about.webp", new byte[1]);
        ImageCollection zip = ImageCollection.scan(TestFiles.zip(dir.resolve("e.zip"), files));
        refused(() -> zip.load(FORM), "emu", "such as emu/about.webp", "tasks.unusable=skip");
        Path folder = TestFiles.folder(dir.resolve("f"), TestFiles.good());
        Files.createDirectories(folder.resolve("void/deeper"));
        ImageCollection scan = ImageCollection.scan(folder);
        refused(() -> scan.load(FORM), "void", "no PNG or JPEG");
        Notes notes = new Notes();
        scan.tell(Unusable.SKIP, notes);
        assertThat(notes.all).anyMatch(note -> note.startsWith("Left out") && note.contains("void"));
        assertThat(scan.load(FORM, Unusable.SKIP, notes).classNames()).containsExactly("cat", "dog");
    }

    @Test
    void whatSystemsLeaveBehindIsNoClassAndNoNote() throws IOException {
        Map<String, byte[]> files = TestFiles.good();
        files.keySet().removeIf(name -> name.endsWith("txt") || name.endsWith("md") || name.contains("/.hidden"));
        byte[] thumb = TestFiles.shade("png", 2, 2, 0);
        for (String name : new String[] {
            "cat/@eaDir/1.jpg/SYNOPHOTO_THUMB_M.jpg",
            "@eaDir/x/1.jpg",
            "#recycle/dog/1.png",
            "$RECYCLE.BIN/S-1/1.png",
            ".thumbnails/1.png",
            "cat/.ipynb_checkpoints/1-checkpoint.png",
            "System Volume Information/x/1.png",
            "dog/Thumbs.db",
            "dog/desktop.ini",
            "dog/.DS_Store",
            "dog/._b.png"
        }) {
            files.put(name, thumb);
        }
        Path folder = TestFiles.folder(dir.resolve("tree"), files);
        Files.createDirectories(folder.resolve("lost+found"));
        for (Path path : List.of(folder, TestFiles.zip(dir.resolve("tree.zip"), files))) {
            ImageCollection scan = ImageCollection.scan(path);
            Notes notes = new Notes();
            scan.tell(Unusable.REFUSE, notes);
            assertThat(notes.all).isEmpty();
            assertThat(scan.classNames()).containsExactly("cat", "dog");
            assertThat(scan.total()).isEqualTo(4);
            assertThat(scan.passedOver().litter()).isGreaterThan(10);
        }
    }

    @Test
    void usersFilesAreNeverPassedOverInSilence() throws IOException {
        byte[] image = TestFiles.shade("png", 2, 2, 0);
        Map<String, byte[]> files = TestFiles.good();
        files.put("cat/x.webp", image);
        files.put("cat/IMG_0001.HEIC", image);
        files.put("dog/more/1.png", image);
        files.put("dog/more/deep/2.png", image);
        for (Path path :
                List.of(TestFiles.folder(dir.resolve("tree"), files), TestFiles.zip(dir.resolve("tree.zip"), files))) {
            ImageCollection scan = ImageCollection.scan(path);
            assertThat(scan.classNames()).containsExactly("cat", "dog");
            Notes notes = new Notes();
            scan.tell(Unusable.REFUSE, notes);
            assertThat(notes.all)
                    .singleElement()
                    .asString()
                    .contains("7 files", "1 .webp", "1 .heic", "1 .md", "1 .txt", "2 in folders within a class folder")
                    .contains("dog/more/", "1 hidden (such as cat/.hidden.png)");
        }
    }

    @Test
    void readsZipsWithTheSeparatorsOfWindows() throws IOException {
        byte[] image = TestFiles.shade("png", 2, 2, 0);
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("pics\\", new byte[0]);
        files.put("pics\\cat\\1.png", image);
        files.put("pics\\cat\\2.png", image);
        files.put("pics\\dog\\1.png", image);
        ImageCollection scan = ImageCollection.scan(TestFiles.zip(dir.resolve("w.zip"), files));
        assertThat(scan.classNames()).containsExactly("cat", "dog");
        assertThat(scan.load(FORM).total()).isEqualTo(3);
    }

    /** Hears notes. */
    private static final class Notes implements LoadListener {
        private final List<String> all = new ArrayList<>();

        @Override
        public void decoded(int done, int total) {}

        @Override
        public void note(String sentence) {
            all.add(sentence);
        }
    }

    @Test
    void refusesClassesThatDifferOnlyInCase() throws IOException {
        Map<String, byte[]> files = TestFiles.good();
        files.put("Dog/1.png", TestFiles.shade("png", 1, 1, 0));
        refused(() -> ImageCollection.scan(TestFiles.zip(dir.resolve("c.zip"), files)), "'Dog'", "'dog'");
    }

    @Test
    void refusesADamagedImageByName() throws IOException {
        Map<String, byte[]> files = TestFiles.good();
        files.put("dog/broken.png", Arrays.copyOf(TestFiles.shade("png", 50, 50, 7), 60));
        ImageCollection folder = ImageCollection.scan(TestFiles.folder(dir, files));
        refused(() -> folder.load(FORM), "broken.png");
        files.put("dog/broken.png", "just text".getBytes(StandardCharsets.UTF_8));
        ImageCollection zip = ImageCollection.scan(TestFiles.zip(dir.resolve("b.zip"), files));
        refused(() -> zip.load(FORM), "b.zip!dog/broken.png", "not a PNG or JPEG");
    }

    @Test
    void refusesZipsWhoseNamesClimbOut() throws IOException {
        int n = 0;
        for (String name : new String[] {
            "../evil/1.png",
            "/evil/1.png",
            "dog/../../evil.png",
            "dog\\..\\..\\evil.png",
            "..\\evil\\1.png",
            "\\evil\\1.png",
            "\\\\server\\share\\1.png",
            "C:\\evil\\1.png",
            "C:/evil/1.png",
            "dog//1.png",
            "dog\\\\1.png"
        }) {
            Map<String, byte[]> files = TestFiles.good();
            files.put(name, TestFiles.shade("png", 1, 1, 0));
            Path zip = TestFiles.zip(dir.resolve("climb" + n++ + ".zip"), files);
            refused(() -> ImageCollection.scan(zip), name, "refused");
        }
    }

    @Test
    void stopsAtBombs() throws IOException {
        Map<String, byte[]> files = TestFiles.good();
        files.put("dog/zeros.png", new byte[1 << 20]); // deflates to a kilobyte
        Path zip = TestFiles.zip(dir.resolve("bomb.zip"), files);
        Limits small = new Limits(100, 100_000, 1 << 20, 1000);
        refused(() -> ImageCollection.scan(zip, small).load(FORM), "zeros.png", "100000");

        files.put("dog/zeros.png", TestFiles.shade("png", 2000, 2000, 0)); // a few kilobytes, 16 MB of pixels
        Path wide = TestFiles.zip(dir.resolve("wide.zip"), files);
        refused(() -> ImageCollection.scan(wide, small).load(FORM), "zeros.png", "2000x2000");

        files.remove("dog/zeros.png");
        Path many = TestFiles.zip(dir.resolve("many.zip"), files);
        refused(() -> ImageCollection.scan(many, new Limits(3, 1 << 20, 1 << 20, 1000)), "4 images", "limit of 3");
        refused(
                () -> ImageCollection.scan(many, new Limits(10, 1 << 20, 500, 1000))
                        .load(FORM),
                "limit of 500 bytes");
    }

    @Test
    void outOfMemorySpeaksOfPictures() throws IOException {
        ImageCollection scan = ImageCollection.scan(TestFiles.folder(dir, TestFiles.good()));
        assertThat(scan.outOfMemory(FORM, new OutOfMemoryError("Java heap space")))
                .hasMessageContainingAll("4 pictures", "tasks.size", "DEUTERO_JAVA_OPTS")
                .hasMessageNotContaining("meta-batch");
    }

    @Test
    void refusesACutOffZip() throws IOException {
        Path zip = TestFiles.zip(dir.resolve("whole.zip"), TestFiles.good());
        byte[] bytes = Files.readAllBytes(zip);
        Path cut = Files.write(dir.resolve("cut.zip"), Arrays.copyOf(bytes, bytes.length / 2));
        refused(() -> ImageCollection.scan(cut), "cut.zip");
    }
}
