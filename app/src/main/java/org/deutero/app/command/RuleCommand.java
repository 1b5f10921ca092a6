package org.deutero.app.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.deutero.app.ExitCode;
import org.deutero.app.progress.StudyMessages;
import org.deutero.app.report.RulePage;
import org.deutero.app.text.RuleText;
import org.deutero.experiment.RunFolder;
import org.deutero.experiment.base.UserException;
import org.deutero.experiment.report.RuleData;
import org.deutero.experiment.rule.RuleStudy;
import org.deutero.tensor.io.AtomicFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code deutero rule}: looks inside a learned rule and lets it race. */
@Command(
        name = "rule",
        description = {
            "Look inside a learned rule: what was meta-learned, where its steps go beside the gradient's, and how fast it"
                    + " learns beside SGD, momentum and Adam with tuned step sizes.",
            "Writes rule.html and rule.csv into the run's folder."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  deutero rule runs/blur",
            "  deutero rule runs/blur --on tasks.images=fashion-mnist --on tasks.images=mnist,network.hidden=[128]",
            "  deutero rule runs/cloned --on mnist-14-vsml-cloned-small"
        })
public final class RuleCommand implements Callable<Integer> {
    private static final int DIRECTION_TASKS = 4;

    @Parameters(paramLabel = "RUN", description = "Folder of the run.")
    private Path run;

    @Option(
            names = "--on",
            paramLabel = "TASKS",
            description =
                    "What to learn: KEY=VALUE[,KEY=VALUE...] over the run's recipe, or a recipe whose learner has the same"
                            + " meta-parameters; may be repeated (default: the run's own test tasks).")
    private List<String> grounds = new ArrayList<>();

    @Option(names = "--tasks", paramLabel = "N", description = "Test tasks of each (default: the recipe's).")
    private Integer tasks;

    @Option(
            names = "--tuning-tasks",
            paramLabel = "N",
            description = "Other tasks on which step sizes are chosen (default: as many as test tasks, at most 100).")
    private Integer tuning;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Steps to compare with gradients, 0 for none (default: ${DEFAULT-VALUE}).")
    private int steps = 100;

    @Option(
            names = "--baseline",
            paramLabel = "KEY=VALUE",
            description =
                    "Change the recipe of the optimisers, which train a network of tanh units with the rule's hidden layers,"
                            + " such as network.activation=relu; may be repeated.")
    private List<String> baselines = new ArrayList<>();

    @Option(names = "--out", paramLabel = "FILE.html", description = "Where the page goes (default: RUN/rule.html).")
    private Path file;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        require("--tasks", tasks == null ? 1 : tasks, 1);
        require("--tuning-tasks", tuning == null ? 1 : tuning, 1);
        require("--steps", steps, 0);
        RunFolder folder = RunFolder.open(run);
        Path page = file == null ? folder.path().resolve("rule.html") : file;
        writable(page);
        Path values = ScalingFiles.valuesBeside(page);
        PrintWriter err = spec.commandLine().getErr();
        RuleStudy.Settings settings = new RuleStudy.Settings(
                grounds, tasks == null ? 0 : tasks, tuning == null ? 0 : tuning, DIRECTION_TASKS, steps, baselines);
        RuleData data = RuleStudy.of(folder, settings, new StudyMessages(message -> {
            err.println(message);
            err.flush();
        }));
        try {
            AtomicFiles.write(values, RuleText.csv(data));
            RulePage.write(page, data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        PrintWriter out = spec.commandLine().getOut();
        RuleText.lines(data).forEach(out::println);
        out.println("Page: " + page);
        out.flush();
        return ExitCode.OK;
    }

    /** Before the work and not after it. */
    private static void writable(Path page) {
        Path folder = page.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder) || Files.isDirectory(page)) {
            throw UserException.usage("the page cannot be written to " + page + ": "
                    + (Files.isDirectory(page) ? "that is a folder" : "there is no folder " + folder));
        }
    }

    private static void require(String option, int value, int least) {
        if (value < least) {
            throw UserException.usage(option + " must be at least " + least + ", not " + value);
        }
    }
}
