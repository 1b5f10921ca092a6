package org.deutero.tasks.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.deutero.tasks.images.PictureHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurveyTest {

    @TempDir
    private Path dir;

    private static Survey survey(Path path) {
        return Survey.of(path, Limits.DEFAULT, LoadListener.NONE);
    }

    @Test
    void everythingIsCollectedAndNothingThrown() throws IOException {
        Map<String, byte[]> files = TestFiles.good();
        files.put("cat/text.png", "just text".getBytes(StandardCharsets.UTF_8));
        files.put("dog/again.png", files.get("dog/b.png"));
        files.put("cat/foreign.png", files.get("dog/a.PNG"));
        files.put("Dog/other.png", TestFiles.shade("png", 3, 3, 77));
        Path folder = TestFiles.folder(dir.resolve("tree"), files);
        Files.createDirectories(folder.resolve("void"));
        Path zip = TestFiles.zip(dir.resolve("tree.zip"), files);
        for (Path path : new Path[] {folder, zip}) {
            Survey survey = survey(path);
            assertThat(survey.classes()).containsOnly(Map.entry("cat", 3), Map.entry("dog", 3), Map.entry("Dog", 1));
            assertThat(survey.unreadable()).singleElement().asString().contains("text.png", "not a PNG or JPEG");
            assertThat(survey.duplicates()).hasSize(2);
            assertThat(survey.duplicates().stream().filter(Survey::acrossClasses))
                    .singleElement()
                    .asString()
                    .contains("cat/foreign.png", "dog/a.PNG");
            assertThat(survey.faults()).anySatisfy(fault -> assertThat(fault).contains("'Dog'", "'dog'"));
            assertThat(survey.passed().others()).containsEntry(".txt", 1).containsEntry(".md", 1);
            assertThat(survey.pictures())
                    .anySatisfy(item ->
                            assertThat(item.header()).isEqualTo(new PictureHeader("JPEG", 8, 24, "colour", false)));
        }
        assertThat(survey(folder).faults())
                .hasSize(2)
                .anySatisfy(fault -> assertThat(fault).contains("void", "holds no PNG or JPEG"));
    }

    @Test
    void zipBombsAreUnreadablePictures() throws IOException {
        Map<String, byte[]> files = TestFiles.good();
        files.put("dog/bomb.png", new byte[8 << 20]); // deflates to eight kilobytes
        Survey survey = survey(TestFiles.zip(dir.resolve("bomb.zip"), files));
        assertThat(survey.unreadable()).singleElement().asString().contains("bomb.png", "zip bomb");
    }
}
