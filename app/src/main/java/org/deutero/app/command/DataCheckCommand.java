package org.deutero.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.deutero.app.ExitCode;
import org.deutero.app.progress.LoadMessages;
import org.deutero.app.progress.ProgressDisplay;
import org.deutero.app.terminal.Streams;
import org.deutero.app.text.SurveyText;
import org.deutero.app.text.Table;
import org.deutero.experiment.base.UserException;
import org.deutero.tasks.files.Limits;
import org.deutero.tasks.files.Survey;
import org.deutero.tasks.pictures.ImportedSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code deutero data check}: what is in the user's pictures, and what can be trained on them. */
@Command(
        name = "check",
        description = {
            "Decode every picture and say what is there, what is wrong, and what can be trained on it.",
            "Exit code 1 if the tasks that were asked for, or else any tasks at all, cannot be made of it."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  deutero data check my-pictures",
            "  deutero data check my-pictures.zip --way 10 --shot 5",
            "  deutero data check labels.csv"
        })
public final class DataCheckCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "PATH",
            description = "Folder or zip with one folder of PNG or JPEG pictures for each class, or a CSV file with the"
                    + " columns path and label.")
    private Path path;

    @Option(
            names = "--split",
            paramLabel = "FILE",
            description = "Which classes to train, validate and test on, as for train.")
    private Path split;

    @Option(names = "--way", paramLabel = "N", description = "Classes in a task (default: 5).")
    private Integer way;

    @Option(names = "--shot", paramLabel = "K", description = "Pictures of each class to learn from (default: 1).")
    private Integer shot;

    @Option(
            names = "--queries",
            paramLabel = "Q",
            defaultValue = "15",
            description = "Pictures of each class to be judged on (default: 15).")
    private int queries;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if ((way != null && way < 2) || (shot != null && shot < 1) || queries < 1) {
            throw UserException.usage("a task has at least 2 ways, 1 shot and 1 query");
        }
        PrintWriter out = spec.commandLine().getOut();
        ImportedSet source = ImportedSet.at(path, Optional.ofNullable(split));
        Survey survey;
        try (ProgressDisplay progress = ProgressDisplay.to(Streams.err())) {
            survey = Survey.of(source.pictures(), source.split(), Limits.DEFAULT, new LoadMessages(progress));
        }
        int width = spec.usageMessage().width();
        new SurveyText(survey, width).lines().forEach(out::println);
        Trainable asked = new Trainable(survey, way == null ? 5 : way, shot == null ? 1 : shot, queries);
        asked.sentences().forEach(sentence -> Table.fold(sentence, width).forEach(out::println));
        boolean fine = way == null && shot == null ? asked.anything() : asked.works();
        return fine ? ExitCode.OK : ExitCode.FAILURE;
    }
}
