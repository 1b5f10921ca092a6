package org.deutero.app.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.deutero.app.ExitCode;
import org.deutero.app.report.ComparisonPage;
import org.deutero.app.text.Table;
import org.deutero.experiment.base.UserException;
import org.deutero.experiment.compare.ComparisonJson;
import org.deutero.experiment.compare.SideBySide;
import org.deutero.experiment.report.ComparisonData;
import org.deutero.experiment.report.Headline;
import org.deutero.experiment.report.MetricNames;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code deutero compare}: measures trained runs on the same test tasks and tells who is better. */
@Command(
        name = "compare",
        description = {
            "Measure trained runs on the same test tasks and tell which is better, by how much.",
            "All runs are measured with the ways, shots and queries of the first, and on its test tasks; differences are"
                    + " paired by task wherever the runs share a task source. Sequences, worlds and problems are compared by the"
                    + " measure and protocol of the first run's recipe."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  deutero compare runs/protonet runs/maml",
            "  deutero compare runs/protonet runs/maml --set tasks.shot=5 --out five-shot.html",
            "  deutero compare runs/* --tasks 1000 --json"
        })
public final class CompareCommand implements Callable<Integer> {
    private static final int WIDTH = 100;

    @Parameters(paramLabel = "RUN", arity = "2..*", description = "Folders of the runs, two or more.")
    private List<Path> runs = new ArrayList<>();

    @Option(names = "--tasks", paramLabel = "N", description = "Number of test tasks (default: the first recipe's).")
    private Integer tasks;

    @Option(
            names = "--curve-tasks",
            paramLabel = "N",
            description = "Test tasks of each point of the curves by shots and ways, 0 for no curves (default: 100).")
    private Integer curveTasks;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Change one value of every run's recipe for this comparison; may be repeated.")
    private List<String> overrides = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "FILE.html",
            description = "Where the report goes (default: comparison.html).")
    private Path file = Path.of("comparison.html");

    @Option(names = "--json", description = "Print the numbers as JSON instead of a table.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (tasks != null && tasks < 1) {
            throw UserException.usage("--tasks must be at least 1, not " + tasks);
        }
        if (curveTasks != null && curveTasks < 0) {
            throw UserException.usage("--curve-tasks must be at least 0, not " + curveTasks);
        }
        // Before the work and not after it.
        Path folder = file.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder) || Files.isDirectory(file)) {
            throw UserException.usage("the report cannot be written to " + file + ": "
                    + (Files.isDirectory(file) ? "that is a folder" : "there is no folder " + folder));
        }
        PrintWriter err = spec.commandLine().getErr();
        ComparisonData data = SideBySide.measure(runs, overrides, number(tasks), number(curveTasks), message -> {
            err.println(message);
            err.flush();
        });
        try {
            ComparisonPage.write(file, data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(ComparisonJson.write(data));
        } else {
            print(out, data);
        }
        out.flush();
        return ExitCode.OK;
    }

    private void print(PrintWriter out, ComparisonData data) {
        out.println(data.tasks() + " test tasks: " + data.setting());
        out.println();
        Table table = new Table(WIDTH).row("run", "method", "learning one task", MetricNames.words(data.metricName()));
        for (ComparisonData.Run run : data.runs()) {
            table.row(
                    run.name(),
                    run.method(),
                    String.format(Locale.ROOT, "%.1f ms", run.milliseconds()),
                    Headline.metricValue(data.metricName(), run.metric(), run.interval(), run.diverged()));
        }
        table.lines().forEach(out::println);
        out.println();
        data.pairs().forEach(pair -> out.println(pair.verdict()));
        data.notes().forEach(note -> out.println("Note: " + note));
        out.println("Report: " + file);
    }

    private static OptionalInt number(Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }
}
