package org.deutero.tensor.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserFoldersTest {
    private static final String TEMPORARY = "java.io.tmpdir";
    private static final String NAME = "user.name";

    @TempDir
    private Path folder;

    private String temporary;
    private String name;

    @BeforeEach
    void ownProperties() {
        temporary = System.getProperty(TEMPORARY);
        name = System.getProperty(NAME);
    }

    @AfterEach
    void propertiesOfBefore() {
        System.setProperty(TEMPORARY, temporary);
        System.setProperty(NAME, name);
    }

    /** What Java and containers give users without an entry in the list of users. */
    @Test
    void aHomeThatIsNoneIsNone() throws IOException {
        String home = folder.toString();
        String file = Files.createFile(folder.resolve("file")).toString();
        assertThat(UserFolders.home(home, null)).contains(folder);
        for (String none : new String[] {
            null, "", "?", "relative", "/", folder.resolve("missing").toString(), file
        }) {
            assertThat(UserFolders.home(none, null)).as(String.valueOf(none)).isEmpty();
            assertThat(UserFolders.home(none, none)).as(String.valueOf(none)).isEmpty();
            assertThat(UserFolders.home(none, home)).as(String.valueOf(none)).contains(folder);
        }
    }

    @Test
    void usersWithoutANameAreToldApartByTheirNumber() throws IOException {
        System.setProperty(TEMPORARY, folder.toString());
        System.setProperty(NAME, "?");
        assertThat(UserFolders.temporary().getFileName().toString()).matches("deutero-(\\d+|user)");
        System.setProperty(NAME, "An na/..");
        assertThat(UserFolders.temporary()).isEqualTo(folder.resolve("deutero-an-na-.."));
        assertThat(UserFolders.makeTemporary()).isDirectory();
        assertThat(UserFolders.makeTemporary()).isDirectory(); // again
    }

    @Test
    void whatIsInTheWayIsNotUsed() throws IOException {
        System.setProperty(TEMPORARY, folder.toString());
        System.setProperty(NAME, "somebody");
        Files.createFile(folder.resolve("deutero-somebody"));
        assertThatThrownBy(UserFolders::makeTemporary)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("in the way");
    }
}
