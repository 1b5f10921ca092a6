package org.deutero.experiment.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.deutero.experiment.Experiment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recipe that is shipped says what it is and has no key that nobody knows. */
class BundledRecipesTest {
    static List<String> names() {
        return RecipeFile.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void resolves(String name) {
        Experiment experiment = Experiment.of(RecipeFile.bundled(name));
        assertThat(experiment.name()).isEqualTo(name);
        assertThat(experiment.description()).isNotEmpty();
    }
}
