package org.deutero.app.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.deutero.app.ExitCode;
import org.deutero.app.text.Table;
import org.deutero.experiment.Experiment;
import org.deutero.experiment.base.UserException;
import org.deutero.experiment.recipe.Recipe;
import org.deutero.experiment.recipe.RecipeFile;
import org.deutero.options.OptionKey;
import org.deutero.options.Options;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code deutero recipes}: lists the bundled recipes, or prints one. */
@Command(
        name = "recipes",
        description = {
            "List the bundled recipes by the source of their tasks, or those whose names or sources contain a word.",
            "With a whole name: print that recipe as YAML, ready to be changed."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  deutero recipes omniglot",
            "  deutero recipes omniglot-5way-1shot-protonet-small > my.yaml",
            "  deutero recipes my.yaml --explain"
        })
public final class RecipesCommand implements Callable<Integer> {
    @Mixin
    private RecipeArguments recipe;

    @Option(names = "--explain", description = "Show every key of the recipe with its value and what it means.")
    private boolean explain;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (explain) {
            explain(
                    out,
                    Experiment.of(recipe.given() ? recipe.load() : refuse()).options());
            return ExitCode.OK;
        }
        List<String> names = matching();
        if (recipe.given() && names.isEmpty()) {
            out.print(RecipeFile.toYaml(recipe.load().tree()));
            out.flush();
            return ExitCode.OK;
        }
        Table table = new Table(spec.usageMessage().width());
        Map<String, String> folders = RecipeFile.folders();
        for (String folder :
                names.stream().map(folders::get).sorted().distinct().toList()) {
            table.row(folder);
            names.stream()
                    .filter(name -> folders.get(name).equals(folder))
                    .forEach(name -> table.row("  " + name, words(RecipeFile.bundled(name))));
        }
        table.lines().forEach(out::println);
        out.println(names.isEmpty() ? "No recipes are bundled." : "Train one with \"deutero train NAME\".");
        return ExitCode.OK;
    }

    private String words(Recipe bundled) {
        String published = bundled.published();
        return bundled.description()
                + (published.isEmpty() || !recipe.given() ? "" : " (published: " + published + ")");
    }

    /** All recipes, or those whose names or sources contain what was typed unless that is a recipe itself. */
    private List<String> matching() {
        List<String> names = RecipeFile.names();
        String typed = recipe.typed();
        if (!recipe.given()) {
            return names;
        }
        return names.contains(typed)
                ? List.of()
                : names.stream()
                        .filter(name -> name.contains(typed)
                                || RecipeFile.folders().get(name).contains(typed))
                        .toList();
    }

    private static Recipe refuse() {
        throw UserException.usage("--explain needs a recipe, such as \"deutero recipes NAME --explain\"");
    }

    private void explain(PrintWriter out, Options options) {
        int width = spec.usageMessage().width() - 4;
        for (OptionKey key : options.describe()) {
            boolean changed =
                    !key.defaultValue().isEmpty() && !key.defaultValue().equals(key.value());
            String meaning =
                    key.description() + " (" + key.type() + (changed ? "; default " + key.defaultValue() : "") + ")";
            out.println(key.path() + (key.value().isEmpty() ? " is not set" : ": " + key.value()));
            Table.fold(meaning, width).forEach(line -> out.println("    " + line));
        }
    }
}
