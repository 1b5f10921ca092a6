package org.deutero.app.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.deutero.app.UserException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code deutero train}: meta-trains what a recipe describes, then evaluates it on test tasks. */
@Command(
        name = "train",
        description = "Meta-train what a recipe describes, then evaluate it on test tasks.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  deutero train omniglot-5way-1shot-quick",
            "  deutero train my.yaml --set method.inner-steps=5 --out runs/five-steps",
            "  deutero train --resume runs/five-steps"
        })
public final class TrainCommand implements Callable<Integer> {
    @Mixin
    private RecipeArguments recipe;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder of the run (default: runs/RECIPE-DATE).")
    private Path out;

    @Option(names = "--resume", paramLabel = "DIR", description = "Continue the run in this folder to the same bits.")
    private Path resume;

    @Override
    public Integer call() {
        if (resume == null && !recipe.given()) {
            throw UserException.usage("train needs a recipe; see \"deutero recipes\"");
        }
        if (resume != null
                && (recipe.given() || out != null || !recipe.overrides().isEmpty())) {
            throw UserException.usage(
                    "--resume takes the recipe from the run's own folder; leave out RECIPE, --set and --out");
        }
        throw new UnsupportedOperationException("training is not wired yet");
    }
}
