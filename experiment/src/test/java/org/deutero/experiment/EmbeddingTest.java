package org.deutero.experiment;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Nothing of a command line is on the class path of whoever embeds experiments. */
class EmbeddingTest {
    private static final List<String> COMMAND_LINE =
            List.of("picocli.CommandLine", "me.tongfei.progressbar.ProgressBar", "ch.qos.logback.classic.Logger");

    private static JavaClasses classes;

    @BeforeAll
    static void readClasses() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.deutero.experiment");
    }

    @Test
    void noCommandLine() {
        noClasses()
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("picocli..", "me.tongfei..", "ch.qos.logback..", "org.deutero.app.."))
                .check(classes);
    }

    /** Not even for tests, so that what runs here runs where these are absent. */
    @Test
    void noCommandLineOnTheClassPath() throws IOException {
        for (String name : COMMAND_LINE) {
            assertThat(getClass()
                            .getClassLoader()
                            .getResources(name.replace('.', '/') + ".class")
                            .hasMoreElements())
                    .as(name)
                    .isFalse();
        }
    }
}
