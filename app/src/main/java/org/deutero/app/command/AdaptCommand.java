package org.deutero.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.deutero.app.ExitCode;
import org.deutero.app.text.Table;
import org.deutero.experiment.LearnerSource;
import org.deutero.serve.FewShotClassifier;
import org.deutero.serve.Support;
import org.deutero.serve.TrainedLearner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code deutero adapt}: from a trained learner and a few pictures to a classifier. */
@Command(
        name = "adapt",
        description = {
            "Teach a trained learner new classes from a few pictures of each, and save the classifier.",
            "Pictures may be of any size; classes may have different numbers of them."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  deutero adapt runs/five-steps --support examples --out model.dtr",
            "  deutero adapt builtin:omniglot --support letters --out letters.dtr",
            "where examples holds one folder a class: examples/cat/1.jpg, examples/cat/2.jpg, examples/dog/a.png"
        })
public final class AdaptCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "RUN",
            description = "Folder of a run, a learner's .dtr file, builtin:omniglot or builtin:omniglot-maml.")
    private String learner;

    @Option(
            names = "--support",
            paramLabel = "DIR",
            required = true,
            description = "Folder with one sub-folder of pictures for each class; or a zip of that, or a CSV list.")
    private Path support;

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
        PrintWriter err = spec.commandLine().getErr();
        ArtifactFile.checked(out);
        Support examples = Support.folder(support, err::println);
        try (TrainedLearner trained = LearnerSource.open(learner, overrides)) {
            long start = System.nanoTime();
            try (FewShotClassifier classifier = trained.adapt(examples)) {
                double seconds = (System.nanoTime() - start) / 1e9;
                classifier.save(out);
                print(trained, classifier, examples.size(), seconds);
            }
        }
        return ExitCode.OK;
    }

    private void print(TrainedLearner trained, FewShotClassifier classifier, int pictures, double seconds) {
        PrintWriter writer = spec.commandLine().getOut();
        Table table = new Table(spec.usageMessage().width());
        for (int c = 0; c < classifier.classes().size(); c++) {
            int n = classifier.examples().get(c);
            table.row(classifier.classes().get(c), n + (n == 1 ? " picture" : " pictures"));
        }
        table.lines().forEach(writer::println);
        writer.println(String.format(
                Locale.ROOT,
                "Adapted %s to %d classes from %d pictures in %.2f s.",
                trained.description().method(),
                classifier.classes().size(),
                pictures,
                seconds));
        writer.println("Classifier: " + out);
    }
}
