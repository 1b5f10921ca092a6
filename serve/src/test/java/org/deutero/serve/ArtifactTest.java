package org.deutero.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.deutero.Deutero;
import org.deutero.tasks.DataException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is not whole, not ours or not yet known is told from one that is. */
class ArtifactTest {
    @TempDir
    private Path folder;

    private Path model;
    private byte[] good;

    @BeforeEach
    void save() throws IOException {
        model = folder.resolve("model.dtr");
        try (TrainedLearner learner = TestLearners.protonet(0);
                FewShotClassifier classifier = learner.adapt(Letters.support(1, 2))) {
            learner.save(folder.resolve("learner.dtr"));
            classifier.save(model);
        }
        good = Files.readAllBytes(model);
    }

    private void refused(byte[] bytes, String... words) throws IOException {
        Files.write(model, bytes);
        assertThatThrownBy(() -> Deutero.classifier(model))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(model.toString())
                .hasMessageContainingAll(words)
                .message()
                .hasLineCount(1);
    }

    @Test
    void equalContentsAreEqualBytesAndNothingElseIsLeft() throws IOException {
        try (FewShotClassifier classifier = Deutero.classifier(model)) {
            classifier.save(folder.resolve("again.dtr"));
        }
        assertThat(folder.resolve("again.dtr")).hasBinaryContent(good);
        assertThat(folder).isDirectoryNotContaining(file -> file.toString().endsWith(".tmp"));
    }

    @Test
    void cutOffAnywhere() throws IOException {
        for (int length : new int[] {0, 5, 8, 100, good.length / 2, good.length - 1}) {
            refused(Arrays.copyOf(good, length), "damaged, cut off or no .dtr file");
        }
    }

    @Test
    void oneBitAnywhere() throws IOException {
        for (int at = 3; at < good.length; at += good.length / 60) {
            byte[] bad = good.clone();
            bad[at] ^= 4;
            Files.write(model, bad);
            assertThatThrownBy(() -> Deutero.classifier(model).close())
                    .as("byte %s", at)
                    .isInstanceOf(DataException.class)
                    .message()
                    .hasLineCount(1);
        }
    }

    @Test
    void somethingElse() throws IOException {
        refused("not a model at all, but some text".getBytes(StandardCharsets.UTF_8), "no .dtr file");
        assertThatThrownBy(() -> Deutero.classifier(folder.resolve("gone.dtr")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("there is no file");
    }

    @Test
    void aNewerVersion() throws IOException {
        String text = new String(good, StandardCharsets.ISO_8859_1);
        refused(
                text.replace("\"version\":\"1\"", "\"version\":\"7\"").getBytes(StandardCharsets.ISO_8859_1),
                "version 7",
                "use a newer Deutero");
    }

    /** A stand-in on the class path, where the library's own learners lie. */
    @Test
    void aBundledLearnerIsFoundByItsName() throws Exception {
        Path classes =
                Path.of(ArtifactTest.class.getResource("ArtifactTest.class").toURI());
        Path bundled =
                Files.createDirectories(classes.resolveSibling("builtin")).resolve("standin-protonet.dtr");
        Files.copy(folder.resolve("learner.dtr"), bundled, StandardCopyOption.REPLACE_EXISTING);
        try (TrainedLearner byName = Deutero.builtin("standin");
                TrainedLearner whole = Deutero.builtin("standin-protonet")) {
            assertThat(byName.description()).isEqualTo(whole.description());
        } finally {
            Files.delete(bundled);
        }
    }

    @Test
    void aLearnerForAClassifierAndTheOtherWayRound() {
        assertThatThrownBy(() -> Deutero.classifier(folder.resolve("learner.dtr")))
                .hasMessageContaining("adapt it to examples first");
        assertThatThrownBy(() -> Deutero.load(model)).hasMessageContaining("is a classifier");
        assertThatThrownBy(() -> Deutero.load(folder.resolve("nowhere"))).hasMessageContaining("there is no file");
        assertThatThrownBy(() -> Deutero.load(Files.createDirectory(folder.resolve("run"))))
                .hasMessageContaining("deutero export");
        assertThatThrownBy(() -> Deutero.builtin("nonesuch"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no learner \"nonesuch\" comes with this build")
                .message()
                .hasLineCount(1);
    }
}
