package org.deutero.app.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.deutero.experiment.base.UserException;
import org.deutero.experiment.recipe.Recipe;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What papers and released code set, beside the recipes that claim their settings: {@code docs/official.yaml}. */
final class OfficialSettings {
    private static final Pattern CLAIM = Pattern.compile(
            "as published|published (size|re-implementation)|settings of|in the paper|the paper's|in print|released (code|notebook|example)|as the code");

    /**
     * Settings that several recipes have from one place.
     *
     * @param recipes names
     * @param source paper and section, or a repository and its file
     * @param settings values by path, such as {@code method.inner-rate}, in this library's terms
     * @param deviations what is otherwise here, and why
     */
    record Entry(List<String> recipes, String source, Map<String, Object> settings, List<Deviation> deviations) {
        Entry {
            recipes = recipes == null ? List.of() : List.copyOf(recipes);
            source = source == null ? "" : source;
            settings = settings == null ? Map.of() : settings;
            deviations = deviations == null ? List.of() : List.copyOf(deviations);
        }
    }

    /**
     * A setting that a recipe does not have as it is official.
     *
     * @param key its path, or a word for what no key tells
     * @param official the value there
     * @param here the value in the recipes; empty if no key tells it
     * @param why the reason
     */
    record Deviation(String key, Object official, Object here, String why) {}

    private final List<Entry> entries;

    private OfficialSettings(List<Entry> entries) {
        this.entries = entries;
    }

    /** Reads the file. @throws UserException if it is not such a file */
    static OfficialSettings read(Path file) throws IOException {
        try {
            return new OfficialSettings(
                    new YAMLMapper().readValue(Files.readString(file), new TypeReference<List<Entry>>() {}));
        } catch (JacksonException e) {
            throw UserException.usage(
                    file + " does not tell official settings: "
                            + e.getOriginalMessage().lines().findFirst().orElse(""),
                    e);
        }
    }

    /** In the order of the record. */
    List<Entry> entries() {
        return entries;
    }

    /** Whether a recipe says of itself that its settings are those of a paper or of its code; reduced twins do not. */
    static boolean claims(Recipe recipe) {
        Object description = recipe.tree().get("description");
        return !String.valueOf(recipe.tree().get("name")).endsWith("-small")
                && description != null
                && CLAIM.matcher(description.toString()).find();
    }

    /** Whether a value in force, as a recipe's key has it, is the one on record. */
    static boolean same(Object onRecord, String inForce) {
        try {
            return Double.parseDouble(String.valueOf(onRecord)) == Double.parseDouble(inForce);
        } catch (NumberFormatException e) { // words and lists
            return String.valueOf(onRecord).equals(inForce);
        }
    }
}
