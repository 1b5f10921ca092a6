package org.deutero.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each layer depends only on those below it, and only the lowest touches libtorch; no package depends on itself or lies in two modules. In one
 * class, since reading the classes of the whole house takes seconds.
 */
class LayersTest {
    private static final SliceAssignment PACKAGES = new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            return SliceIdentifier.of(javaClass.getPackageName());
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    };

    private static JavaClasses classes;

    @BeforeAll
    static void readClasses() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.deutero");
    }

    @ParameterizedTest
    @CsvSource({
        "options, tensor|tasks|learn|testkit|methods|serve|experiment|server|spark|app",
        "tensor, tasks|learn|testkit|methods|serve|experiment|server|spark|app",
        "tasks, learn|testkit|methods|serve|experiment|server|spark|app",
        "learn, testkit|methods|serve|experiment|server|spark|app",
        "methods, testkit|serve|experiment|server|spark|app",
        "serve, testkit|experiment|server|spark|app",
        "experiment, testkit|server|spark|app",
        "server, testkit|experiment|spark|app",
        "app, testkit|spark",
    })
    void layersDependDownwardsOnly(String layer, String above) {
        String[] forbidden = above.split("\\|");
        for (int i = 0; i < forbidden.length; i++) {
            forbidden[i] = "org.deutero." + forbidden[i] + "..";
        }
        noClasses()
                .that()
                .resideInAPackage("org.deutero." + layer + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden)
                .allowEmptyShould(true)
                .check(classes);
    }

    /** Arguments, progress bars and logs are the program's; whoever embeds experiments has his own. */
    @Test
    void experimentsNeedNoCommandLine() {
        noClasses()
                .that()
                .resideInAPackage("org.deutero.experiment..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("picocli..", "me.tongfei..", "ch.qos.logback.."))
                .check(classes);
    }

    /** The front door is for users: nothing but {@code experiment}, {@code app} and {@code bench} may come in by it. */
    @Test
    void noLayerUsesTheFrontDoor() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "org.deutero.tensor..",
                        "org.deutero.tasks..",
                        "org.deutero.learn..",
                        "org.deutero.methods..",
                        "org.deutero.serve..",
                        "org.deutero.server..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.deutero")
                .check(classes);
    }

    @Test
    void onlyTheTensorLayerTouchesLibtorch() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.deutero.tensor..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.bytedeco.."))
                .check(classes);
    }

    @Test
    void optionsStandAlone() {
        noClasses()
                .that()
                .resideInAPackage("org.deutero.options..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("java..", "org.deutero.options..")
                .check(classes);
    }

    /** The whole house: no package of any module depends on itself by way of others, a package and its sub-packages apart. */
    @Test
    void noPackageDependsOnItselfByWayOfOthers() {
        // A module that is not on the class path would be free of cycles as well.
        for (String module :
                List.of("options", "tensor", "tasks", "learn", "methods", "serve", "experiment", "server", "app")) {
            assertThat(classes).as(module).anyMatch(c -> c.getPackageName().startsWith("org.deutero." + module));
        }
        slices().assignedFrom(PACKAGES).should().beFreeOfCycles().check(classes);
    }

    /** The module path refuses a package that lies in two modules. */
    @Test
    void noPackageLiesInTwoModules() {
        Map<String, Set<String>> homes = new TreeMap<>();
        for (JavaClass one : classes) {
            String uri = one.getSource().orElseThrow().getUri().toString();
            String inside = one.getName().replace('.', '/') + ".class";
            homes.computeIfAbsent(one.getPackageName(), name -> new TreeSet<>())
                    .add(uri.substring(0, uri.length() - inside.length()));
        }
        assertThat(homes)
                .isNotEmpty()
                .allSatisfy((name, modules) -> assertThat(modules).as(name).hasSize(1));
    }
}
