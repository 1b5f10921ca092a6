package org.deutero.experiment.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.deutero.experiment.Experiment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recipe that is shipped says what it is, lies where it is looked for, and has no key that nobody knows or that its parent has already. */
class BundledRecipesTest {
    static List<String> names() {
        return RecipeFile.names();
    }

    static List<String> heirs() {
        return names().stream()
                .filter(name -> written(name).containsKey("extends"))
                .toList();
    }

    static List<String> reduced() {
        return names().stream()
                .filter(name -> name.endsWith("-small") && names().contains(full(name)))
                .toList();
    }

    private static Map<String, Object> written(String name) {
        return RecipeFile.writtenBundled(name).tree();
    }

    @ParameterizedTest
    @MethodSource("names")
    void resolves(String name) {
        Experiment experiment = Experiment.of(RecipeFile.bundled(name));
        assertThat(experiment.name()).isEqualTo(name);
        assertThat(experiment.description()).isNotEmpty();
        String folder = RecipeFile.folders().get(name);
        if (!folder.isEmpty()) { // recipes of tests lie in none
            assertThat(experiment.resolved()).extractingByKey("tasks").hasFieldOrPropertyWithValue("source", folder);
        }
    }

    @ParameterizedTest
    @MethodSource("heirs")
    void saysOnlyWhatDiffers(String name) {
        refuseRepetition(
                RecipeFile.bundled(String.valueOf(written(name).get("extends"))).tree(), written(name), name + ": ");
    }

    @ParameterizedTest
    @MethodSource("reduced")
    void reducedTwinsExtendTheFullRecipe(String name) {
        assertThat(written(name)).containsEntry("extends", full(name));
    }

    private static String full(String reduced) {
        return reduced.substring(0, reduced.length() - "-small".length());
    }

    private static void refuseRepetition(Map<?, ?> parent, Map<?, ?> child, String where) {
        child.forEach((key, value) -> {
            if (value instanceof Map<?, ?> below && parent.get(key) instanceof Map<?, ?> section) {
                refuseRepetition(section, below, where + key + ".");
            } else {
                assertThat(parent.get(key)).as(where + key).isNotEqualTo(value);
            }
        });
    }
}
