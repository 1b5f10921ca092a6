package org.deutero.app.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.deutero.Deutero;
import org.deutero.app.ExitCode;
import org.deutero.experiment.LearnerSource;
import org.deutero.experiment.RunFolder;
import org.deutero.experiment.Runner;
import org.deutero.experiment.base.UserException;
import org.deutero.serve.Calibration;
import org.deutero.serve.ClassifierWriter;
import org.deutero.serve.FewShotClassifier;
import org.deutero.serve.TrainedLearner;
import org.deutero.serve.TrainedOptimizer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code deutero export}: a run's best state as a file that needs nothing else. */
@Command(
        name = "export",
        description = {
            "Write the learner of a run to a single file, with its probabilities calibrated on validation tasks.",
            "With --onnx FILE a classifier that \"deutero adapt\" has made becomes a standard ONNX file: network, prototypes or adapted weights, and metadata that say how pictures are prepared.",
            "The file of a learned optimiser is what meta-optimizer.file and method.inner-file of other recipes take.",
            "Training does this when it ends; export is for runs that were cut off, and for another place."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  deutero export runs/five-steps",
            "  deutero export runs/five-steps --out letters.dtr",
            "  deutero export model.dtr --onnx model.onnx          # needs the module onnx: deutero install onnx",
            "  deutero export runs/five-steps --set tasks.path=/new/place/of/pictures"
        })
public final class ExportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "Folder of the run; with --onnx, a classifier's .dtr file.")
    private Path run;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "File to write (default: learner.dtr in the run's folder).")
    private Path out;

    @Option(names = "--onnx", paramLabel = "FILE", description = "Write a classifier as an ONNX file.")
    private Path onnx;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "Change where the run's data are, as in tasks.path=NEW for pictures that have moved; may be repeated.")
    private List<String> overrides = new ArrayList<>();

    @Option(
            names = "--note",
            paramLabel = "TEXT",
            description =
                    "What an optimiser tells of itself, such as what it was trained on and where it fails (default: the description of its recipe).")
    private String note;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (onnx != null) {
            return toOnnx();
        }
        RunFolder folder = RunFolder.open(run);
        Runner runner = LearnerSource.runner(folder, overrides);
        Path file = out == null ? runner.exportFile() : ArtifactFile.checked(out);
        var writer = spec.commandLine().getOut();
        if (runner.isClassifier() && note == null) {
            runner.export(file);
            writer.println("Classifier: " + file);
            return ExitCode.OK;
        }
        if (runner.isOptimizer()) {
            TrainedOptimizer optimizer = runner.optimizer();
            noted(optimizer).save(file);
            writer.println("Optimiser: " + file);
            return ExitCode.OK;
        }
        if (note != null) {
            throw UserException.usage("--note is for optimisers, but the run in " + run + " has trained none");
        }
        try (TrainedLearner learner = runner.learner()) {
            learner.save(file);
            writer.println("Learner: " + file);
            writer.println(learner.description()
                    .calibration()
                    .map(ExportCommand::words)
                    .orElse("Not calibrated: the run has no validation classes."));
        }
        return ExitCode.OK;
    }

    private int toOnnx() {
        if (out != null || note != null || !overrides.isEmpty()) {
            throw UserException.usage(
                    "--onnx writes a classifier's file as it is, so --out, --set and --note do not go with it");
        }
        if (Files.isDirectory(run) || run.toString().startsWith("builtin:")) {
            throw UserException.usage(run
                    + " knows no classes, but --onnx needs a classifier's .dtr file; make one with \"deutero adapt "
                    + run
                    + " --support EXAMPLES --out model.dtr\"");
        }
        if (Files.isDirectory(onnx)) {
            throw UserException.usage(
                    "--onnx is the folder " + onnx + "; expected a file, such as " + onnx.resolve("model.onnx"));
        }
        ClassifierWriter writer = ClassifierWriter.of("onnx")
                .orElseThrow(() -> UserException.usage(OnnxModule.missing("ONNX files are written")));
        try (FewShotClassifier classifier = Deutero.classifier(run)) {
            writer.write(classifier, onnx);
        }
        spec.commandLine().getOut().println("ONNX: " + onnx);
        return ExitCode.OK;
    }

    private TrainedOptimizer noted(TrainedOptimizer optimizer) {
        return note == null ? optimizer : optimizer.with(optimizer.description().noted(note));
    }

    private static String words(Calibration c) {
        return String.format(
                Locale.ROOT,
                "Calibrated on %d validation tasks: temperature %.3g, expected calibration error %.1f %% before and %.1f %% after",
                c.tasks(),
                c.temperature(),
                100 * c.eceBefore(),
                100 * c.eceAfter());
    }
}
