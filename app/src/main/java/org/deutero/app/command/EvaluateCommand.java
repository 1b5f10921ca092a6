package org.deutero.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.deutero.app.ExitCode;
import org.deutero.app.text.ResultText;
import org.deutero.app.text.Table;
import org.deutero.experiment.Experiment;
import org.deutero.experiment.OneShotTest;
import org.deutero.experiment.RunFolder;
import org.deutero.experiment.Runner;
import org.deutero.experiment.base.UserException;
import org.deutero.experiment.metrics.MetricRow;
import org.deutero.experiment.recipe.RecipeFile;
import org.deutero.experiment.report.Headline;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code deutero evaluate}: measures a trained run on test tasks again. */
@Command(
        name = "evaluate",
        description = "Measure a trained run on test tasks and renew its report.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  deutero evaluate runs/five-steps --tasks 2000",
            "  deutero evaluate runs/five-steps --set method.evaluation-steps=10",
            "  deutero evaluate runs/twenty-way --protocol omniglot-oneshot",
            "  deutero evaluate runs/cloned --recipe mnist-14-vsml-cloned-small"
        })
public final class EvaluateCommand implements Callable<Integer> {
    private static final int WIDTH = 80;

    @Parameters(paramLabel = "RUN", description = "Folder of the run.")
    private Path run;

    @Option(names = "--tasks", paramLabel = "N", description = "Number of test tasks (default: the recipe's).")
    private Integer tasks;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Change one value of the run's recipe for this measurement; may be repeated.")
    private List<String> overrides = new ArrayList<>();

    @Option(
            names = "--recipe",
            paramLabel = "RECIPE",
            description =
                    "Measure the run's meta-parameters as another recipe says, whose learner must have the same: name of a"
                            + " bundled recipe, or a .yaml file.")
    private String recipe;

    @Option(
            names = "--protocol",
            paramLabel = "NAME",
            description =
                    "Measure by a published protocol instead of the recipe's test tasks: omniglot-oneshot, the 20"
                            + " runs of 20-way one-shot classification within an alphabet (Lake, Salakhutdinov, Tenenbaum 2015).")
    private String protocol;

    @Option(names = "--json", description = "Print the figures as one JSON object instead of text.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (tasks != null && tasks < 1) {
            throw UserException.usage("--tasks must be at least 1, not " + tasks);
        }
        RunFolder folder = RunFolder.open(run);
        if (protocol != null) {
            if (recipe != null) {
                throw UserException.usage("--recipe has no meaning with --protocol, whose tasks are fixed");
            }
            return byProtocol(folder);
        }
        Experiment experiment =
                Experiment.of(recipe == null ? folder.recipe(overrides) : RecipeFile.load(recipe, overrides));
        Runner runner = new Runner(experiment, folder, RunListeners.report());
        OptionalInt number = tasks == null ? OptionalInt.empty() : OptionalInt.of(tasks);
        PrintWriter out = spec.commandLine().getOut();
        MetricRow.Test result;
        if (recipe == null && overrides.isEmpty()) {
            result = runner.evaluate(number);
            if (json) {
                print(out, result, List.of());
            } else {
                ResultText.print(out, result, experiment, folder);
            }
        } else {
            List<String> conditions = new ArrayList<>(overrides);
            if (recipe != null) {
                conditions.add(0, "recipe " + recipe);
            }
            result = runner.measure(number);
            if (json) {
                print(out, result, conditions);
            } else {
                ResultText.print(out, result, conditions);
            }
        }
        return ResultText.warn(spec.commandLine().getErr(), result);
    }

    private void print(PrintWriter out, MetricRow.Test figure, List<String> conditions) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("run", run.toString());
        tree.put("conditions", conditions);
        tree.putAll(figure.tree());
        out.println(JsonMapper.shared().writeValueAsString(tree));
        out.flush();
    }

    private int byProtocol(RunFolder folder) {
        if (!protocol.equals(OneShotTest.NAME)) {
            throw UserException.usage(
                    "there is no protocol \"" + protocol + "\" (protocols: " + OneShotTest.NAME + ")");
        }
        if (tasks != null) {
            throw UserException.usage("--tasks has no meaning with --protocol, whose trials are fixed");
        }
        OneShotTest.Result result = OneShotTest.measure(folder, overrides);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("run", run.toString());
            tree.put("conditions", overrides);
            tree.put("protocol", protocol);
            tree.put("error-rate", result.errorRate().mean());
            tree.put("interval", result.errorRate().interval());
            tree.put("runs", result.runs());
            tree.put("notes", result.notes());
            out.println(JsonMapper.shared().writeValueAsString(tree));
            out.flush();
            return ExitCode.OK;
        }
        Table table = new Table(WIDTH).row("run", "errors", "alphabet");
        for (OneShotTest.RunResult one : result.runs()) {
            table.row(Integer.toString(one.number()), one.errors() + " of " + one.trials(), one.alphabet());
        }
        table.lines().forEach(out::println);
        out.println("Error rate "
                + Headline.value(
                        100 * result.errorRate().mean(),
                        100 * result.errorRate().interval(),
                        true) + " over "
                + result.runs().size() + " runs of 20-way one-shot classification (mean and 95 % interval over runs)");
        result.notes().forEach(note -> out.println("Note: " + note));
        out.flush();
        return ExitCode.OK;
    }
}
