package org.deutero.app.docs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deutero.experiment.base.UserException;
import org.deutero.experiment.recipe.Recipe;
import org.deutero.methods.Method;
import org.deutero.methods.Methods;
import org.deutero.methods.Spectrum;
import org.deutero.options.Options;

/** {@code docs/METHODS.md}, and the short table of families in the README. */
final class MethodsPage {
    private static final List<String> COLUMNS =
            List.of("name", "method", "what is learned", "source", "meta-gradient", "recipes", "golden vectors");

    private final GoldenVectors golden;
    private final Map<String, SortedMap<String, Integer>> recipes = new HashMap<>(); // by method, then by source

    MethodsPage(GoldenVectors golden, List<Recipe> bundled) {
        this.golden = golden;
        for (Recipe recipe : bundled) {
            Options options = recipe.options();
            recipes.computeIfAbsent(options.section("method").required("name", ""), method -> new TreeMap<>())
                    .merge(options.section("tasks").required("source", ""), 1, Integer::sum);
        }
    }

    /** The whole page. */
    String text() {
        List<String> lines = new ArrayList<>(List.of(
                "# Methods",
                "",
                "Made by `deutero docs` from the registry of methods, the recipes and [golden.yaml](golden.yaml); do not edit. A name is what `method.name` takes in a recipe and leads to the code;",
                "the meta-gradient is the one it was published with, which any other that fits can replace ([guide](GUIDE.md#which-meta-gradient)); its keys stand in [KEYS.md](KEYS.md#method).",
                "Measured results: [REPRODUCTION.md](REPRODUCTION.md)."));
        for (Spectrum family : Spectrum.values()) {
            lines.addAll(List.of("", "## " + title(family), ""));
            MarkdownTable table = new MarkdownTable(COLUMNS);
            of(family)
                    .forEach(method -> table.row(List.of(
                            "[`" + method.name() + "`](../" + folder(method) + ")",
                            method.title(),
                            method.summary(),
                            method.source(),
                            "`" + method.metaGradient() + "`",
                            recipes(method),
                            golden.of(method.name()).stream()
                                    .map(name -> "`" + name + "`")
                                    .collect(Collectors.joining(", ")))));
            lines.addAll(table.lines());
        }
        lines.addAll(List.of(
                "",
                "## Golden vectors",
                "",
                "Inputs and results of an independent float64 implementation; ours agree to 1e-9.",
                ""));
        MarkdownTable table = new MarkdownTable(List.of("file", "methods", "what"));
        golden.files()
                .forEach((name, entry) -> table.row(List.of(
                        "`" + name + "`",
                        entry.methods().stream()
                                .map(method -> "`" + method + "`")
                                .collect(Collectors.joining(", ")),
                        entry.what())));
        lines.addAll(table.lines());
        return String.join("\n", lines) + "\n";
    }

    /** A table of families, its column of methods made anew. @throws UserException if it lacks a family or has another */
    List<String> families(List<String> now) {
        List<String> labels = Stream.of(Spectrum.values()).map(Spectrum::label).toList();
        Set<String> told = new HashSet<>();
        List<String> lines = ComponentTable.of(now).with("methods", cell -> {
            String label = cell.replaceAll("\\[([^\\]]*)\\].*", "$1"); // the text of a link
            if (!labels.contains(label) || !told.add(label)) {
                throw UserException.usage(
                        "there is no family \"" + label + "\", or it stands twice; expected each of " + labels);
            }
            return of(Spectrum.values()[labels.indexOf(label)])
                    .map(method -> "`" + method.name() + "`")
                    .collect(Collectors.joining(", "));
        });
        if (told.size() < labels.size()) {
            throw UserException.usage("the table of families has " + told + "; expected each of " + labels);
        }
        return lines;
    }

    private static Stream<Method> of(Spectrum family) {
        return Methods.all().stream().filter(method -> method.spectrum() == family);
    }

    private static String title(Spectrum family) {
        return Character.toUpperCase(family.label().charAt(0)) + family.label().substring(1);
    }

    /** Folder of the package whose code makes the learner. */
    private static String folder(Method method) {
        return "methods/src/main/java/"
                + method.forms().get(0).builder().getClass().getPackageName().replace('.', '/');
    }

    /** How many there are on each source. */
    private String recipes(Method method) {
        return recipes.getOrDefault(method.name(), new TreeMap<>()).entrySet().stream()
                .map(entry -> "[" + entry.getKey() + "](../recipes/" + entry.getKey() + ") " + entry.getValue())
                .collect(Collectors.joining(", "));
    }
}
