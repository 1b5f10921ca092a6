package org.deutero.app.command;

import java.util.ArrayList;
import java.util.List;
import org.deutero.experiment.recipe.Recipe;
import org.deutero.experiment.recipe.RecipeFile;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments of commands that take a recipe. */
final class RecipeArguments {
    @Parameters(
            paramLabel = "RECIPE",
            arity = "0..1",
            description = "Name of a bundled recipe, or path of a YAML file.")
    private String recipe;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Change one value of the recipe, such as method.inner-rate=0.1; may be repeated.")
    private List<String> overrides = new ArrayList<>();

    boolean given() {
        return recipe != null;
    }

    /** What was typed; null if nothing. */
    String typed() {
        return recipe;
    }

    List<String> overrides() {
        return overrides;
    }

    Recipe load() {
        return load(List.of());
    }

    /** With further values changed after those of the command line. */
    Recipe load(List<String> further) {
        List<String> all = new ArrayList<>(overrides);
        all.addAll(further);
        return RecipeFile.load(recipe, all);
    }
}
