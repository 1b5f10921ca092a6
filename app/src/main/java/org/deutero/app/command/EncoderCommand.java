package org.deutero.app.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.deutero.app.ExitCode;
import org.deutero.app.text.Table;
import org.deutero.serve.Encoders;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code deutero encoder}: encoders from elsewhere. */
@Command(
        name = "encoder",
        description = "Look at an encoder from elsewhere, an .onnx file.",
        mixinStandardHelpOptions = true,
        subcommands = EncoderCommand.Inspect.class,
        synopsisSubcommandLabel = "COMMAND")
public final class EncoderCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE;
    }

    /** {@code deutero encoder inspect}: what a file takes and gives. */
    @Command(
            name = "inspect",
            description = "Tell what an encoder takes and gives, and how pictures would be prepared for it.",
            mixinStandardHelpOptions = true)
    static final class Inspect implements Callable<Integer> {
        @Parameters(paramLabel = "FILE", description = "The encoder's .onnx file.")
        private Path file;

        @Mixin
        private EncoderOptions options;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            CommandLine command = spec.commandLine();
            Table table = new Table(spec.usageMessage().width());
            Encoders.provider(file).inspect(file, options.options()).forEach(table::row);
            table.lines().forEach(command.getOut()::println);
            command.getOut().flush();
            return ExitCode.OK;
        }
    }
}
