package org.deutero.app.command;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.deutero.app.ExitCode;
import org.deutero.app.text.NudgingText;
import org.deutero.app.text.Table;
import org.deutero.experiment.Experiment;
import org.deutero.experiment.VariableRatio;
import org.deutero.experiment.base.UserException;
import org.deutero.experiment.gradcheck.Comparison;
import org.deutero.experiment.gradcheck.EstimatorKind;
import org.deutero.experiment.gradcheck.Finding;
import org.deutero.experiment.gradcheck.GradientCheck;
import org.deutero.experiment.gradcheck.NudgingScan;
import org.deutero.experiment.gradcheck.Scaling;
import org.deutero.experiment.gradcheck.Units;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.options.Suggestions;
import org.deutero.tensor.DType;
import org.deutero.tensor.Scope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code deutero gradcheck}: how good a recipe's meta-gradient is, beside all others, and what it costs. */
@Command(
        name = "gradcheck",
        description = {
            "Compare estimators of the meta-gradient on a recipe's learner and tasks, before any training.",
            "Each is held against the exact gradient (an adjoint sweep in float64) and against finite differences of"
                    + " the meta-loss along random directions. Also told: the number of meta-parameters and of fast"
                    + " numbers (what a task changes), time, and peak native memory (Linux only; of the whole process).",
            "In worlds no derivative reaches through actions: there estimators are held against the meta-loss smoothed by"
                    + " perturbations, in float32.",
            "With --steps: time and memory by the number of inner steps, in the recipe's own float32.",
            "With --nudging: the error of the contrastive rule by its strength of nudging and the length of its phases, against the"
                    + " implicit gradient at the minimum, beside what theory expects."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Columns: error |g - g*| / |g*|; cosine between both; slopes, the largest error of a slope relative to the"
                    + " slopes' root mean square; * marks the recipe's own estimator.",
            "",
            "Examples:",
            "  deutero gradcheck sinusoid-10shot-maml --set method.inner-steps=5",
            "  deutero gradcheck my.yaml --set meta-gradient.name=sweep --only --tolerance 1e-6",
            "  deutero gradcheck omniglot-5way-1shot-maml --steps 1,2,5,10,20,50,100,200 --output scaling.html",
            "  deutero gradcheck sinusoid-10shot-complex-synapse-small --nudging --output nudging.html"
        })
public final class GradcheckCommand implements Callable<Integer> {
    private static final int STANDARD_TASKS = 4;
    private static final int STANDARD_DIRECTIONS = 8;
    private static final double STANDARD_LIMIT = 120;
    private static final List<Double> STANDARD_STRENGTHS =
            List.of(1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1.0);
    private static final List<String> STANDARD_SCALING =
            List.of("unroll", "sweep", "sweep-sqrt", "mixed-mode", "first-order");

    @Mixin
    private RecipeArguments recipe;

    @Option(
            names = "--tasks",
            paramLabel = "N",
            description = "Tasks in the batch (default: the recipe's meta-batch, at most 4; 1 with --steps).")
    private Integer tasks;

    @Option(
            names = "--estimators",
            paramLabel = "NAMES",
            split = ",",
            description = "Which to compare, separated by commas (default: all; with --steps unroll,sweep,sweep-sqrt,"
                    + "mixed-mode,first-order).")
    private List<String> estimators = new ArrayList<>();

    @Option(names = "--only", description = "Compare the recipe's own estimator with the exact one alone.")
    private boolean only;

    @Option(names = "--directions", paramLabel = "N", description = "Directions of finite differences (default: 8).")
    private Integer directions;

    @Option(
            names = "--float32",
            description = "Let estimators work in float32; what they are held against stays in float64.")
    private boolean float32;

    @Option(
            names = "--tolerance",
            paramLabel = "X",
            description = "Exit with 1 if the recipe's estimator is an exact one and its error, or that of its slopes,"
                    + " exceeds this (default: no such gate).")
    private Double tolerance;

    @Option(
            names = "--steps",
            paramLabel = "T,...",
            split = ",",
            description = "Measure time and memory with these values of method.inner-steps instead.")
    private List<Integer> steps = new ArrayList<>();

    @Option(
            names = "--output",
            paramLabel = "FILE.html",
            description =
                    "With --steps or --nudging: write charts to this page and the numbers to a CSV file beside it.")
    private Path output;

    @Option(
            names = "--nudging",
            description = "Scan strengths of nudging instead, for learners that implicit differentiation fits.")
    private boolean nudging;

    @Option(
            names = "--strengths",
            paramLabel = "BETA,...",
            split = ",",
            description = "With --nudging: which, at least three (default: two a decade from 1e-5 to 1).")
    private List<Double> strengths = new ArrayList<>();

    @Option(
            names = "--limit",
            paramLabel = "SECONDS",
            description = "With --steps: an estimator whose last point took longer is not run further (default: 120).")
    private Double limit;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        refuseWhatHasNoMeaning();
        return nudging ? scan() : steps.isEmpty() ? compare() : scale();
    }

    private void refuseWhatHasNoMeaning() {
        if (!recipe.given()) {
            throw UserException.usage("gradcheck needs a recipe; see \"deutero recipes\"");
        }
        if (steps.isEmpty() && limit != null) {
            throw UserException.usage("--limit goes with --steps only");
        }
        if (steps.isEmpty() && !nudging && output != null) {
            throw UserException.usage("--output goes with --steps or --nudging only");
        }
        refuseWhatNudgingHasNot();
        if (!steps.isEmpty() && (only || directions != null || float32 || tolerance != null)) {
            throw UserException.usage(
                    "--steps measures cost alone; leave out --only, --directions, --float32 and --tolerance");
        }
        if (only && !estimators.isEmpty()) {
            throw UserException.usage("--only and --estimators exclude each other");
        }
        atLeastOne("--tasks", tasks);
        atLeastOne("--directions", directions);
        steps.forEach(t -> atLeastOne("--steps", t));
        if (tolerance != null && !(tolerance > 0)) {
            throw UserException.usage("--tolerance must be above 0, not " + tolerance);
        }
        for (String name : estimators) {
            if (!Comparison.labels().contains(name)) {
                throw UserException.usage("--estimators knows no \"" + name + "\""
                        + Suggestions.phrase(name, Comparison.labels()) + " (estimators: "
                        + String.join(", ", Comparison.labels()) + ")");
            }
        }
        if (output != null) {
            refuse(output);
        }
    }

    private void refuseWhatNudgingHasNot() {
        if (!nudging && !strengths.isEmpty()) {
            throw UserException.usage("--strengths goes with --nudging only");
        }
        boolean others =
                !steps.isEmpty() || !estimators.isEmpty() || only || directions != null || float32 || tolerance != null;
        if (nudging && others) {
            throw UserException.usage("--nudging takes --strengths, --tasks and --output alone");
        }
        for (double strength : strengths) {
            if (!(strength > 0 && strength < Double.POSITIVE_INFINITY)) {
                throw UserException.usage("--strengths must be positive numbers, and one is " + strength);
            }
        }
        long different = strengths.stream().distinct().count();
        if (!strengths.isEmpty() && different < 3) {
            throw UserException.usage("--strengths needs at least three different ones, not " + different);
        }
    }

    private static void atLeastOne(String option, Integer value) {
        if (value != null && value < 1) {
            throw UserException.usage(option + " must be at least 1, not " + value);
        }
    }

    private static void refuse(Path output) {
        if (!output.getFileName().toString().endsWith(".html")) {
            throw UserException.usage("--output takes a name that ends in .html, not " + output);
        }
        Path folder = output.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            throw UserException.usage("--output needs a folder that exists, and there is no " + folder);
        }
    }

    private int compare() {
        Experiment experiment = Experiment.of(recipe.load());
        PrintWriter out = spec.commandLine().getOut();
        VariableRatio sizes = VariableRatio.of(experiment);
        int number =
                tasks == null ? Math.min(STANDARD_TASKS, experiment.schedule().metaBatch()) : tasks;
        int along = directions == null ? STANDARD_DIRECTIONS : directions;
        DType type = float32 ? DType.FLOAT32 : DType.FLOAT64;
        List<String> labels =
                only ? List.of("sweep") : estimators.isEmpty() ? Comparison.labels() : List.copyOf(estimators);
        var settings = new GradientCheck.Settings(number, along, type, labels);
        GradientCheck check = new GradientCheck(experiment, settings, this::progress);
        out.printf(
                Locale.ROOT,
                "%,d meta-parameters, %,d fast numbers a task; %d %s; ",
                sizes.metaParameters(),
                sizes.fastState(),
                number,
                number == 1 ? "task" : "tasks");
        out.flush();
        GradientCheck.Result result = check.run();
        out.printf("%s%n%n", result.against());
        print(out, result);
        explain(out, GradientCheck.own(experiment), result.verdict());
        return gate(GradientCheck.own(experiment), result.own());
    }

    private int gate(MetaGradient estimator, Finding own) {
        if (tolerance != null && own.entry().kind() == EstimatorKind.EXACT && !own.within(tolerance)) {
            throw UserException.failure(
                    "meta-gradient " + estimator.name() + " should be exact, but its error is "
                            + Units.error(own.error()) + " and that of its slopes " + Units.error(own.slopeError())
                            + ", beyond --tolerance " + tolerance,
                    null);
        }
        return ExitCode.OK;
    }

    private void print(PrintWriter out, GradientCheck.Result result) {
        int width = spec.usageMessage().width();
        Table table = new Table(width).row("estimator", "error", "cosine", "slopes", "time", "peak memory");
        for (Finding f : result.findings()) {
            table.row(
                    f.entry().label() + (f.ofRecipe() ? " *" : ""),
                    Units.error(f.error()),
                    Double.isFinite(f.cosine()) ? String.format(Locale.ROOT, "%.4f", f.cosine()) : "-",
                    Units.error(f.slopeError()),
                    Units.time(f.cost().seconds()),
                    Units.memory(f.cost().peakBytes()));
        }
        table.lines().forEach(out::println);
        if (!result.misfits().isEmpty()) {
            out.println();
            out.println("Not fitting:");
            Table misfits = new Table(width);
            result.misfits().forEach(misfits::row);
            misfits.lines().forEach(out::println);
        }
    }

    private void explain(PrintWriter out, MetaGradient estimator, String verdict) {
        out.println();
        new Table(spec.usageMessage().width())
                .row("* " + estimator.name(), estimator.describe())
                .row("cost", estimator.cost())
                .row("verdict", verdict)
                .lines()
                .forEach(out::println);
        out.flush();
    }

    private int scale() {
        List<Integer> ascending = steps.stream().distinct().sorted().toList();
        List<String> labels = (estimators.isEmpty() ? STANDARD_SCALING : estimators)
                .stream().distinct().toList();
        int number = tasks == null ? 1 : tasks;
        Experiment first = at(ascending.get(0));
        Optional<ScalingFiles> files = Optional.ofNullable(output).map(page -> new ScalingFiles(page, first, number));
        var settings = new Scaling.Settings(number, ascending, labels, limit == null ? STANDARD_LIMIT : limit);
        var scaling = new Scaling(this::at, settings, this::progress, points -> files.ifPresent(f -> f.write(points)));
        List<Scaling.Point> points = scaling.run(first.tasks().load());
        PrintWriter out = spec.commandLine().getOut();
        print(out, points, labels, ascending);
        files.ifPresent(f -> out.println("Charts: " + f.page() + ", values: " + f.values()));
        out.flush();
        return ExitCode.OK;
    }

    private int scan() {
        Experiment experiment = Experiment.of(recipe.load());
        int number =
                tasks == null ? Math.min(STANDARD_TASKS, experiment.schedule().metaBatch()) : tasks;
        PrintWriter out = spec.commandLine().getOut();
        NudgingScan.Result result = run(experiment, number);
        NudgingText.print(out, result, spec.usageMessage().width());
        if (output != null) {
            var files = new NudgingFiles(output, experiment, number);
            files.write(result);
            out.println("Charts: " + files.page() + ", values: " + files.values());
        }
        out.flush();
        return ExitCode.OK;
    }

    @SuppressWarnings("try") // the scope works by being open
    private NudgingScan.Result run(Experiment experiment, int number) {
        try (Scope s = Scope.open()) {
            return NudgingScan.of(
                            changes -> Experiment.of(recipe.load(changes)),
                            experiment.tasks().load(),
                            number,
                            strengths.isEmpty() ? STANDARD_STRENGTHS : strengths,
                            this::progress)
                    .run();
        }
    }

    private Experiment at(int innerSteps) {
        return Experiment.of(recipe.load(List.of("method.inner-steps=" + innerSteps)));
    }

    private void print(PrintWriter out, List<Scaling.Point> points, List<String> labels, List<Integer> ascending) {
        Table table = new Table(spec.usageMessage().width()).row("T", "estimator", "time", "peak memory");
        for (int t : ascending) {
            for (String label : labels) {
                points.stream()
                        .filter(p -> p.steps() == t && p.estimator().equals(label))
                        .forEach(p -> table.row(
                                Integer.toString(t),
                                label,
                                Units.time(p.cost().seconds()),
                                Units.memory(p.cost().peakBytes())));
            }
        }
        table.lines().forEach(out::println);
    }

    private void progress(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(line);
        err.flush();
    }
}
