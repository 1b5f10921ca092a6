package org.deutero.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.deutero.tasks.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedFolderTest {
    @TempDir
    private Path folder;

    private final List<String> labelled = new ArrayList<>();
    private final List<String> given = new ArrayList<>();

    private final List<String> notes = new ArrayList<>();

    private void poll(WatchedFolder watched) {
        watched.poll(
                this::label, (picture, e) -> given.add(picture.getFileName().toString()), notes::add);
    }

    /** Takes files that end in a full stop for whole ones. */
    private void label(Path picture) {
        try {
            if (!Files.readString(picture).endsWith(".")) {
                throw new DataException(picture + " is cut off");
            }
        } catch (IOException e) {
            throw new DataException(picture + " cannot be read", e);
        }
        labelled.add(picture.getFileName().toString());
    }

    @Test
    void everyPictureIsLabelledOnce() throws IOException {
        WatchedFolder watched = new WatchedFolder(folder, 3);
        Files.writeString(folder.resolve("b.png"), "b.");
        Files.writeString(folder.resolve("a.JPG"), "a.");
        Files.writeString(folder.resolve("notes.txt"), "no picture");
        Files.writeString(folder.resolve(".hidden.png"), "h.");
        poll(watched);
        poll(watched);
        assertThat(labelled).containsExactly("a.JPG", "b.png");
        Files.writeString(folder.resolve("c.png"), "c.");
        Files.writeString(folder.resolve("a.JPG"), "another a.");
        poll(watched);
        assertThat(labelled).containsExactly("a.JPG", "b.png", "a.JPG", "c.png");
        Files.delete(folder.resolve("c.png"));
        poll(watched);
        assertThat(labelled).hasSize(4);
        assertThat(given).isEmpty();
    }

    @Test
    void aHalfWrittenPictureIsTriedAgain() throws IOException {
        WatchedFolder watched = new WatchedFolder(folder, 2);
        Path picture = Files.writeString(folder.resolve("a.png"), "ha");
        poll(watched);
        Files.writeString(picture, "half a pic");
        poll(watched);
        poll(watched);
        assertThat(labelled).isEmpty();
        assertThat(given).isEmpty();
        Files.writeString(picture, "half a picture is whole.");
        poll(watched);
        assertThat(labelled).containsExactly("a.png");
    }

    @Test
    void aPictureThatStaysDamagedIsGivenUpOnce() throws IOException {
        WatchedFolder watched = new WatchedFolder(folder, 2);
        Files.writeString(folder.resolve("a.png"), "ha");
        for (int i = 0; i < 6; i++) {
            poll(watched);
        }
        assertThat(given).containsExactly("a.png");
        assertThat(labelled).isEmpty();
        Files.writeString(folder.resolve("a.png"), "mended.");
        poll(watched);
        assertThat(labelled).containsExactly("a.png");
    }

    @Test
    void whatIsPassedOverIsToldOnceAndNotWhileItMayBecomeAPicture() throws IOException {
        WatchedFolder watched = new WatchedFolder(folder, 3);
        Files.writeString(folder.resolve("a.webp"), "w.");
        Files.createDirectory(folder.resolve("sub"));
        Files.createDirectory(folder.resolve("@eaDir"));
        Files.writeString(folder.resolve("Thumbs.db"), "t.");
        poll(watched);
        assertThat(notes)
                .singleElement()
                .asString()
                .contains("a.webp, sub (a folder)")
                .doesNotContain("eaDir", "Thumbs");
        Path part = Files.writeString(folder.resolve("b.png.part"), "half");
        poll(watched);
        Files.move(part, Files.writeString(folder.resolve("b.png"), "b."), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(folder.resolve("c.heic"), "c.");
        for (int i = 0; i < 6; i++) {
            poll(watched);
        }
        assertThat(notes).hasSize(2);
        assertThat(notes.get(1)).contains("c.heic").doesNotContain("part");
    }
}
