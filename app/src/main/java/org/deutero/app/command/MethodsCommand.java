package org.deutero.app.command;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.deutero.app.ExitCode;
import org.deutero.app.text.Table;
import org.deutero.experiment.Experiment;
import org.deutero.experiment.VariableRatio;
import org.deutero.methods.Method;
import org.deutero.methods.Methods;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

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

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Table table = new Table(spec.usageMessage().width());
        if (recipe.given()) {
            sizes(table, Experiment.of(recipe.load()));
        } else {
            for (Method method : Methods.all()) {
                table.row(
                                method.name(),
                                method.title() + " (" + method.spectrum().label() + "): " + method.summary())
                        .row("", method.source());
            }
        }
        table.lines().forEach(out::println);
        return ExitCode.OK;
    }

    private static void sizes(Table table, Experiment experiment) {
        VariableRatio sizes = VariableRatio.of(experiment);
        Method method = experiment.method();
        table.row("method", method.name() + ", " + method.title())
                .row("source", method.source())
                .row("on the spectrum", method.spectrum().label())
                .row("what is learned", method.summary())
                .row(
                        "meta-gradient",
                        experiment.metaGradient().name() + ": "
                                + experiment.metaGradient().describe())
                .row("tasks", experiment.tasks().describe())
                .row("meta-parameters", String.format(Locale.ROOT, "%,d", sizes.metaParameters()))
                .row("fast state", String.format(Locale.ROOT, "%,d numbers a task", sizes.fastState()))
                .row(
                        "variable ratio",
                        Double.isNaN(sizes.ratio())
                                ? "none: nothing is meta-learned"
                                : String.format(
                                        Locale.ROOT, "%.3g fast numbers for each meta-parameter", sizes.ratio()));
    }
}
