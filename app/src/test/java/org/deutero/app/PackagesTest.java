package org.deutero.app;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The whole house: no package of any module depends on itself by way of others, a package and its sub-packages apart. */
class PackagesTest {
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

    @Test
    void noPackageDependsOnItselfByWayOfOthers() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.deutero");
        // A module that is not on the class path would be free of cycles as well.
        for (String module : List.of("options", "tensor", "tasks", "learn", "methods", "serve", "experiment", "app")) {
            assertThat(classes).as(module).anyMatch(c -> c.getPackageName().startsWith("org.deutero." + module));
        }
        slices().assignedFrom(PACKAGES).should().beFreeOfCycles().check(classes);
    }
}
