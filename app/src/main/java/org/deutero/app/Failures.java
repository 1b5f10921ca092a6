package org.deutero.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.deutero.app.terminal.Interruption;
import org.deutero.experiment.RunStopped;
import org.deutero.experiment.base.UserException;
import org.deutero.learn.run.TrainingException;
import org.deutero.options.OptionsException;
import org.deutero.options.Suggestions;
import org.deutero.tasks.DataException;
import org.deutero.tensor.TensorException;
import org.deutero.tensor.files.FileNames;
import org.deutero.tensor.io.SafetensorsException;
import picocli.CommandLine;

/** The one place where a failure becomes a sentence on standard error and an exit code. */
final class Failures {
    private Failures() {}

    /** The command line cannot be parsed. */
    static int badUsage(CommandLine.ParameterException e, PrintWriter err) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        if (e.getCause() instanceof CommandLine.TypeConversionException conversion
                && conversion.getCause() instanceof InvalidPathException path) {
            return report(path, err, false);
        }
        String hint = "see \"" + command + " --help\"";
        if (e instanceof CommandLine.UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String word = unmatched.getUnmatched().get(0);
            boolean option = word.startsWith("-");
            var known = option
                    ? e.getCommandLine().getCommandSpec().optionsMap().keySet()
                    : e.getCommandLine().getSubcommands().keySet();
            if (option && isFile(word)) {
                return say(
                        err,
                        ExitCode.USAGE,
                        command + " takes \"" + word + "\" for an option, though there is a file of that name; write ./"
                                + word + ", or -- before the names of files");
            }
            String kind = option ? "option" : known.isEmpty() ? "argument" : "command";
            String meant = Suggestions.closest(word, known)
                    .map(name -> "; did you mean " + name + "?")
                    .orElse("; " + hint);
            return say(err, ExitCode.USAGE, command + " has no " + kind + " \"" + word + "\"" + meant);
        }
        return say(err, ExitCode.USAGE, sentence(e.getMessage()) + "; " + hint);
    }

    private static boolean isFile(String word) {
        try {
            return Files.exists(Path.of(word));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** Work has failed: a known failure is its own sentence; any other leaves its stack trace in a file. */
    static int report(Throwable failure, PrintWriter err, boolean stacktrace) {
        int code = known(failure)
                .map(known -> say(err, known.exitCode, known.sentence))
                .orElseGet(() -> say(err, ExitCode.FAILURE, unexpected(failure, stacktrace)));
        if (stacktrace) {
            failure.printStackTrace(err);
            err.flush();
        }
        return code;
    }

    private record Known(int exitCode, String sentence) {}

    private static Optional<Known> known(Throwable failure) {
        if (failure instanceof UserException e) {
            return Optional.of(new Known(e.wrongUse() ? ExitCode.USAGE : ExitCode.FAILURE, e.getMessage()));
        }
        if (failure instanceof LinkageError && failure.getCause() != null) {
            return known(failure.getCause()); // a class could not be initialised
        }
        if (failure instanceof InvalidPathException e) {
            return Optional.of(new Known(
                    ExitCode.USAGE,
                    e.getReason().startsWith("Malformed input")
                            ? "the name \"" + e.getInput() + "\" " + FileNames.advice()
                            : "\"" + e.getInput() + "\" is not the name of a file: " + e.getReason()));
        }
        if (failure instanceof RunStopped e) {
            return Optional.of(
                    new Known(ExitCode.INTERRUPTED, e.getMessage() + "; " + Interruption.resumeBy(e.folder())));
        }
        if (failure instanceof OptionsException e) {
            return Optional.of(new Known(ExitCode.USAGE, e.getMessage()));
        }
        if (failure instanceof DataException
                || failure instanceof TrainingException
                || failure instanceof SafetensorsException
                || failure instanceof TensorException) {
            return Optional.of(new Known(ExitCode.FAILURE, sentence(failure.getMessage())));
        }
        if (failure instanceof UncheckedIOException e) {
            // A message of its own says more than that of the cause, whose text is the default.
            return String.valueOf(e.getCause()).equals(e.getMessage())
                    ? known(e.getCause())
                    : Optional.of(new Known(ExitCode.FAILURE, sentence(e.getMessage())));
        }
        if (failure instanceof FileSystemException e) {
            return Optional.of(new Known(ExitCode.FAILURE, fileSentence(e)));
        }
        if (failure instanceof IOException && failure.getMessage() != null) {
            return Optional.of(new Known(ExitCode.FAILURE, sentence(failure.getMessage())));
        }
        if (failure instanceof OutOfMemoryError) {
            return Optional.of(new Known(
                    ExitCode.FAILURE,
                    "out of memory (" + failure.getMessage()
                            + "); take a smaller meta-batch, or a larger heap with DEUTERO_JAVA_OPTS=-Xmx4g"));
        }
        return Optional.empty();
    }

    private static String fileSentence(FileSystemException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no file or folder " + e.getFile();
        }
        if (e instanceof AccessDeniedException) {
            return "no permission to read or write " + e.getFile();
        }
        return "cannot use " + e.getFile() + (e.getReason() == null ? "" : ": " + e.getReason());
    }

    private static String unexpected(Throwable failure, boolean stacktrace) {
        String what = "unexpected failure: "
                + (failure.getMessage() == null
                        ? failure.getClass().getSimpleName()
                        : failure.getClass().getSimpleName() + ", " + sentence(failure.getMessage()));
        if (stacktrace) {
            return what;
        }
        try {
            Path log = Files.createTempFile("deutero-", ".log");
            Files.writeString(log, trace(failure));
            return what + " (stack trace in " + log + ")";
        } catch (IOException unwritable) {
            return what + " (--stacktrace shows where)";
        }
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    /** The first line; libtorch's messages go on with kilobytes of C++ frames. */
    private static String sentence(String message) {
        return message.lines().findFirst().orElse("").strip();
    }

    private static int say(PrintWriter err, int code, String sentence) {
        err.println("deutero: " + sentence);
        err.flush();
        return code;
    }
}
