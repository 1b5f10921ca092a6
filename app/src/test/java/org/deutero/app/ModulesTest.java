package org.deutero.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What users of the libraries rely on from their build: a name for each module, a whole BOM; LayersTest holds packages to one module each. */
class ModulesTest {
    private static final Path ROOT = Path.of(System.getProperty("deutero.root"));

    private static List<String> matches(String pattern, Path file) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(file))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /** All modules but the benchmarks, which are not published, and the BOM itself. */
    private static List<String> published() throws IOException {
        return matches("<module>([a-z]+)</module>", ROOT.resolve("pom.xml")).stream()
                .filter(module -> !module.equals("bench") && !module.equals("bom"))
                .toList();
    }

    @Test
    void everyLibraryHasAModuleName() throws IOException {
        for (String module : published()) {
            if (!module.equals("native")) {
                assertThat(matches("<Automatic-Module-Name>(.+)</", ROOT.resolve(module + "/pom.xml")))
                        .as(module)
                        .containsExactly("org.deutero." + module);
            }
        }
    }

    @Test
    void theBomNamesEveryModuleAndTheProjectsVersion() throws IOException {
        Path bom = ROOT.resolve("bom/pom.xml");
        assertThat(matches("<artifactId>deutero-([a-z]+)</artifactId>", bom))
                .startsWith("bom")
                .filteredOn(name -> !name.equals("bom"))
                .containsExactlyInAnyOrderElementsOf(published());
        assertThat(firstVersion(bom)).isEqualTo(firstVersion(ROOT.resolve("pom.xml")));
    }

    private static String firstVersion(Path pom) throws IOException {
        Matcher version = Pattern.compile("<version>(.+?)</version>").matcher(Files.readString(pom));
        assertThat(version.find()).isTrue();
        return version.group(1);
    }
}
