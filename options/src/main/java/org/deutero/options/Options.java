package org.deutero.options;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A typed view of one section of a recipe that remembers what was asked of it.
 *
 * <p>Each getter takes the key (kebab-case), its default and a description; the value in the recipe wins over the
 * default. A value that is null, of the wrong type, not finite or out of range is refused with an
 * {@link OptionsException}. After all components have asked, {@link #finish()} refuses the keys that nobody
 * asked for and {@link #resolved()} is the complete recipe, defaults included. Not thread-safe.
 */
public final class Options {
    private final String path;
    private final Map<String, Object> tree;
    private final Map<String, Asked> asked = new LinkedHashMap<>();
    private final Map<String, Options> sections = new LinkedHashMap<>();

    /** What one key was asked for; {@code value} and {@code defaultValue} are null where there is none. */
    private record Asked(String type, Object defaultValue, Object value, String description) {}

    /** The whole recipe; null at the root itself. */
    private final Options root;

    private Options(String path, Map<String, Object> tree, Options root) {
        this.path = path;
        this.tree = tree;
        this.root = root;
    }

    /** The options of a whole recipe: a tree of maps, lists and scalars as a YAML parser gives. */
    public static Options of(Map<String, ?> tree) {
        return at("", tree);
    }

    /** The options of one section that sits at {@code path} in its recipe; the path appears in messages. */
    public static Options at(String path, Map<String, ?> tree) {
        return new Options(path, new LinkedHashMap<>(tree), null);
    }

    /** Path of this section from the root of the recipe; empty at the root. */
    public String path() {
        return path;
    }

    /** Full path of a key of this section, for messages. */
    public String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** Whether the recipe itself sets the key. */
    public boolean has(String key) {
        return tree.containsKey(key);
    }

    /** A finite number. */
    public double number(String key, double defaultValue, String description) {
        return ask(key, defaultValue, description, "number", "a number", Scalars::number);
    }

    /** A number from {@code min} to {@code max}, both included. */
    public double number(String key, double defaultValue, double min, double max, String description) {
        String range = Text.range(min, max);
        return ask(
                key,
                defaultValue,
                description,
                "number " + range,
                "a number " + range,
                value -> Scalars.number(value).filter(number -> number >= min && number <= max));
    }

    /** A number above zero. */
    public double positive(String key, double defaultValue, String description) {
        return ask(
                key,
                defaultValue,
                description,
                "number > 0",
                "a number above 0",
                value -> Scalars.number(value).filter(number -> number > 0));
    }

    /** A number that may be left out. */
    public Optional<Double> optionalNumber(String key, double min, double max, String description) {
        String range = Text.range(min, max);
        return Optional.ofNullable(ask(
                key,
                null,
                description,
                "number " + range,
                "a number " + range,
                value -> Scalars.number(value).filter(number -> number >= min && number <= max)));
    }

    /** A whole number from {@code min} to {@code max}, both included. */
    public int integer(String key, int defaultValue, int min, int max, String description) {
        return ask(
                key,
                defaultValue,
                description,
                "integer " + Text.range(min, max),
                wholeNumber(min, max),
                value -> intWithin(value, min, max));
    }

    /** A whole number that may be left out. */
    public Optional<Integer> optionalInteger(String key, int min, int max, String description) {
        return Optional.ofNullable(ask(
                key,
                null,
                description,
                "integer " + Text.range(min, max),
                wholeNumber(min, max),
                value -> intWithin(value, min, max)));
    }

    /** Any 64-bit whole number, such as a seed. */
    public long longInteger(String key, long defaultValue, String description) {
        return ask(key, defaultValue, description, "integer", "a whole number", Scalars::whole);
    }

    /** The seed of something that is drawn apart from the rest: the whole recipe's {@code seed} where nothing is said, 1 if that says nothing either. */
    public long seed(String key, String description) {
        long own = Optional.ofNullable(whole().tree.get("seed"))
                .flatMap(Scalars::whole)
                .orElse(1L);
        return longInteger(key, own, description + "; the recipe's own if absent");
    }

    private Options whole() {
        return root == null ? this : root;
    }

    /** Text that is not blank. */
    public String text(String key, String defaultValue, String description) {
        return ask(key, defaultValue, description, "text", "text", Scalars::text);
    }

    /** Text that may be left out. */
    public Optional<String> optionalText(String key, String description) {
        return Optional.ofNullable(ask(key, null, description, "text", "text", Scalars::text));
    }

    /** Text without a default: a recipe must have it. */
    public String required(String key, String description) {
        return optionalText(key, description)
                .orElseThrow(() -> new OptionsException("the recipe lacks " + path(key) + " (" + description + ")"
                        + Suggestions.phrase(key, tree.keySet())));
    }

    /** True or false. */
    public boolean flag(String key, boolean defaultValue, String description) {
        return ask(key, defaultValue, description, "true | false", "true or false", Scalars::flag);
    }

    /** One of an enum's constants, written in kebab-case. */
    public <E extends Enum<E>> E choice(String key, E defaultValue, String description) {
        E[] constants = defaultValue.getDeclaringClass().getEnumConstants();
        List<String> names = Kebab.all(constants);
        String chosen = choice(key, Kebab.of(defaultValue), names, description);
        return constants[names.indexOf(chosen)];
    }

    /** One of the given names. */
    public String choice(String key, String defaultValue, List<String> names, String description) {
        return ask(
                key,
                defaultValue,
                description,
                String.join(" | ", names),
                Text.oneOf(names),
                value -> Scalars.text(value).filter(names::contains));
    }

    /** A list of finite numbers; a single number is a list of one. */
    public List<Double> numbers(String key, List<Double> defaultValue, String description) {
        return ask(
                key,
                defaultValue,
                description,
                "list of numbers",
                "a list of numbers",
                value -> Text.each(value, Scalars::number));
    }

    /** A list of whole numbers from {@code min} to {@code max}; a single number is a list of one. */
    public List<Integer> integers(String key, List<Integer> defaultValue, int min, int max, String description) {
        return ask(
                key,
                defaultValue,
                description,
                "list of integers " + Text.range(min, max),
                "a list of whole numbers " + Text.range(min, max),
                value -> Text.each(value, item -> intWithin(item, min, max)));
    }

    /** A list of texts; a single text is a list of one. */
    public List<String> texts(String key, List<String> defaultValue, String description) {
        return ask(
                key,
                defaultValue,
                description,
                "list of texts",
                "a list of texts",
                value -> Text.each(value, Scalars::text));
    }

    /**
     * A section below this one; empty if the recipe does not have it. A text in its place is short for a section with that name: {@code
     * meta-gradient: sweep}. The same object on every call.
     */
    public Options section(String key) {
        return sections.computeIfAbsent(key, name -> {
            if (!tree.containsKey(name)) {
                return new Options(path(name), new LinkedHashMap<>(), whole());
            }
            if (tree.get(name) instanceof String text) {
                return new Options(path(name), new LinkedHashMap<>(Map.of("name", text)), whole());
            }
            if (!(tree.get(name) instanceof Map<?, ?> map)) {
                throw new OptionsException(
                        path(name) + " must be a section with keys of its own, not " + Text.show(tree.get(name)));
            }
            Map<String, Object> section = new LinkedHashMap<>();
            map.forEach((k, v) -> section.put(String.valueOf(k), v));
            return new Options(path(name), section, whole());
        });
    }

    /**
     * Refuses every key of this section, and of the sections asked for below it, that nobody asked for.
     *
     * @throws OptionsException naming each such key by its full path, with the nearest known one
     */
    public void finish() {
        List<String> faults = new ArrayList<>();
        collectUnknown(faults);
        if (!faults.isEmpty()) {
            throw new OptionsException(String.join("; also ", faults));
        }
    }

    /** The complete tree in the order of asking: every key with the value in force, sections included. */
    public Map<String, Object> resolved() {
        Map<String, Object> all = new LinkedHashMap<>();
        asked.forEach((key, question) -> {
            if (question.value() != null) {
                all.put(key, question.value());
            }
        });
        sections.forEach((key, section) -> {
            Map<String, Object> below = section.resolved();
            if (!below.isEmpty()) {
                all.put(key, below);
            }
        });
        return Collections.unmodifiableMap(all);
    }

    /** Every key asked for so far, sections included. */
    public List<OptionKey> describe() {
        List<OptionKey> keys = new ArrayList<>();
        asked.forEach((key, question) -> keys.add(new OptionKey(
                path(key),
                question.type(),
                question.defaultValue() == null ? "" : question.defaultValue().toString(),
                question.value() == null ? "" : question.value().toString(),
                question.description())));
        sections.values().forEach(section -> keys.addAll(section.describe()));
        return keys;
    }

    private <V> V ask(
            String key,
            V defaultValue,
            String description,
            String type,
            String expected,
            Function<Object, Optional<V>> reader) {
        V value = defaultValue;
        if (tree.containsKey(key)) {
            Object given = tree.get(key);
            value = reader.apply(given)
                    .orElseThrow(() ->
                            new OptionsException(path(key) + " must be " + expected + ", not " + Text.show(given)));
        }
        asked.put(key, new Asked(type, defaultValue, value, description));
        return value;
    }

    private void collectUnknown(List<String> faults) {
        List<String> known = new ArrayList<>(asked.keySet());
        known.addAll(sections.keySet());
        for (String key : tree.keySet()) {
            if (!known.contains(key)) {
                faults.add("unknown key \"" + path(key) + "\"" + Suggestions.phrase(key, known)
                        + Text.knownKeys(path, known));
            }
        }
        sections.values().forEach(section -> section.collectUnknown(faults));
    }

    private static Optional<Integer> intWithin(Object value, int min, int max) {
        return Scalars.whole(value)
                .filter(number -> number >= min && number <= max)
                .map(Long::intValue);
    }

    private static String wholeNumber(int min, int max) {
        return "a whole number " + Text.range(min, max);
    }
}
