package org.deutero.app.command;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.deutero.Deutero;
import org.deutero.app.ExitCode;
import org.deutero.app.text.AnswerFormat;
import org.deutero.app.text.Score;
import org.deutero.experiment.base.UserException;
import org.deutero.serve.FewShotClassifier;
import org.deutero.serve.Prediction;
import org.deutero.tasks.DataException;
import org.deutero.tasks.files.PictureFolder;
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
            "  deutero predict model.dtr pictures                  # sub-folders named like classes are scored",
            "  deutero predict model.dtr -- -minus.png             # names that begin with - come after --",
            "  deutero predict model.dtr --watch inbox --json     # labels what is there and what comes, until Ctrl-C"
        })
public final class PredictCommand implements Callable<Integer> {
    private static final int SHOWN = 3;
    private static final long PAUSE_MILLIS = 200;
    private static final int PATIENCE = 25;

    @Parameters(index = "0", paramLabel = "MODEL", description = "The classifier's .dtr file.")
    private Path model;

    @Parameters(
            index = "1..*",
            paramLabel = "IMAGE",
            arity = "0..*",
            description = "PNG or JPEG files, or folders of them; sub-folders named like classes are scored.")
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
            throw UserException.usage("predict needs pictures: give some, or a folder of them, or one with --watch");
        }
        if (watch != null && !Files.isDirectory(watch)) {
            throw UserException.usage("there is no folder " + watch + " to watch");
        }
        PrintWriter out = spec.commandLine().getOut();
        int shown = top != null ? top : json ? Integer.MAX_VALUE : SHOWN;
        AnswerFormat answers = json
                ? AnswerFormat.json(out, shown)
                : AnswerFormat.table(out, shown, spec.usageMessage().width());
        try (FewShotClassifier classifier = classifier()) {
            Score score = new Score();
            for (Path image : images) {
                if (Files.isDirectory(image)) {
                    folder(classifier, answers, score, image);
                } else {
                    label(classifier, answers, image);
                }
            }
            if (!score.isEmpty()) {
                answers.score(score);
            }
            answers.flush();
            if (watch != null) {
                watch(classifier, answers);
            }
        }
        return failures == 0 ? ExitCode.OK : ExitCode.FAILURE;
    }

    private FewShotClassifier classifier() {
        if (model.toString().startsWith("builtin:") || Files.isDirectory(model)) {
            throw UserException.usage(model + (Files.isDirectory(model) ? " is a folder" : " is a learner")
                    + " that knows no classes, but predict needs a classifier's .dtr file; make one with \"deutero adapt "
                    + model + " --support EXAMPLES --out model.dtr\"");
        }
        return Deutero.classifier(model);
    }

    private Optional<String> label(FewShotClassifier classifier, AnswerFormat answers, Path image) {
        return label(classifier, answers, image, Optional.empty());
    }

    /** The label; empty if the picture cannot be read. */
    private Optional<String> label(
            FewShotClassifier classifier, AnswerFormat answers, Path image, Optional<String> truth) {
        try {
            Prediction prediction = classifier.predict(image);
            answers.answer(image, prediction, truth);
            return Optional.of(prediction.label());
        } catch (DataException e) {
            failed(answers, image, e);
            return Optional.empty();
        }
    }

    /** All pictures of a folder; those in sub-folders named like classes are scored. */
    private void folder(FewShotClassifier classifier, AnswerFormat answers, Score score, Path path) {
        PictureFolder found = PictureFolder.read(path);
        found.note(path).ifPresent(this::say);
        found.empty().forEach(this::say);
        if (found.loose().isEmpty() && found.classes().isEmpty()) {
            failed(answers, path, new DataException("there are no PNG or JPEG pictures in " + path));
        }
        found.loose().forEach(picture -> label(classifier, answers, Path.of(picture.name())));
        found.classes().forEach((name, pictures) -> {
            String last = name.substring(name.lastIndexOf('/') + 1);
            Optional<String> truth =
                    Stream.of(name, last).filter(classifier.classes()::contains).findFirst();
            for (PictureFolder.Entry picture : pictures) {
                Optional<String> label = label(classifier, answers, Path.of(picture.name()), truth);
                if (truth.isPresent()) {
                    label.ifPresent(given -> score.add(truth.get(), given));
                } else if (label.isPresent()) {
                    score.addUnknown(name);
                }
            }
        });
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
