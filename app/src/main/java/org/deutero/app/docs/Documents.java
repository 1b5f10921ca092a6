package org.deutero.app.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.deutero.app.docs.RecipeKeys.Part;
import org.deutero.app.reproduce.Reproductions;
import org.deutero.experiment.base.UserException;
import org.deutero.experiment.recipe.Recipe;
import org.deutero.experiment.recipe.RecipeFile;
import org.deutero.options.OptionKey;
import org.deutero.options.Suggestions;

/** All documents that are made in whole or in part, as they ought to be, by path from the root of the sources. */
public final class Documents {
    private final Path root;
    private final List<Recipe> bundled = RecipeFile.folders().entrySet().stream()
            .filter(entry -> !entry.getValue().isEmpty()) // recipes that tests bring lie in no folder
            .map(entry -> RecipeFile.bundled(entry.getKey()))
            .toList();
    private final RecipeKeys keys = RecipeKeys.all(bundled);

    private Documents(Path root) {
        this.root = root;
    }

    /** Makes them; nothing is written. @throws UserException in one sentence if a document or a record does not fit */
    public static Map<String, String> of(Path root) {
        try {
            GoldenVectors golden = GoldenVectors.read(root.resolve("docs/golden.yaml")); // first: it is quick
            return new Documents(root).all(golden);
        } catch (NoSuchFileException e) {
            throw UserException.usage("there is no " + e.getFile() + "; expected the root of Deutero's sources", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> all(GoldenVectors golden) throws IOException {
        MethodsPage methods = new MethodsPage(golden, bundled);
        GeneratedBlocks blocks = new GeneratedBlocks(Map.of(
                "families", (arguments, now) -> methods.families(now),
                "keys", (arguments, now) -> keys(arguments),
                "keys-of", (arguments, now) -> keysColumn(arguments, now),
                "decisions", (arguments, now) -> Decisions.index(root.resolve("docs/decisions")),
                "results", (arguments, now) -> results(arguments.get(0)),
                "reproductions", (arguments, now) -> reproductions()));
        Map<String, String> documents = new LinkedHashMap<>();
        documents.put("docs/METHODS.md", methods.text());
        documents.put("docs/KEYS.md", KeysPage.of(keys));
        documents.put("docs/OFFICIAL.md", OfficialPage.of(OfficialSettings.read(root.resolve("docs/official.yaml"))));
        for (String document : List.of("README.md", "docs/ARCHITECTURE.md", "docs/GUIDE.md", "docs/REPRODUCTION.md")) {
            documents.put(document, blocks.renew(document, Files.readString(root.resolve(document))));
        }
        return documents;
    }

    /** {@code keys RECIPE PATH...}: keys of a bundled recipe. */
    private static List<String> keys(List<String> arguments) {
        Map<String, OptionKey> known = RecipeKeys.of(RecipeFile.bundled(arguments.get(0)));
        List<OptionKey> chosen = new ArrayList<>();
        for (String path : arguments.subList(1, arguments.size())) {
            if (!known.containsKey(path)) {
                throw UserException.usage("recipe " + arguments.get(0) + " has no key " + path
                        + Suggestions.phrase(path, known.keySet()));
            }
            chosen.add(known.get(path));
        }
        return KeyText.table(chosen, "");
    }

    /** {@code keys-of SECTION [without KEY...]}: the last column of a table whose first one names components. */
    private List<String> keysColumn(List<String> arguments, List<String> now) {
        Part part = Part.of(arguments.get(0))
                .orElseThrow(() -> UserException.usage("section " + arguments.get(0) + " has no components"));
        List<String> without =
                arguments.stream().skip(1).map(key -> part.prefix() + key).toList();
        return ComponentTable.of(now)
                .with(
                        "keys",
                        cell -> ComponentTable.names(cell).stream()
                                .map(name -> keys(part, name, without))
                                .distinct()
                                .collect(Collectors.joining("; ")));
    }

    private String keys(Part part, String name, List<String> without) {
        if (!keys.names(part).contains(name)) {
            throw UserException.usage(
                    "there is no " + part.path() + " \"" + name + "\"" + Suggestions.phrase(name, keys.names(part)));
        }
        List<OptionKey> shown = keys.of(part, name).stream()
                .filter(key -> key.path().startsWith(part.prefix()) && !without.contains(key.path()))
                .toList();
        return KeyText.brief(shown, part.prefix());
    }

    private List<String> results(String name) {
        try {
            return ResultTable.read(root.resolve("docs/results/" + name + ".yaml"))
                    .lines();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> reproductions() {
        MarkdownTable table =
                new MarkdownTable(List.of("name", "recipe and changes", "minutes", "gate", "published", "on record"));
        Reproductions.all().forEach(experiment -> {
            List<String> recipe = new ArrayList<>(List.of("`" + experiment.recipe() + "`"));
            experiment.overrides().forEach(change -> recipe.add("`" + change + "`"));
            table.row(List.of(
                    "`" + experiment.name() + "`",
                    String.join(" ", recipe),
                    experiment.minutes() < 1 ? "1" : String.valueOf(Math.round(experiment.minutes())),
                    experiment.gateWords(),
                    experiment.published(),
                    experiment.measured()));
        });
        return table.lines();
    }
}
