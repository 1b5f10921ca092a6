package org.deutero.app.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.deutero.app.ExitCode;
import org.deutero.app.recipe.Recipe;
import org.deutero.app.recipe.RecipeFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code deutero recipes}: lists the bundled recipes, or prints one. */
@Command(
        name = "recipes",
        description = "List the bundled recipes; with a name, print that recipe as YAML, ready to be changed.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: deutero recipes omniglot-5way-1shot-quick > my.yaml"})
public final class RecipesCommand implements Callable<Integer> {
    @Mixin
    private RecipeArguments recipe;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (recipe.given()) {
            out.print(RecipeFile.toYaml(recipe.load().tree()));
            out.flush();
            return ExitCode.OK;
        }
        List<String> names = RecipeFile.names();
        Table table = new Table(spec.usageMessage().width());
        for (String name : names) {
            Recipe bundled = RecipeFile.bundled(name);
            String published = bundled.published();
            table.row(name, bundled.description() + (published.isEmpty() ? "" : " (published: " + published + ")"));
        }
        table.lines().forEach(out::println);
        out.println(names.isEmpty() ? "No recipes are bundled." : "Train one with \"deutero train NAME\".");
        return ExitCode.OK;
    }
}
