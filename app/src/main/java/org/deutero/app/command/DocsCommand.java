package org.deutero.app.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.deutero.app.ExitCode;
import org.deutero.app.docs.Documents;
import org.deutero.tensor.io.AtomicFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code deutero docs}: for those who work on Deutero itself, so it is not listed. */
@Command(
        name = "docs",
        hidden = true,
        description = {
            "Write the documents, and the parts of documents, that are made from what the program knows:",
            "docs/METHODS.md, docs/KEYS.md, the tables of keys in the guide and those of measured results."
        },
        mixinStandardHelpOptions = true)
public final class DocsCommand implements Callable<Integer> {
    @Option(names = "--check", description = "Write nothing; exit code 1 if a document is not as it ought to be.")
    private boolean check;

    @Option(names = "--root", paramLabel = "DIR", description = "Root of the sources (default: the current folder).")
    private Path root = Path.of("");

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Map<String, String> documents = Documents.of(root);
        List<String> stale = documents.keySet().stream()
                .filter(name -> !documents.get(name).equals(text(root.resolve(name))))
                .toList();
        for (String name : stale) {
            if (!check) {
                write(root.resolve(name), documents.get(name));
            }
            out.println((check ? "Not up to date: " : "Wrote ") + name);
        }
        if (stale.isEmpty()) {
            out.println("All documents are up to date.");
        } else if (check) {
            out.println("\"deutero docs\" writes them.");
        }
        out.flush();
        return check && !stale.isEmpty() ? ExitCode.FAILURE : ExitCode.OK;
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            AtomicFiles.write(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
