package org.deutero.tasks.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deutero.tasks.ClassSplit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layouts that look like the parts of a split are taken as such, or a sentence says why not. */
class PartsTest {

    @TempDir
    private Path dir;

    private int made;

    /** One picture in each folder, on disk and in a zip. */
    private List<ImageCollection> scans(String... folders) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String folder : folders) {
            files.put(folder + "/1.png", TestFiles.shade("png", 2, 2, 0));
        }
        made++;
        return List.of(
                ImageCollection.scan(TestFiles.folder(dir.resolve("tree" + made), files)),
                ImageCollection.scan(TestFiles.zip(dir.resolve("tree" + made + ".zip"), files)));
    }

    private void split(List<String> train, List<String> validation, List<String> test, String... folders)
            throws IOException {
        for (ImageCollection scan : scans(folders)) {
            Parts parts = scan.parts().orElseThrow();
            assertThat(parts.fault()).isEmpty();
            ClassSplit split = parts.split(scan.classNames());
            assertThat(names(scan, split.train())).containsExactlyElementsOf(train);
            assertThat(names(scan, split.validation())).containsExactlyElementsOf(validation);
            assertThat(names(scan, split.test())).containsExactlyElementsOf(test);
        }
    }

    private static List<String> names(ImageCollection scan, List<Integer> classes) {
        return classes.stream().map(scan.classNames()::get).toList();
    }

    private void refused(String[] words, String... folders) throws IOException {
        for (ImageCollection scan : scans(folders)) {
            assertThat(scan.parts().orElseThrow().fault())
                    .hasValueSatisfying(
                            fault -> assertThat(fault).contains(words).hasLineCount(1));
        }
    }

    private static String[] words(String... words) {
        return words;
    }

    @Test
    void partsAroundClassesWhateverTheyAreCalledAndWhateverIsAroundThem() throws IOException {
        split(List.of("a", "b"), List.of("c"), List.of("d"), "train/a", "train/b", "valid/c", "test/d");
        split(List.of("a"), List.of("b"), List.of("c"), "Training/a", "VALIDATION/b", "Testing/c");
        split(List.of("a"), List.of("b"), List.of("c"), "set/data/train/a", "set/data/Val/b", "set/data/test/c");
        split(List.of("a"), List.of(), List.of("c"), "train/a", "test/c");
        split(List.of("a"), List.of(), List.of("b"), "seg_train/seg_train/a", "seg_test/seg_test/b");
        split(List.of("a"), List.of(), List.of("b"), "training_set/training_set/a", "test_set/test_set/b");
        split(
                List.of("Greek/a"),
                List.of(),
                List.of("Latin/b"),
                "images_background/Greek/a",
                "images_evaluation/Latin/b");
        split(List.of("a"), List.of("b"), List.of("c"), "meta-train/a", "meta-val/b", "meta-test/c");
        split(List.of("Greek/a"), List.of(), List.of("Latin/b"), "Greek/train/a", "Latin/test/b");
        split(List.of("cat"), List.of(), List.of("dog"), "cat/train", "dog/test");
    }

    @Test
    void theSameClassInSeveralPartsIsRefusedByName() throws IOException {
        String[] said = words("class 'cat'", "several parts", "train/cat", "test/cat", "tasks.split=random");
        refused(said, "train/cat", "train/dog", "test/cat", "test/dog");
        refused(said, "data/train/cat", "data/train/emu", "data/test/cat");
        refused(words("class 'cat'", "cat/train", "cat/test"), "cat/train", "cat/test", "dog/train", "dog/test");
        for (ImageCollection scan : scans("train/cat", "train/dog", "test/cat", "test/dog")) {
            assertThat(scan.classNames()).containsExactlyInAnyOrder("cat", "dog");
            assertThat(scan.count(0)).isEqualTo(2);
            assertThat(scan.byFolder().classNames()).containsExactly("test/cat", "test/dog", "train/cat", "train/dog");
        }
    }

    @Test
    void whatIsInNoPartOrNoClassIsNamed() throws IOException {
        refused(words("folder extra", "outside of its folders train and test"), "train/a", "test/b", "extra");
        refused(words("folder test", "in no class"), "train/a", "train/b", "test");
        refused(words("folder train", "in no class"), "train", "train/a", "test/b");
        refused(words("in no class"), "train", "test");
        refused(words("is to test on", "add a folder test"), "train/a", "val/b");
        refused(words("is to train on"), "val/a", "test/b");
    }

    @Test
    void classesThatHappenToBeCalledSoAreClasses() throws IOException {
        for (String[] folders : new String[][] {
            {"car", "train", "bus"},
            {"train/steam", "train/electric", "car/sedan"},
            {"train/a", "train/b"},
            {"test", "car", "train"}
        }) {
            for (ImageCollection scan : scans(folders)) {
                assertThat(scan.parts()).isEmpty();
                assertThat(scan.classNames()).hasSize(folders.length);
            }
        }
    }
}
