package org.deutero.app.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.deutero.app.ExitCode;
import org.deutero.app.text.Table;
import org.deutero.experiment.LearnerSource;
import org.deutero.experiment.base.UserException;
import org.deutero.serve.TrainedLearner;
import org.deutero.server.DeuteroServer;
import org.deutero.server.ServerLimits;
import org.deutero.server.ServerSettings;
import org.deutero.tasks.DataException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code deutero serve}: trained learners over HTTP, and a page to play with. */
@Command(
        name = "serve",
        description = {
            "Serve trained learners over HTTP, with a page at / on which symbols are drawn, named and told apart.",
            "Clients make classifiers from pictures and ask them; /openapi.json describes how. Ctrl-C stops."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  deutero serve                                   # what comes with Deutero",
            "  deutero serve builtin:drawings --port 9000",
            "  deutero serve runs/five-steps letters=runs/mine # under the names five-steps and letters",
            "  DEUTERO_TOKEN=$(openssl rand -hex 16) deutero serve builtin:omniglot --host 0.0.0.0"
        })
public final class ServeCommand implements Callable<Integer> {
    private static final List<String> BUILTIN = List.of("builtin:drawings", "builtin:omniglot-maml");
    private static final String TOKEN = "DEUTERO_TOKEN";

    @Parameters(
            paramLabel = "MODEL",
            arity = "0..*",
            description = {
                "Folders of runs, learners' .dtr files or builtin:NAME; NAME=MODEL gives one a name of yours.",
                "Default: builtin:drawings builtin:omniglot-maml"
            })
    private List<String> models = new ArrayList<>();

    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = ServerSettings.LOOPBACK,
            description =
                    "Address to listen on (default: ${DEFAULT-VALUE}, which only this machine reaches; any other needs a token).")
    private String host;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8642",
            description = "Port to listen on; 0 takes any that is free (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "File with the token that clients must show as Authorization: Bearer TOKEN; or give it in $DEUTERO_TOKEN.")
    private Path tokenFile;

    @Option(
            names = "--classifiers",
            paramLabel = "DIR",
            defaultValue = "classifiers",
            description = "Folder in which classifiers are kept, one .dtr file each (default: ${DEFAULT-VALUE}).")
    private Path folder;

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description = "Add one line of JSON for each request to this file; - is standard output.")
    private String log;

    @Option(
            names = "--limit",
            paramLabel = "NAME=NUMBER",
            description = {
                "Change what clients may ask for; may be repeated. Names and defaults: body-bytes=16777216, pixels=16000000",
                "(of a picture), all-pixels=64000000 (of a request), classes=200, pictures=1000 (of a request),",
                "classifiers=500, requests=256 (at a time), body-seconds=20, unused-seconds=900 (of the page's classifiers)."
            })
    private List<String> limits = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Map<String, TrainedLearner> learners = new LinkedHashMap<>();
        try (RequestLines lines = RequestLines.open(log, out)) {
            ServerLimits allowed = ServeLimits.of(limits);
            ServerSettings settings = settings(allowed, lines);
            named(models.isEmpty() ? BUILTIN : models)
                    .forEach((name, model) -> learners.put(name, LearnerSource.open(model)));
            try (DeuteroServer server = DeuteroServer.start(learners, settings)) {
                tell(out, server, learners);
                untilStopped(server);
            }
        } finally {
            learners.values().forEach(TrainedLearner::close);
        }
        return ExitCode.OK;
    }

    private ServerSettings settings(ServerLimits allowed, RequestLines lines) {
        try {
            return new ServerSettings(host, port, token(), Optional.of(folder), allowed, lines);
        } catch (DataException e) {
            throw UserException.usage(e.getMessage(), e);
        }
    }

    private void tell(PrintWriter out, DeuteroServer server, Map<String, TrainedLearner> learners) {
        Table table = new Table(spec.usageMessage().width());
        learners.forEach((name, learner) -> table.row(
                name,
                learner.description().method() + ", "
                        + learner.description().preprocessing().kind().name().toLowerCase(Locale.ROOT)
                        + "s"));
        table.lines().forEach(out::println);
        if (server.classifiers() > 0) {
            out.println(server.classifiers() + " classifiers from " + folder + " are there again.");
        }
        out.println("Serving at " + server.address() + "/ (Ctrl-C stops)");
        out.flush();
    }

    private static void untilStopped(DeuteroServer server) {
        Thread hook = new Thread(server::close, "deutero-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) { // whoever runs the command inside a program of his own
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    private Optional<String> token() {
        if (tokenFile == null) {
            return Optional.ofNullable(System.getenv(TOKEN)).filter(token -> !token.isBlank());
        }
        try {
            return Optional.of(Files.readString(tokenFile).strip());
        } catch (IOException e) {
            throw UserException.usage("the token cannot be read from " + tokenFile);
        }
    }

    /** Models by the names that they are served under. */
    private static Map<String, String> named(List<String> models) {
        Map<String, String> named = new LinkedHashMap<>();
        for (String model : models) {
            int equals = model.indexOf('=');
            boolean told = equals > 0 && model.substring(0, equals).matches("[A-Za-z0-9._-]+") && !exists(model);
            String source = told ? model.substring(equals + 1) : model;
            String name = told ? model.substring(0, equals) : name(source);
            if (named.put(name, source) != null) {
                throw UserException.usage(
                        "two models would be served as \"" + name + "\"; name one of them, as in other=" + source);
            }
        }
        return named;
    }

    private static boolean exists(String model) {
        return Files.exists(Path.of(model));
    }

    private static String name(String source) {
        String last = source.startsWith("builtin:")
                ? source.substring("builtin:".length())
                : String.valueOf(Path.of(source).toAbsolutePath().normalize().getFileName());
        String stem = last.endsWith(".dtr") ? last.substring(0, last.length() - ".dtr".length()) : last;
        return stem.replaceAll("[^A-Za-z0-9._-]", "-").replaceAll("^[^A-Za-z0-9]+", "");
    }

    /** Where lines about requests go. */
    private record RequestLines(PrintWriter writer, boolean own) implements Consumer<String>, AutoCloseable {
        static RequestLines open(String name, PrintWriter out) {
            if (name == null) {
                return new RequestLines(null, false);
            }
            if (name.equals("-")) {
                return new RequestLines(out, false);
            }
            try {
                return new RequestLines(
                        new PrintWriter(
                                Files.newBufferedWriter(
                                        Path.of(name),
                                        StandardCharsets.UTF_8,
                                        StandardOpenOption.CREATE,
                                        StandardOpenOption.APPEND),
                                true),
                        true);
            } catch (IOException e) {
                throw new UncheckedIOException("the log cannot be written to " + name, e);
            }
        }

        @Override
        public void accept(String line) {
            if (writer != null) {
                writer.println(line);
                writer.flush();
            }
        }

        @Override
        public void close() {
            if (own) {
                writer.close();
            }
        }
    }
}
