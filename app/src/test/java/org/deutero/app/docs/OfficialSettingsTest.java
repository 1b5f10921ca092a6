package org.deutero.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.deutero.app.docs.OfficialSettings.Deviation;
import org.deutero.app.docs.OfficialSettings.Entry;
import org.deutero.experiment.recipe.RecipeFile;
import org.deutero.options.OptionKey;
import org.junit.jupiter.api.Test;

/** A recipe that says its settings are published has them: every value on record is compared with the one in force, defaults included. */
class OfficialSettingsTest {
    private static final Path ROOT = Path.of(System.getProperty("deutero.root"));

    private final Map<String, Map<String, OptionKey>> keys = new HashMap<>();

    @Test
    void everyRecipeHasTheSettingsOnRecordAndDeviatesAsTheRecordSays() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Entry entry :
                OfficialSettings.read(ROOT.resolve("docs/official.yaml")).entries()) {
            for (String recipe : entry.recipes()) {
                entry.settings().forEach((key, value) -> compare(wrong, recipe, key, value));
                for (Deviation deviation : entry.deviations()) {
                    if (deviation.here() != null) {
                        compare(wrong, recipe, deviation.key(), deviation.here());
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyRecipeThatClaimsItsSettingsIsOnRecordAndEveryRecordIsOfOne() throws IOException {
        Set<String> names = RecipeFile.folders().entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> claiming = names.stream()
                .filter(name -> OfficialSettings.claims(RecipeFile.bundled(name)))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> recorded = new TreeSet<>();
        for (Entry entry :
                OfficialSettings.read(ROOT.resolve("docs/official.yaml")).entries()) {
            assertThat(entry.source()).as("source of %s", entry.recipes()).isNotBlank();
            assertThat(entry.settings()).as("settings of %s", entry.recipes()).isNotEmpty();
            recorded.addAll(entry.recipes());
        }
        assertThat(names).as("recipes that there are").containsAll(recorded);
        assertThat(recorded).as("recipes on record").containsAll(claiming);
        assertThat(claiming).hasSizeGreaterThan(60);
    }

    @Test
    void aDeviationTellsWhatIsOtherwiseAndWhy() throws IOException {
        for (Entry entry :
                OfficialSettings.read(ROOT.resolve("docs/official.yaml")).entries()) {
            for (Deviation deviation : entry.deviations()) {
                assertThat(deviation.why())
                        .as("%s of %s", deviation.key(), entry.recipes())
                        .isNotBlank();
                assertThat(deviation.official())
                        .as("%s of %s", deviation.key(), entry.recipes())
                        .isNotNull();
                assertThat(entry.settings()).doesNotContainKey(deviation.key());
            }
        }
    }

    @Test
    void valuesAreComparedAsNumbersWhereTheyAre() {
        assertThat(OfficialSettings.same(0.001, "1.0E-3")).isTrue();
        assertThat(OfficialSettings.same("adam", "adam")).isTrue();
        assertThat(OfficialSettings.same(List.of(40, 40), "[40, 40]")).isTrue();
        assertThat(OfficialSettings.same(0.05, "0.01")).isFalse();
        assertThat(OfficialSettings.same(false, "true")).isFalse();
    }

    private void compare(List<String> wrong, String recipe, String key, Object value) {
        OptionKey asked = keys.computeIfAbsent(recipe, name -> RecipeKeys.of(RecipeFile.bundled(name)))
                .get(key);
        String inForce = asked == null ? "absent" : asked.value();
        if (!OfficialSettings.same(value, inForce)) {
            wrong.add(recipe + " has " + key + " " + inForce + ", not " + value);
        }
    }
}
