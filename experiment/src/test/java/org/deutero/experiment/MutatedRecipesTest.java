package org.deutero.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.deutero.experiment.base.UserException;
import org.deutero.experiment.recipe.Recipe;
import org.deutero.experiment.recipe.RecipeFile;
import org.deutero.options.OptionsException;
import org.deutero.tasks.DataException;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.TensorException;
import org.junit.jupiter.api.Test;

/** Recipes with values that nobody would write: each is a learner with its meta-optimiser, or a sentence. */
class MutatedRecipesTest {
    private static final int NUMBER = Integer.getInteger("deutero.mutations", 300);

    private static final List<Object> VALUES = List.of(
            1e300,
            -1e300,
            1e-300,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            0,
            -1,
            1,
            7,
            1000,
            100_000,
            1_000_000,
            Integer.MAX_VALUE,
            Long.MAX_VALUE,
            1e18,
            "text",
            "",
            true,
            List.of(),
            List.of(100_000, 100_000),
            List.of(-1, 0),
            Map.of(),
            Map.of("name", "sgd"));

    @Test
    void aResultOrASentence() {
        SplittableRandom random = new SplittableRandom(16);
        List<String> names = RecipeFile.names();
        for (int i = 0; i < NUMBER; i++) {
            String name = names.get(random.nextInt(names.size()));
            // As it is written, or with all defaults.
            Map<String, Object> tree = copy(
                    random.nextBoolean()
                            ? RecipeFile.bundled(name).tree()
                            : Experiment.of(RecipeFile.bundled(name)).resolved());
            StringBuilder done = new StringBuilder(name);
            for (int n = 1 + random.nextInt(2); n > 0; n--) {
                done.append("; ").append(mutate(tree, random));
            }
            attempt(new Recipe(name, tree), done.toString());
        }
    }

    private static void attempt(Recipe recipe, String what) {
        try {
            Experiment experiment = Experiment.of(recipe);
            Demand.check(experiment);
            start(experiment, experiment.joint());
        } catch (UserException | OptionsException | DataException | TensorException sentence) {
            assertThat(sentence.getMessage()).as(what).isNotBlank().doesNotContain("null", "Exception");
        } catch (OutOfMemoryError heap) {
            assertThat(Extremes.words(recipe.options())).as(what).isNotNull(); // the program says so, by name
        } catch (RuntimeException | LinkageError e) {
            fail(what + ": " + e, e);
        }
    }

    private static <T extends TaskBatch<T>> void start(Experiment experiment, Joint<T> joint) {
        assertThat(experiment.algorithm(joint).estimator()).isNotBlank();
    }

    /** Replaces, removes or adds a value somewhere in a recipe. */
    private static String mutate(Map<String, Object> tree, SplittableRandom random) {
        List<Map<String, Object>> sections = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        collect(tree, sections, keys);
        int at = random.nextInt(keys.size());
        Map<String, Object> section = sections.get(at);
        String key = keys.get(at);
        switch (random.nextInt(8)) {
            case 0 -> section.remove(key);
            case 1 -> section.put(key + "-" + key, section.get(key));
            default -> {
                Object value = VALUES.get(random.nextInt(VALUES.size()));
                section.put(key, value instanceof Map<?, ?> ? copy(section(value)) : value);
            }
        }
        return key + " " + section.get(key);
    }

    private static void collect(Map<String, Object> tree, List<Map<String, Object>> sections, List<String> keys) {
        tree.forEach((key, value) -> {
            sections.add(tree);
            keys.add(key);
            if (value instanceof Map<?, ?>) {
                collect(section(value), sections, keys);
            }
        });
    }

    @SuppressWarnings("unchecked") // keys of recipes are texts
    private static Map<String, Object> section(Object value) {
        return (Map<String, Object>) value;
    }

    private static Map<String, Object> copy(Map<String, Object> tree) {
        Map<String, Object> copy = new LinkedHashMap<>();
        tree.forEach((key, value) -> copy.put(key, value instanceof Map<?, ?> ? copy(section(value)) : value));
        return copy;
    }
}
