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
import org.deutero.app.report.AnswersPage;
import org.deutero.app.text.Answer;
import org.deutero.app.text.AnswerFormat;
import org.deutero.app.text.Score;
import org.deutero.experiment.base.UserException;
import org.deutero.serve.FewShotClassifier;
import org.deutero.tasks.DataException;
import org.deutero.tasks.files.PictureFolder;
import picocli.CommandLine.ArgGroup;
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
            "  deutero predict model.dtr \"scans/**/*.jpg\" --csv > answers.csv   # ** is any folder",
            "  deutero predict model.dtr scans --reject --page answers.html",
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
            description =
                    "PNG or JPEG files, folders of them, or patterns with *, ?, ** and {a,b}; sub-folders named like classes are scored.")
    private List<String> images = new ArrayList<>();

    @ArgGroup
    private Form form = new Form();

    /** One of them. */
    private static final class Form {
        @Option(names = "--json", description = "One JSON object a line instead of a table.")
        private boolean json;

        @Option(
                names = "--csv",
                description =
                        "Values between commas, a line for each picture, instead of a table; the score goes to standard error.")
        private boolean csv;
    }

    @Option(
            names = "--top",
            paramLabel = "K",
            description = "Show only the K most probable classes (default: 3, and all with --json).")
    private Integer top;

    @Option(
            names = "--reject",
            description =
                    "Say \"none of these\" of pictures that are far from all classes; for classifiers made with \"adapt --reject\".")
    private boolean reject;

    @Option(
            names = "--page",
            paramLabel = "FILE",
            description = "Also write a page with the pictures, answers and confidences, such as answers.html.")
    private Path page;

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
        if (watch != null && page != null) {
            throw UserException.usage("--page does not go with --watch, which never ends");
        }
        if (page != null && Files.isDirectory(page)) {
            throw UserException.usage(
                    "--page is the folder " + page + "; expected a file, such as " + page.resolve("answers.html"));
        }
        if (watch != null && !Files.isDirectory(watch)) {
            throw UserException.usage("there is no folder " + watch + " to watch");
        }
        List<Path> pictures = new ArrayList<>();
        images.forEach(image -> pictures.addAll(Globs.expand(image)));
        try (FewShotClassifier classifier = classifier()) {
            AnswerFormat answers = answers(classifier);
            Score score = new Score(reject);
            for (Path image : pictures) {
                if (Files.isDirectory(image)) {
                    folder(classifier, answers, score, image);
                } else {
                    label(classifier, answers, image, Optional.empty());
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
        if (page != null && !form.json && !form.csv) {
            spec.commandLine().getOut().println("Page: " + page);
        }
        return failures == 0 ? ExitCode.OK : ExitCode.FAILURE;
    }

    private AnswerFormat answers(FewShotClassifier classifier) {
        PrintWriter out = spec.commandLine().getOut();
        int known = classifier.classes().size();
        int shown = Math.min(known, top != null ? top : form.json ? known : SHOWN);
        AnswerFormat lines;
        if (form.json) {
            lines = AnswerFormat.json(out, shown);
        } else if (form.csv) {
            lines = AnswerFormat.csv(out, spec.commandLine().getErr(), shown, reject);
        } else {
            lines = AnswerFormat.table(out, shown, spec.usageMessage().width());
        }
        return page == null
                ? lines
                : AnswerFormat.all(List.of(
                        lines,
                        new AnswersPage(
                                page,
                                String.valueOf(model.getFileName()),
                                classifier.classes(),
                                Math.min(shown, SHOWN))));
    }

    private FewShotClassifier classifier() {
        if (model.toString().startsWith("builtin:") || Files.isDirectory(model)) {
            throw UserException.usage(model + (Files.isDirectory(model) ? " is a folder" : " is a learner")
                    + " that knows no classes, but predict needs a classifier's .dtr file; make one with \"deutero adapt "
                    + model + " --support EXAMPLES --out model.dtr\"");
        }
        FewShotClassifier classifier = Deutero.classifier(model);
        if (reject && classifier.rejection().isEmpty()) {
            classifier.close();
            throw UserException.usage(
                    model
                            + " has no threshold to reject by, which is found while it learns; make it again with \"deutero adapt ... --reject\"");
        }
        return classifier;
    }

    /** The answer; empty if the picture cannot be read. */
    private Optional<Answer> label(
            FewShotClassifier classifier, AnswerFormat answers, Path image, Optional<String> truth) {
        try {
            Answer answer = new Answer(image, classifier.predict(image), truth, reject);
            answers.answer(answer);
            return Optional.of(answer);
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
        found.loose().forEach(picture -> label(classifier, answers, Path.of(picture.name()), Optional.empty()));
        found.classes().forEach((name, pictures) -> {
            String last = name.substring(name.lastIndexOf('/') + 1);
            Optional<String> truth =
                    Stream.of(name, last).filter(classifier.classes()::contains).findFirst();
            for (PictureFolder.Entry picture : pictures) {
                label(classifier, answers, Path.of(picture.name()), truth).ifPresent(answer -> {
                    if (truth.isPresent()) {
                        score.add(truth.get(), answer.given());
                    } else {
                        score.addUnknown(name, answer.rejected());
                    }
                });
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
                    image -> answers.answer(new Answer(image, classifier.predict(image), Optional.empty(), reject)),
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
