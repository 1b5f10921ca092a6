package org.deutero.app.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code deutero methods}: what can be trained, and for a recipe how large it is. */
@Command(
        name = "methods",
        description = {
            "List the methods with their place on the spectrum and their source.",
            "With a recipe: the number of meta-parameters, the size of the fast state and their ratio."
        },
        mixinStandardHelpOptions = true)
public final class MethodsCommand implements Callable<Integer> {
    @Mixin
    private RecipeArguments recipe;

    @Override
    public Integer call() {
        throw new UnsupportedOperationException("methods is not wired yet");
    }
}
