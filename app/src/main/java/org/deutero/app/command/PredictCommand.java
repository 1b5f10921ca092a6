package org.deutero.app.command;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.deutero.Deutero;
import org.deutero.app.ExitCode;
import org.deutero.app.text.AnswerFormat;
import org.deutero.experiment.base.UserException;
import org.deutero.serve.FewShotClassifier;
import org.deutero.tasks.DataException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code deutero predict}: labels pictures with a classifier. */
@Command(
        name = "predict",
        description = {
            "Label pictures with a classifier that \"deutero adapt\" has made.",
            "A picture that cannot be read is named on standard error, the others are labelled, and the exit code is 1."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  deutero predict model.dtr new.jpg",
            "  deutero predict model.dtr *.png --json --top 1",
            "  deutero predict model.dtr --watch inbox --json     # labels what is there and what comes, until Ctrl-C"
        })
public final class PredictCommand implements Callable<Integer> {
    private static final int SHOWN = 3;
    private static final long PAUSE_MILLIS = 200;
    private static final int PATIENCE = 25;

    @Parameters(index = "0", paramLabel = "MODEL", description = "The classifier's .dtr file.")
    private Path model;

    @Parameters(index = "1..*", paramLabel = "IMAGE", arity = "0..*", description = "PNG or JPEG files.")
    private List<Path> images = new ArrayList<>();

    @Option(names = "--json", description = "One JSON object a line instead of a table.")
    private boolean json;

    @Option(
            names = "--top",
            paramLabel = "K",
            description = "Show only the K most probable classes (default: 3, and all with --json).")
    private Integer top;

    @Option(
            names = "--watch",
            paramLabel = "DIR",
            description = "Label the pictures in this folder, and new ones as they come.")
    private Path watch;

    @Spec
    private CommandSpec spec;

    private int failures;

    @Override
    public Integer call() {
        if (top != null && top < 1) {
            throw UserException.usage("--top must be at least 1, not " + top);
        }
        if (images.isEmpty() && watch == null) {
            throw UserException.usage("predict needs pictures: give some, or a folder with --watch");
        }
        if (watch != null && !Files.isDirectory(watch)) {
            throw UserException.usage("there is no folder " + watch + " to watch");
        }
        PrintWriter out = spec.commandLine().getOut();
        int shown = top != null ? top : json ? Integer.MAX_VALUE : SHOWN;
        AnswerFormat answers = json
                ? AnswerFormat.json(out, shown)
                : AnswerFormat.table(out, shown, spec.usageMessage().width());
        try (FewShotClassifier classifier = Deutero.classifier(model)) {
            for (Path image : images) {
                try {
                    answers.answer(image, classifier.predict(image));
                } catch (DataException e) {
                    failed(answers, image, e);
                }
            }
            answers.flush();
            if (watch != null) {
                watch(classifier, answers);
            }
        }
        return failures == 0 ? ExitCode.OK : ExitCode.FAILURE;
    }

    private void failed(AnswerFormat answers, Path image, DataException e) {
        failures++;
        answers.failure(image, e.getMessage());
        say("deutero: " + e.getMessage());
    }

    private void say(String sentence) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(sentence);
        err.flush();
    }

    private void watch(FewShotClassifier classifier, AnswerFormat answers) {
        WatchedFolder folder = new WatchedFolder(watch, PATIENCE);
        while (!Thread.currentThread().isInterrupted()) {
            folder.poll(
                    image -> answers.answer(image, classifier.predict(image)),
                    (image, e) -> failed(answers, image, e),
                    this::say);
            answers.flush();
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
