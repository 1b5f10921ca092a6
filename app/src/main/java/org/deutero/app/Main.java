package org.deutero.app;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.deutero.app.command.AdaptCommand;
import org.deutero.app.command.CompareCommand;
import org.deutero.app.command.DataCommand;
import org.deutero.app.command.DocsCommand;
import org.deutero.app.command.DoctorCommand;
import org.deutero.app.command.EncoderCommand;
import org.deutero.app.command.EvaluateCommand;
import org.deutero.app.command.ExportCommand;
import org.deutero.app.command.GradcheckCommand;
import org.deutero.app.command.MethodsCommand;
import org.deutero.app.command.PredictCommand;
import org.deutero.app.command.RecipesCommand;
import org.deutero.app.command.ReproduceCommand;
import org.deutero.app.command.RuleCommand;
import org.deutero.app.command.ServeCommand;
import org.deutero.app.command.TrainCommand;
import org.deutero.app.terminal.Streams;
import org.deutero.experiment.base.UserException;
import org.deutero.experiment.plugin.Plugins;
import org.deutero.tasks.files.DataFolder;
import org.deutero.tensor.NativeBuild;
import org.deutero.tensor.files.FileNames;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The {@code deutero} command. */
@Command(
        name = "deutero",
        mixinStandardHelpOptions = true,
        versionProvider = Versions.class,
        description = "Meta-learning: trains learning algorithms and uses them on tasks they have never seen.",
        subcommands = {
            TrainCommand.class,
            EvaluateCommand.class,
            CompareCommand.class,
            RuleCommand.class,
            AdaptCommand.class,
            PredictCommand.class,
            ServeCommand.class,
            ExportCommand.class,
            EncoderCommand.class,
            GradcheckCommand.class,
            ReproduceCommand.class,
            RecipesCommand.class,
            MethodsCommand.class,
            DataCommand.class,
            DoctorCommand.class,
            DocsCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Example:",
            "  deutero recipes omniglot      what there is to train on Omniglot",
            "  deutero train omniglot-5way-1shot-protonet-small",
            "  deutero train my.yaml --set seed=2 --out runs/seed2",
            "",
            "Exit codes: 0 all went well, 1 the work failed, 2 the command line or the recipe is wrong,",
            "130 or 143 a signal has ended it."
        })
public final class Main {
    @Option(
            names = "--stacktrace",
            scope = CommandLine.ScopeType.INHERIT,
            description = "Show the stack trace of an error.")
    private boolean stacktrace;

    @Option(
            names = "--plugin",
            paramLabel = "JAR",
            scope = CommandLine.ScopeType.INHERIT,
            description =
                    "Add methods, sources of tasks and more from this jar; may be repeated. Jars in the folder plugins, or in"
                            + " $DEUTERO_PLUGINS, are added without being named.")
    private List<Path> plugins = new ArrayList<>();

    private Main() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] args) {
        String data = System.getenv("DEUTERO_DATA");
        if (data != null && System.getProperty(DataFolder.PROPERTY) == null) {
            System.setProperty(DataFolder.PROPERTY, data);
        }
        System.setProperty(NativeBuild.PROPERTY, "true");
        PrintWriter err = Streams.writer(Streams.err());
        Optional<String> unreadable = Stream.concat(Stream.of(args), Stream.of(System.getProperty("user.dir", "")))
                .filter(FileNames::lost)
                .findFirst();
        if (unreadable.isPresent()) {
            UserException sentence = UserException.usage("the name \"" + unreadable.get() + "\" " + FileNames.advice());
            System.exit(Failures.report(sentence, err, false));
        }
        System.exit(run(Streams.out(), err, args));
    }

    @SuppressWarnings("try") // plug-ins work by being open
    private int execute(CommandLine.ParseResult parsed, PrintWriter err) {
        try (Plugins opened = Plugins.open(plugins)) {
            return new CommandLine.RunLast().execute(parsed);
        } catch (UserException e) { // of the plug-ins; those of commands come wrapped
            return Failures.report(e, err, stacktrace);
        }
    }

    /** Runs the command without ending the process. */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        Main main = new Main();
        CommandLine command = new CommandLine(main).setOut(out).setErr(err);
        command.setUsageHelpAutoWidth(true);
        // A file may be called @cross.png or -hash.png: neither a list of arguments nor -h with something behind it.
        command.setExpandAtFiles(false);
        command.setPosixClusteredShortOptionsAllowed(false);
        command.setParameterExceptionHandler((e, arguments) -> Failures.badUsage(e, err));
        command.setExecutionExceptionHandler((e, at, parsed) -> Failures.report(e, err, main.stacktrace));
        command.setExecutionStrategy(parsed -> {
            if (!parsed.hasSubcommand() && !parsed.isUsageHelpRequested() && !parsed.isVersionHelpRequested()) {
                command.usage(err);
                return ExitCode.USAGE;
            }
            return main.execute(parsed, err);
        });
        try {
            return command.execute(args);
        } catch (Error e) { // out of memory, a native library that does not load: as much a sentence as the rest
            return Failures.report(e, err, main.stacktrace);
        }
    }
}
