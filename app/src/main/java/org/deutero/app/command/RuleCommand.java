package org.deutero.app.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.deutero.app.ExitCode;
import org.deutero.app.progress.StudyMessages;
import org.deutero.app.report.RulePage;
import org.deutero.app.text.RuleText;
import org.deutero.app.text.Table;
import org.deutero.experiment.RunFolder;
import org.deutero.experiment.base.UserException;
import org.deutero.experiment.report.RuleData;
import org.deutero.experiment.rule.RuleStudy;
import org.deutero.serve.Artifacts;
import org.deutero.serve.TrainedOptimizer;
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
                    + " learns beside SGD, momentum and Adam with tuned step sizes. Optimisers race on problems, in steps and in"
                    + " processor time.",
            "Writes rule.html and rule.csv into the run's folder."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  deutero rule runs/blur",
            "  deutero rule runs/blur --on tasks.images=fashion-mnist --on tasks.images=mnist,network.hidden=[128]",
            "  deutero rule runs/cloned --on mnist-14-vsml-cloned-small",
            "  deutero rule builtin:optimizer-mlp",
            "  deutero rule my.dtr --on fashion-8-scratch-small --out race.html"
        })
public final class RuleCommand implements Callable<Integer> {
    private static final int DIRECTION_TASKS = 4;
    private static final int WIDTH = 100;

    @Parameters(
            paramLabel = "RUN",
            description = "Folder of the run, the .dtr file of a learned optimiser, or builtin:optimizer-mlp.")
    private String run;

    @Option(
            names = "--on",
            paramLabel = "TASKS",
            description =
                    "What to learn: KEY=VALUE[,KEY=VALUE...] over the run's recipe, or a recipe whose learner has the same"
                            + " meta-parameters; may be repeated (default: the run's own test tasks).")
    private List<String> grounds = new ArrayList<>();

    @Option(
            names = "--tasks",
            paramLabel = "N",
            description = "Test tasks of each (default: the recipe's; of problems at most 20).")
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
        Optional<TrainedOptimizer> optimizer = optimizer();
        if (optimizer.isPresent() && grounds.isEmpty() && file == null) {
            tell(optimizer.get());
            return ExitCode.OK;
        }
        Path page = file == null ? inFolder().resolve("rule.html") : file;
        writable(page);
        Path values = ScalingFiles.valuesBeside(page);
        PrintWriter err = spec.commandLine().getErr();
        RuleStudy.Settings settings = new RuleStudy.Settings(
                grounds, tasks == null ? 0 : tasks, tuning == null ? 0 : tuning, DIRECTION_TASKS, steps, baselines);
        StudyMessages listener = new StudyMessages(message -> {
            err.println(message);
            err.flush();
        });
        RuleData data = optimizer.isPresent()
                ? RuleStudy.of(run, optimizer.get(), settings, listener)
                : RuleStudy.of(RunFolder.open(Path.of(run)), settings, listener);
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

    /** The optimiser of a file or of the library; empty for the folder of a run. */
    private Optional<TrainedOptimizer> optimizer() {
        return run.startsWith("builtin:") || Files.isRegularFile(Path.of(run))
                ? Optional.of(Artifacts.optimizer(run))
                : Optional.empty();
    }

    private Path inFolder() {
        if (run.startsWith("builtin:")) {
            throw UserException.usage(run + " has no folder; expected --out FILE.html");
        }
        Path path = Path.of(run).toAbsolutePath();
        return Files.isRegularFile(path)
                ? path.getParent()
                : RunFolder.open(Path.of(run)).path();
    }

    /** What it is, where nobody asked for a race. */
    private void tell(TrainedOptimizer optimizer) {
        PrintWriter out = spec.commandLine().getOut();
        Table.fold(
                        "An optimiser of " + optimizer.size() + " meta-learned numbers, made by "
                                + optimizer.description().method() + ". "
                                + optimizer.description().note(),
                        WIDTH)
                .forEach(out::println);
        out.println("To let it race: deutero rule " + run + " --on RECIPE --out FILE.html");
        out.flush();
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
