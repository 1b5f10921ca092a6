package org.deutero.app.docs;

import java.util.ArrayList;
import java.util.List;
import org.deutero.app.docs.RecipeKeys.Part;
import org.deutero.options.OptionKey;

/** {@code docs/KEYS.md}: every key that a recipe can have. */
final class KeysPage {
    private KeysPage() {}

    static String of(RecipeKeys keys) {
        List<String> lines = new ArrayList<>(List.of(
                "# Recipe keys",
                "",
                "Made by `deutero docs` from what the components themselves ask for; do not edit. For the recipe at hand, with its values: `deutero recipes RECIPE --explain`.",
                "A default that is empty is none: the key is required or may be left out. \"" + RecipeKeys.DEPENDS
                        + "\" is a default that follows from other keys.",
                "A key that is there only beside some value of another key stands here if a bundled recipe has that value.",
                ""));
        lines.add(
                "Sections: [the recipe](#the-recipe), [tasks](#tasks), [method](#method), [network](#network),"
                        + " [meta-gradient](#meta-gradient), [meta-optimizer](#meta-optimizer), [training](#training), [evaluation](#evaluation).");
        section(lines, "The recipe", keys.others(""));
        for (Part part : Part.values()) {
            heading(lines, "## " + part.prefix().replace(".", ""));
            for (String name : keys.names(part)) {
                heading(lines, "### `" + part.path() + ": " + name + "`");
                List<OptionKey> of = keys.of(part, name);
                lines.addAll(of.isEmpty() ? List.of("No other keys.") : KeyText.table(of, part.prefix()));
            }
        }
        section(lines, "training", keys.others("training."));
        section(lines, "evaluation", keys.others("evaluation."));
        return String.join("\n", lines) + "\n";
    }

    private static void section(List<String> lines, String name, List<OptionKey> keys) {
        heading(lines, "## " + name);
        lines.addAll(KeyText.table(keys, name + "."));
    }

    private static void heading(List<String> lines, String heading) {
        if (!lines.get(lines.size() - 1).isEmpty()) {
            lines.add("");
        }
        lines.addAll(List.of(heading, ""));
    }
}
