package org.deutero.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deutero.tasks.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong with examples is told in one sentence that names the culprit. */
class SupportTest {
    @TempDir
    private Path folder;

    private void refused(String... words) {
        assertThatThrownBy(() -> Support.folder(folder))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll(words)
                .message()
                .hasLineCount(1);
    }

    @Test
    void classesMayHaveDifferentNumbersOfPictures() throws IOException {
        Support support = Support.folder(Letters.folder(folder, 1, 4, 2));
        Files.writeString(folder.resolve("notes.txt"), "passed over");
        Files.writeString(folder.resolve("letter0/.DS_Store"), "passed over");
        assertThat(Support.folder(folder).counts()).isEqualTo(support.counts()).containsExactly(1, 4, 2);
        assertThat(support.classNames()).containsExactly("letter0", "letter1", "letter2");
        assertThat(support.size()).isEqualTo(7);
    }

    @Test
    void nothingAtAll() {
        refused(folder.toString(), "holds no classes");
        assertThatThrownBy(() -> Support.folder(folder.resolve("gone"))).hasMessageContaining("is not a folder");
        assertThatThrownBy(() -> Support.builder().build()).hasMessageContaining("no examples");
        assertThatThrownBy(() -> Support.builder().add(" ", new byte[0])).hasMessageContaining("not blank");
    }

    @Test
    void anEmptyClass() throws IOException {
        Letters.folder(folder, 1, 1);
        Files.createDirectory(folder.resolve("nobody"));
        refused("nobody", "holds no PNG or JPEG images");
    }

    @Test
    void aPictureOutsideOfAllClasses() throws IOException {
        Letters.folder(folder, 1, 1);
        Files.write(folder.resolve("stray.png"), Letters.png(Letters.image(0, 0)));
        refused("stray.png", "lies in no class");
    }

    @Test
    void readByTheSameRulesAsPicturesToTrainOn() throws IOException {
        Letters.folder(folder, 2, 3);
        byte[] png = Letters.png(Letters.image(0, 0));
        Files.write(folder.resolve("letter0/a.webp"), png);
        Files.createDirectories(folder.resolve("letter1/more"));
        Files.write(folder.resolve("letter1/more/b.png"), png);
        Files.createDirectories(folder.resolve("lost+found"));
        Files.createDirectories(folder.resolve("letter1/@eaDir"));
        Files.write(folder.resolve("letter1/@eaDir/b.png"), png);
        List<String> notes = new ArrayList<>();
        assertThat(Support.folder(folder, notes::add).counts()).containsExactly(2, 3);
        assertThat(notes).singleElement().asString().contains("2 files", "1 .webp", "letter1/more/b.png");
    }

    @Test
    void partsOfASplitAreNoClasses() throws IOException {
        Letters.folder(folder.resolve("train"), 1, 1);
        Letters.folder(folder.resolve("Valid"), 1, 1);
        refused("looks like the parts of a split", "train and Valid");
    }

    @Test
    void classesThatDifferInCaseOnly() {
        Support.Builder support =
                Support.builder().add("Cat", Letters.image(0, 0)).add("cat", Letters.image(1, 0));
        assertThatThrownBy(support::build).isInstanceOf(DataException.class).hasMessageContainingAll("'Cat'", "'cat'");
    }

    @Test
    void aTextFileThatIsNamedLikeAPicture() throws IOException {
        Letters.folder(folder, 1, 1);
        Files.writeString(folder.resolve("letter0/text.png"), "no picture");
        try (TrainedLearner learner = TestLearners.protonet(0)) {
            Support support = Support.folder(folder);
            assertThatThrownBy(() -> learner.adapt(support))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("text.png is not a PNG or JPEG image");
        }
        assertThatThrownBy(() -> Support.builder().add("a", new byte[] {1, 2}))
                .hasMessageContaining("picture 1 of class 'a'");
    }
}
