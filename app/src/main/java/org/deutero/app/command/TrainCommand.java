package org.deutero.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.deutero.app.progress.ProgressDisplay;
import org.deutero.app.terminal.Interruption;
import org.deutero.app.terminal.Streams;
import org.deutero.app.text.ResultText;
import org.deutero.experiment.Experiment;
import org.deutero.experiment.OwnPictures;
import org.deutero.experiment.PlaceProvider;
import org.deutero.experiment.RunFolder;
import org.deutero.experiment.RunListener;
import org.deutero.experiment.RunResult;
import org.deutero.experiment.RunStopped;
import org.deutero.experiment.base.UserException;
import org.deutero.experiment.recipe.Recipe;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code deutero train}: meta-trains what a recipe describes, then evaluates it on test tasks. */
@Command(
        name = "train",
        description = "Meta-train what a recipe describes, then evaluate it on test tasks.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  deutero train omniglot-5way-1shot-protonet-small",
            "  deutero train my.yaml --set method.inner-steps=5 --out runs/five-steps",
            "  deutero train omniglot-5way-1shot-protonet-small --data my-pictures --set tasks.size=32",
            "  deutero train noisy-images --data my-pictures --clean my-clean-pictures",
            "  deutero train my-next.yaml --init-from runs/five-steps",
            "  deutero train --resume runs/five-steps",
            "  deutero train --resume runs/five-steps --set training.iterations=20000",
            "  deutero train omniglot-5way-1shot-maml-small --master spark://node7:7077",
            "",
            "Ctrl-C finishes the iteration and writes a checkpoint to resume from; twice ends at once."
        })
public final class TrainCommand implements Callable<Integer> {
    @Mixin
    private RecipeArguments recipe;

    @Option(
            names = "--data",
            paramLabel = "PATH",
            description = "Train on your own pictures: a folder or zip with one folder for each class, or a CSV list.")
    private Path data;

    @Option(
            names = "--clean",
            paramLabel = "PATH",
            description = "A few pictures of the same classes whose labels are right, for noisy-images.")
    private Path clean;

    @Option(
            names = "--split",
            paramLabel = "FILE",
            description = "Which classes to train, validate and test on: lines CLASS,train and so on.")
    private Path split;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder of the run (default: runs/RECIPE-DATE).")
    private Path folder;

    @Option(
            names = "--resume",
            paramLabel = "DIR",
            description =
                    "Continue the run in this folder to the same bits, with --set training.iterations=N for longer.")
    private Path resume;

    @Option(
            names = "--init-from",
            paramLabel = "RUN",
            description =
                    "Start from all meta-parameters of another run, a checkpoint, a .dtr file or builtin:NAME (training.init-from).")
    private String origin;

    @Option(
            names = "--master",
            paramLabel = "MASTER",
            description =
                    "Let a Spark cluster do the tasks, to the same bytes: spark://HOST:PORT, local[N], local-cluster[N,CORES,MB], yarn or k8s://URL. Needs \"deutero install spark\".")
    private String master;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (resume == null && !recipe.given()) {
            throw UserException.usage("train needs a recipe; see \"deutero recipes\"");
        }
        if (resume != null
                && (recipe.given()
                        || folder != null
                        || data != null
                        || clean != null
                        || split != null
                        || origin != null)) {
            throw UserException.usage(
                    "--resume takes the recipe from the run's own folder; leave out RECIPE, --data, --clean, --split,"
                            + " --init-from and --out (for data that have moved: --set tasks.path=PATH)");
        }
        PrintWriter out = spec.commandLine().getOut();
        Optional<String> cluster = Optional.ofNullable(master);
        if (cluster.isPresent() && PlaceProvider.all().isEmpty()) {
            throw UserException.usage(SparkModule.missing(master));
        }
        if (resume != null) {
            return run(listener -> Experiment.resume(resume, recipe.overrides(), cluster, listener), out);
        }
        Experiment experiment = Experiment.of(
                OwnPictures.in(started(recipe.load()), data, clean, split).withAbsolutePaths());
        Path path = folder == null ? RunFolder.standard(experiment.name()) : folder;
        return run(listener -> experiment.train(path, cluster, listener), out);
    }

    private Recipe started(Recipe read) {
        return origin == null ? read : read.with("training", "init-from", origin);
    }

    private static int run(Function<RunListener, RunResult> training, PrintWriter out) {
        try (ProgressDisplay progress = ProgressDisplay.to(Streams.err());
                Interruption interruption = new Interruption(Streams.err())) {
            try {
                RunResult result = training.apply(RunListeners.training(progress, interruption));
                ResultText.print(out, result.test(), result.experiment(), result.folder());
                if (!result.test().allDiverged()) { // no use to anybody
                    result.export().ifPresent(file -> out.println(kind(result) + ": " + file));
                }
                out.flush();
                return ResultText.warn(Streams.writer(Streams.err()), result.test());
            } catch (RunStopped stopped) {
                progress.message("deutero: " + stopped.getMessage() + "; " + Interruption.resumeBy(stopped.folder()));
                return interruption.exitCode();
            }
        }
    }

    private static String kind(RunResult result) {
        return result.isOptimizer() ? "Optimiser" : result.isClassifier() ? "Classifier" : "Learner";
    }
}
