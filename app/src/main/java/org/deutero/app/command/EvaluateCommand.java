package org.deutero.app.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code deutero evaluate}: measures a trained run on test tasks again. */
@Command(
        name = "evaluate",
        description = "Measure a trained run on test tasks and renew its report.",
        mixinStandardHelpOptions = true)
public final class EvaluateCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "Folder of the run.")
    private Path run;

    @Option(names = "--tasks", paramLabel = "N", description = "Number of test tasks (default: the recipe's).")
    private Integer tasks;

    @Override
    public Integer call() {
        throw new UnsupportedOperationException("evaluation of " + run + " on " + tasks + " tasks is not wired yet");
    }
}
