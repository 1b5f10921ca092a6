package org.deutero.app.docs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.deutero.experiment.Experiment;
import org.deutero.experiment.recipe.Recipe;
import org.deutero.learn.recipe.MetaGradientOptions;
import org.deutero.methods.Methods;
import org.deutero.options.OptionKey;
import org.deutero.options.Options;

/**
 * The keys that components of recipes know, found by asking them: every bundled recipe is made into an experiment, and a component that none of
 * them has is put into one that takes it.
 */
final class RecipeKeys {
    /** Stands for a default that depends on other keys. */
    static final String DEPENDS = "depends";

    private static final String CHOICES = " \\| ";

    /** Sections whose keys depend on one of them, in the order in which a recipe is read. */
    enum Part {
        TASKS("tasks", "source"),
        METHOD("method", "name"),
        NETWORK("network", "type"),
        META_GRADIENT("meta-gradient", "name"),
        META_OPTIMIZER("meta-optimizer", "name");

        private final String section;
        private final String key;

        Part(String section, String key) {
            this.section = section;
            this.key = key;
        }

        /** Path of the key that names the component, such as {@code tasks.source}. */
        String path() {
            return section + "." + key;
        }

        String prefix() {
            return section + ".";
        }

        static Optional<Part> of(String section) {
            return Stream.of(values())
                    .filter(part -> part.section.equals(section))
                    .findFirst();
        }
    }

    private record Component(Part part, String name) {}

    private final Map<Component, Map<String, OptionKey>> components = new LinkedHashMap<>();
    private final Map<String, OptionKey> others = new LinkedHashMap<>();
    private final List<Recipe> recipes;

    private RecipeKeys(List<Recipe> recipes) {
        this.recipes = recipes;
    }

    /** Of all that can stand in a recipe, asked of those that are bundled. */
    static RecipeKeys all(List<Recipe> bundled) {
        RecipeKeys keys = new RecipeKeys(bundled);
        keys.recipes.forEach(recipe -> keys.add(Experiment.of(recipe).options().describe()));
        for (String name : MetaGradientOptions.NAMES) { // estimators need no recipe to be asked
            Options options = Options.at(Part.META_GRADIENT.section, Map.of(Part.META_GRADIENT.key, name));
            MetaGradientOptions.of(options, name);
            keys.add(options.describe());
        }
        for (Part part : Part.values()) {
            keys.names(part).stream()
                    .filter(name -> !keys.components.containsKey(new Component(part, name)))
                    .forEach(name -> keys.seek(part, name));
        }
        return keys;
    }

    /** Every key of one recipe, by path. */
    static Map<String, OptionKey> of(Recipe recipe) {
        Map<String, OptionKey> keys = new LinkedHashMap<>();
        Experiment.of(recipe).options().describe().forEach(key -> keys.put(key.path(), key));
        return keys;
    }

    /** Names of the components that a section can have: those that it offers, in their order, then others that recipes have. */
    List<String> names(Part part) {
        Set<String> names = new LinkedHashSet<>();
        for (Map<String, OptionKey> keys : of(part).values()) {
            names.addAll(
                    part == Part.METHOD
                            ? Methods.names()
                            : List.of(keys.get(part.path()).type().split(CHOICES, -1)));
        }
        names.addAll(of(part).keySet());
        return List.copyOf(names);
    }

    private Map<String, Map<String, OptionKey>> of(Part part) {
        Map<String, Map<String, OptionKey>> of = new LinkedHashMap<>();
        components.forEach((component, keys) -> {
            if (component.part() == part) {
                of.put(component.name(), keys);
            }
        });
        return of;
    }

    /** Keys of one component, without the one that names it; empty if no recipe takes it. */
    List<OptionKey> of(Part part, String name) {
        return components.getOrDefault(new Component(part, name), Map.of()).values().stream()
                .filter(key -> !key.path().equals(part.path()))
                .toList();
    }

    /** Keys that every recipe has: those of no section, or of a section without components, given by its prefix. */
    List<OptionKey> others(String prefix) {
        return others.values().stream()
                .filter(key -> prefix.isEmpty()
                        ? !key.path().contains(".")
                        : key.path().startsWith(prefix))
                .toList();
    }

    private void add(List<OptionKey> keys) {
        Map<String, OptionKey> byPath = new LinkedHashMap<>();
        keys.forEach(key -> byPath.put(key.path(), key));
        for (OptionKey key : keys) {
            Optional<Part> part =
                    Part.of(key.path().substring(0, Math.max(0, key.path().indexOf('.'))));
            Map<String, OptionKey> into = part.map(of -> component(of, byPath)).orElse(others);
            into.merge(key.path(), key, RecipeKeys::either);
        }
    }

    /** The component that a section of a recipe has; networks that cannot be chosen belong to their method. */
    private Map<String, OptionKey> component(Part part, Map<String, OptionKey> keys) {
        Part named = keys.containsKey(part.path()) ? part : Part.METHOD;
        return components.computeIfAbsent(
                new Component(named, keys.get(named.path()).value()), component -> new LinkedHashMap<>());
    }

    /** What two recipes tell of one key: choices of both, and no default where they differ. */
    private static OptionKey either(OptionKey a, OptionKey b) {
        String value = a.defaultValue().equals(b.defaultValue()) ? a.defaultValue() : DEPENDS;
        Set<String> types = new LinkedHashSet<>(List.of(a.type().split(CHOICES, -1)));
        if (a.type().contains(" | ") && b.type().contains(" | ")) {
            types.addAll(List.of(b.type().split(CHOICES, -1)));
        }
        return new OptionKey(a.path(), String.join(" | ", types), value, "", a.description());
    }

    private void seek(Part part, String name) {
        for (Recipe recipe : recipes) {
            Map<String, Object> tree = new LinkedHashMap<>(recipe.tree());
            tree.put(part.section, Map.of(part.key, name));
            List<OptionKey> keys = new ArrayList<>();
            try {
                keys.addAll(Experiment.of(new Recipe(recipe.source(), tree))
                        .options()
                        .describe());
            } catch (IllegalArgumentException e) { // this recipe cannot have it; another can
                continue;
            }
            keys.stream()
                    .filter(key -> key.path().startsWith(part.prefix()))
                    .forEach(key -> components
                            .computeIfAbsent(new Component(part, name), component -> new LinkedHashMap<>())
                            .put(key.path(), key));
            return;
        }
    }
}
