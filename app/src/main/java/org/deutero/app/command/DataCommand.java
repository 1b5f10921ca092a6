package org.deutero.app.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code deutero data}: what data is bundled and how to add one's own. */
@Command(
        name = "data",
        description = "List the task sources, what is bundled, and how to add your own data.",
        mixinStandardHelpOptions = true)
public final class DataCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw new UnsupportedOperationException("data is not wired yet");
    }
}
