package org.deutero.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deutero.app.text.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
    @Test
    void warnsOfEarlyBuildsOfJava25Only() {
        assertThat(DoctorCommand.warning(Runtime.Version.parse("25.0.2+7"))).isPresent();
        assertThat(DoctorCommand.warning(Runtime.Version.parse("25"))).isPresent();
        assertThat(DoctorCommand.warning(Runtime.Version.parse("25.0.3+9"))).isEmpty();
        assertThat(DoctorCommand.warning(Runtime.Version.parse("17.0.15"))).isEmpty();
    }

    @Test
    void tablesFoldTheirLastColumn() {
        assertThat(new Table(40)
                        .row("a", "one two three four five six seven eight")
                        .row("bbb", "x")
                        .lines())
                .containsExactly("a    one two three four five six seven", "     eight", "bbb  x");
    }

    @Test
    void foldersOfOtherVersionsAreNamedWithTheirSize(@TempDir Path folder) throws IOException {
        for (String jar : List.of("pytorch-1-linux-x86_64.jar", "pytorch-2-linux-x86_64.jar", "other-1.jar")) {
            Files.createDirectories(folder.resolve(jar));
            Files.write(folder.resolve(jar).resolve("libtorch.so"), new byte[3 << 20]);
        }
        NativeCache cache = new NativeCache(folder);
        assertThat(cache.describe()).isEqualTo(folder + ", 9 MiB");
        List<String> loaded =
                List.of(folder.resolve("pytorch-2-linux-x86_64.jar/libtorch.so").toString());
        assertThat(cache.unused(loaded)).containsExactly("pytorch-1-linux-x86_64.jar (3 MiB)");
        // Where the system does not tell what is loaded, nothing is said to be free.
        assertThat(cache.unused(List.of())).isEmpty();
    }
}
