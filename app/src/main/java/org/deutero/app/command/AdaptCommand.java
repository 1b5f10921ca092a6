package org.deutero.app.command;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.deutero.Deutero;
import org.deutero.app.ExitCode;
import org.deutero.app.text.Table;
import org.deutero.experiment.LearnerSource;
import org.deutero.experiment.base.UserException;
import org.deutero.serve.Encoders;
import org.deutero.serve.FeatureEncoder;
import org.deutero.serve.FewShotClassifier;
import org.deutero.serve.Support;
import org.deutero.serve.TrainedLearner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code deutero adapt}: from a trained learner and a few pictures to a classifier. */
@Command(
        name = "adapt",
        description = {
            "Teach a trained learner new classes from a few pictures of each, and save the classifier.",
            "Pictures may be of any size; classes may have different numbers of them.",
            "A classifier that was made so can gain classes or pictures (--add) and lose classes (--remove) without the old pictures, if its method is one of prototypes."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  deutero adapt runs/five-steps --support examples --out model.dtr",
            "  deutero adapt builtin:drawings --support letters --out letters.dtr --reject",
            "  deutero adapt letters.dtr --add more-letters --remove alpha --out letters2.dtr",
            "  deutero adapt --encoder resnet18.onnx --support examples --out model.dtr   # needs the module onnx: deutero install onnx",
            "where examples holds one folder a class: examples/cat/1.jpg, examples/cat/2.jpg, examples/dog/a.png"
        })
public final class AdaptCommand implements Callable<Integer> {
    private static final List<String> HEADS = List.of("simpleshot", "nearest-centroid", "r2d2");

    @Parameters(
            paramLabel = "RUN",
            arity = "0..1",
            description =
                    "Folder of a run, a learner's .dtr file, builtin:drawings, builtin:omniglot or builtin:omniglot-maml; a classifier's .dtr file with --add or --remove.")
    private String learner;

    @Option(
            names = "--support",
            paramLabel = "DIR",
            description = "Folder with one sub-folder of pictures for each class; or a zip of that, or a CSV list.")
    private Path support;

    @Option(
            names = "--encoder",
            paramLabel = "FILE",
            description = "In place of RUN: an encoder from elsewhere, an .onnx file; see \"deutero encoder inspect\".")
    private Path encoder;

    @Mixin
    private EncoderOptions encoderOptions;

    @Option(
            names = "--head",
            paramLabel = "METHOD",
            description =
                    "What learns from the encoder's features: simpleshot (default), nearest-centroid, or r2d2, which is ridge regression whose weight decay is chosen by leaving one out.")
    private String head;

    @Option(
            names = "--add",
            paramLabel = "DIR",
            description =
                    "Pictures of new classes of a classifier, or more of classes that it has; in folders as for --support.")
    private Path more;

    @Option(
            names = "--remove",
            paramLabel = "CLASS",
            description = "A class that a classifier forgets; may be repeated.")
    private List<String> gone = new ArrayList<>();

    @Option(
            names = "--reject",
            description =
                    "Find a threshold by which \"predict --reject\" tells pictures of none of the classes; learns again without each picture and each class.")
    private boolean reject;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description = "The classifier's file, such as model.dtr.")
    private Path out;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "Change where the data of a run are that has not been exported, as in tasks.path=NEW; may be repeated.")
    private List<String> overrides = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ArtifactFile.checked(out);
        if (learner != null && encoder != null) {
            throw UserException.usage("adapt takes a learner or --encoder FILE.onnx, not both");
        }
        if (learner == null && encoder == null) {
            throw UserException.usage(
                    "adapt needs a learner: a run, a .dtr file or builtin:NAME, or else --encoder FILE.onnx");
        }
        if (encoder == null && (head != null || !encoderOptions.isEmpty())) {
            throw UserException.usage(
                    "--head and --encoder-set are for encoders from elsewhere; give one with --encoder");
        }
        boolean changes = more != null || !gone.isEmpty();
        if (changes == (support != null)) {
            throw UserException.usage(
                    changes
                            ? "--support is for learners, --add and --remove are for classifiers; expected one or the other"
                            : "adapt needs pictures: give their folder with --support, or change a classifier with --add or --remove");
        }
        if (changes && encoder != null) {
            throw UserException.usage(
                    "--add and --remove change a classifier's .dtr file, not an encoder; give pictures with --support");
        }
        if (changes && reject) {
            throw UserException.usage(
                    "--reject finds its threshold in the pictures of all classes, so it does not go with --add and --remove; adapt the learner again with --support");
        }
        return changes ? change() : learn();
    }

    private int learn() {
        Support examples = Support.folder(support, spec.commandLine().getErr()::println);
        try (TrainedLearner trained = encoder == null ? LearnerSource.open(learner, overrides) : over()) {
            long start = System.nanoTime();
            try (FewShotClassifier classifier = reject ? trained.adaptRejecting(examples) : trained.adapt(examples)) {
                double seconds = (System.nanoTime() - start) / 1e9;
                classifier.save(out);
                print(trained, classifier, examples.size(), seconds);
            }
        }
        return ExitCode.OK;
    }

    private TrainedLearner over() {
        String method = head == null ? "simpleshot" : head;
        if (!HEADS.contains(method)) {
            throw UserException.usage("--head is " + method + "; expected one of " + String.join(", ", HEADS));
        }
        Map<String, Object> options = method.equals("r2d2") ? Map.of("choose-lambda", true) : Map.of();
        try (FeatureEncoder opened = Encoders.open(encoder, encoderOptions.options())) {
            return TrainedLearner.over(opened, method, options);
        }
    }

    private int change() {
        PrintWriter writer = spec.commandLine().getOut();
        if (learner.startsWith("builtin:") || Files.isDirectory(Path.of(learner))) {
            throw UserException.usage(
                    learner
                            + " is a learner that knows no classes, but --add and --remove change a classifier's .dtr file; give a learner its pictures with --support");
        }
        try (FewShotClassifier before = Deutero.classifier(Path.of(learner));
                FewShotClassifier smaller = gone.isEmpty() ? before : before.without(gone);
                FewShotClassifier after = more == null
                        ? smaller
                        : smaller.with(Support.folder(more, spec.commandLine().getErr()::println))) {
            after.save(out);
            counts(after);
            if (before.rejection().isPresent()) {
                writer.println(
                        "The threshold of --reject was found with the classes before and is left out; adapt with --support for a new one.");
            }
            writer.println("Classifier: " + out);
        }
        return ExitCode.OK;
    }

    private void counts(FewShotClassifier classifier) {
        Table table = new Table(spec.usageMessage().width());
        for (int c = 0; c < classifier.classes().size(); c++) {
            int n = classifier.examples().get(c);
            table.row(classifier.classes().get(c), n + (n == 1 ? " picture" : " pictures"));
        }
        table.lines().forEach(spec.commandLine().getOut()::println);
    }

    private void print(TrainedLearner trained, FewShotClassifier classifier, int pictures, double seconds) {
        PrintWriter writer = spec.commandLine().getOut();
        counts(classifier);
        writer.println(String.format(
                Locale.ROOT,
                "Adapted %s to %d classes from %d pictures in %.2f s.",
                trained.description().method(),
                classifier.classes().size(),
                pictures,
                seconds));
        classifier
                .rejection()
                .ifPresent(r -> writer.println(String.format(
                        Locale.ROOT,
                        "Of pictures left out of their class it rejects %.0f %% (of %d), of classes left out it takes %.0f %% for others (of %d).",
                        100 * r.falseRejections(),
                        r.known(),
                        100 * r.falseAcceptances(),
                        r.strange())));
        writer.println("Classifier: " + out);
    }
}
