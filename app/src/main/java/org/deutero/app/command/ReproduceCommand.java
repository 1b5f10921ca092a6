package org.deutero.app.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deutero.app.ExitCode;
import org.deutero.app.progress.ProgressDisplay;
import org.deutero.app.reproduce.EvoGradStudy;
import org.deutero.app.reproduce.Gate;
import org.deutero.app.reproduce.InContextPictures;
import org.deutero.app.reproduce.Reproduction;
import org.deutero.app.reproduce.Reproductions;
import org.deutero.app.reproduce.StructureGate;
import org.deutero.app.reproduce.Verdict;
import org.deutero.app.terminal.Interruption;
import org.deutero.app.terminal.Streams;
import org.deutero.app.text.Table;
import org.deutero.experiment.Experiment;
import org.deutero.experiment.RunFolder;
import org.deutero.experiment.RunStopped;
import org.deutero.experiment.base.UserException;
import org.deutero.experiment.metrics.MetricRow;
import org.deutero.experiment.recipe.RecipeFile;
import org.deutero.experiment.report.Headline;
import org.deutero.experiment.report.MetricNames;
import org.deutero.options.Suggestions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code deutero reproduce}: runs an experiment whose figure is on record, and holds the new figure against it. */
@Command(
        name = "reproduce",
        description = {
            "Run an experiment whose figure stands in docs/REPRODUCTION.md, and hold the new figure against it.",
            "Without a name: list the experiments.",
            "gpicl-phases and gpicl-state-size are pictures of many trainings: stopped, they go on where they were if given the same --out."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit code 1 if the mean over seeds misses its gate. A gate is reached by the mean of three seeds or more: an",
            "experiment with a gate is trained with three seeds at least, and a seed that misses it by itself is named.",
            "",
            "Examples:",
            "  deutero reproduce",
            "  deutero reproduce sinusoid-maml",
            "  deutero reproduce omniglot-maml --seed 1 --out runs/check",
            "  deutero reproduce gpicl-phases --out runs/phases",
            "  deutero reproduce gpicl-phases --recipe omniglot-gpicl-small --tasks 1,8,64,512,4096 --out runs/characters"
        })
public final class ReproduceCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", arity = "0..1", description = "The experiment.")
    private String name;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description =
                    "A seed instead of those on record; may be repeated. A gate is not judged on fewer than three.")
    private List<Integer> seeds = new ArrayList<>();

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for the runs (default: runs/NAME-DATE).")
    private Path folder;

    @Option(
            names = "--full",
            description = "Of a picture: the long form, of a day, instead of the reduced one of minutes.")
    private boolean full;

    @Option(
            names = "--tasks",
            paramLabel = "N,N,...",
            split = ",",
            description =
                    "Of gpicl-phases: the numbers of tasks (default: eight from 1 to 65536; all powers of two with --full).")
    private List<Long> tasks = new ArrayList<>();

    @Option(
            names = "--architectures",
            paramLabel = "NAME,NAME,...",
            split = ",",
            description = "Of gpicl-state-size: only these, such as lstm,outer-product,transformer.")
    private List<String> architectures = new ArrayList<>();

    @Option(
            names = "--sequences",
            paramLabel = "N",
            description = "Of a picture: test sequences of each kind for every learner (default: ${DEFAULT-VALUE}).")
    private int sequences = 1024;

    @Option(
            names = "--recipe",
            paramLabel = "RECIPE",
            description =
                    "Of a picture: the recipe that its trainings change (default: mnist-gpicl-paired-small, or omniglot-gpicl-small, which needs no file, where MNIST or Fashion-MNIST is missing).")
    private String recipe = "";

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Of a picture: change that recipe; may be repeated.")
    private List<String> overrides = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (name == null) {
            list(out);
            return ExitCode.OK;
        }
        if (name.equals(InContextPictures.PHASES) || name.equals(InContextPictures.STATE_SIZE)) {
            return picture(out);
        }
        if (full || !recipe.isEmpty() || !overrides.isEmpty() || !tasks.isEmpty() || !architectures.isEmpty()) {
            throw UserException.usage("--full, --tasks, --architectures, --recipe and --set are for pictures, "
                    + InContextPictures.PHASES + " and " + InContextPictures.STATE_SIZE + ", not for " + name);
        }
        if (name.equals(EvoGradStudy.NAME)) {
            long seed = seeds.isEmpty() ? 1 : seeds.get(0);
            Path to = folder == null ? RunFolder.standard(name) : folder;
            return EvoGradStudy.run(seed, to, spec.usageMessage().width(), out) ? ExitCode.OK : ExitCode.FAILURE;
        }
        Reproduction experiment = Reproductions.named(name)
                .orElseThrow(() -> UserException.usage("there is no experiment \"" + name + "\""
                        + Suggestions.phrase(
                                name,
                                Stream.concat(
                                                Reproductions.all().stream().map(Reproduction::name),
                                                Stream.of(
                                                        EvoGradStudy.NAME,
                                                        InContextPictures.PHASES,
                                                        InContextPictures.STATE_SIZE))
                                        .toList())
                        + "; see \"deutero reproduce\""));
        Path base = folder == null ? RunFolder.standard(name) : folder;
        return run(experiment, seeds.isEmpty() ? experiment.judged() : seeds, base, out);
    }

    private int picture(PrintWriter out) {
        boolean phases = name.equals(InContextPictures.PHASES);
        if (!(phases ? architectures : tasks).isEmpty()) {
            throw UserException.usage(
                    phases
                            ? "--architectures is for " + InContextPictures.STATE_SIZE + ", not for " + name
                            : "--tasks is for " + InContextPictures.PHASES + ", not for " + name);
        }
        Path to = folder == null ? RunFolder.standard(name) : folder;
        InContextPictures.Asked asked =
                new InContextPictures.Asked(seeds, tasks, architectures, recipe, overrides, sequences, full);
        try (ProgressDisplay progress = ProgressDisplay.to(Streams.err());
                Interruption interruption = new Interruption(Streams.err())) {
            InContextPictures pictures = new InContextPictures(
                    asked,
                    to,
                    spec.usageMessage().width(),
                    out,
                    RunListeners.training(progress, interruption),
                    progress::message);
            try {
                return (phases ? pictures.phases() : pictures.stateSize()) ? ExitCode.OK : ExitCode.FAILURE;
            } catch (RunStopped stopped) {
                Streams.err()
                        .println("Stopped: " + stopped.getMessage() + "; go on by the same command with --out " + to);
                return interruption.exitCode();
            }
        }
    }

    private void list(PrintWriter out) {
        Table table = new Table(spec.usageMessage().width()).row("name", "minutes", "gate", "on record");
        for (Reproduction r : Reproductions.all()) {
            String minutes = r.minutes() < 1 ? "1" : String.valueOf(Math.round(r.minutes()));
            table.row(r.name(), minutes, r.gateWords(), r.measured());
        }
        table.row(EvoGradStudy.NAME, "1", EvoGradStudy.GATE, EvoGradStudy.MEASURED);
        table.row(InContextPictures.PHASES, "10", InContextPictures.PHASES_GATE, InContextPictures.PHASES_MEASURED);
        table.row(
                InContextPictures.STATE_SIZE,
                "25",
                InContextPictures.STATE_SIZE_GATE,
                InContextPictures.STATE_SIZE_MEASURED);
        table.lines().forEach(out::println);
        out.flush();
    }

    /**
     * Runs an experiment.
     *
     * @param folder in which each seed gets a run folder of its own
     * @return the exit code: whether the mean of the figures reached the gate
     */
    public static int run(Reproduction reproduction, List<Integer> seeds, Path folder, PrintWriter out) {
        List<MetricRow.Test> results = new ArrayList<>();
        for (int seed : seeds) {
            MetricRow.Test result = train(reproduction, seed, folder.resolve("seed" + seed));
            results.add(result);
            Stream<MetricRow.ByStep> figures = reproduction.gates().isEmpty()
                    ? Stream.of(new MetricRow.ByStep(-1, result.metric(), result.interval(), result.diverged()))
                    : reproduction.gates().stream().map(gate -> gate.figure(result));
            out.println("Seed " + seed + ": " + MetricNames.words(result.metricName()) + " "
                    + figures.map(f ->
                                    Headline.metricValue(result.metricName(), f.metric(), f.interval(), f.diverged()))
                            .collect(Collectors.joining(", ")));
        }
        out.println("On record: " + reproduction.measured()
                + (reproduction.published().isEmpty() ? "" : "; published: " + reproduction.published()));
        boolean all = true;
        for (Gate gate : reproduction.gates()) {
            all &= verdict(reproduction, gate, seeds, results, out);
        }
        for (StructureGate gate : reproduction.structure().stream().toList()) {
            all &= verdict(gate, seeds, folder, out);
        }
        out.flush();
        return all ? ExitCode.OK : ExitCode.FAILURE;
    }

    private static boolean verdict(StructureGate gate, List<Integer> seeds, Path folder, PrintWriter out) {
        List<Double> figures = new ArrayList<>();
        for (int seed : seeds) {
            try {
                figures.add(gate.figure(
                        new RunFolder(folder.resolve("seed" + seed)).metrics().read()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        Verdict verdict = new Verdict(seeds, figures, gate::holds, 0);
        out.println(
                verdict.words(figure -> Headline.metricBrief("accuracy", figure) + " " + gate.number(), gate.words()));
        return !verdict.missed();
    }

    private static boolean verdict(
            Reproduction reproduction, Gate gate, List<Integer> seeds, List<MetricRow.Test> results, PrintWriter out) {
        List<MetricRow.ByStep> figures = results.stream().map(gate::figure).toList();
        String metric = results.get(0).metricName();
        Verdict verdict = new Verdict(
                seeds,
                figures.stream().map(MetricRow.ByStep::metric).toList(),
                gate::holds,
                figures.stream().mapToInt(MetricRow.ByStep::diverged).sum());
        out.println(verdict.words(figure -> Headline.metricBrief(metric, figure), reproduction.words(gate)));
        return !verdict.missed();
    }

    private static MetricRow.Test train(Reproduction reproduction, int seed, Path folder) {
        List<String> overrides = new ArrayList<>(reproduction.overrides());
        overrides.add("seed=" + seed);
        Experiment experiment = Experiment.of(RecipeFile.load(reproduction.recipe(), overrides));
        try (ProgressDisplay progress = ProgressDisplay.to(Streams.err());
                Interruption interruption = new Interruption(Streams.err())) {
            return experiment
                    .train(folder, RunListeners.training(progress, interruption))
                    .test();
        }
    }
}
