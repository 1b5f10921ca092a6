package org.deutero.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code deutero serve}: it serves until it is told to stop; what is wrong with a command line is one sentence. */
class ServeTest {
    @TempDir
    private Path folder;

    private void refused(int code, String words, String... arguments) {
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(
                List.of("serve", "--classifiers", folder.resolve("c").toString()));
        all.addAll(Arrays.asList(arguments));
        int exit =
                Main.run(new PrintWriter(new StringWriter()), new PrintWriter(err, true), all.toArray(String[]::new));
        assertThat(err.toString()).startsWith("deutero: ").contains(words).hasLineCount(1);
        assertThat(exit).isEqualTo(code);
    }

    @Test
    void mistakesAreOneSentence() throws IOException {
        refused(2, "did you mean classes?", "--limit", "clases=3");
        refused(2, "wants a whole number", "--limit", "classes=many");
        refused(2, "wants a whole number from 2", "--limit", "classes=1");
        refused(2, "served as \"omniglot\"", "builtin:omniglot", "builtin:omniglot");
        refused(2, "no run folder", "nowhere");
        refused(2, "needs a token", "--host", "0.0.0.0");
        refused(2, "a port is a number", "--port", "70000");
        refused(
                2,
                "at least 16",
                "--token-file",
                Files.writeString(folder.resolve("t"), "short\n").toString());
        refused(
                2,
                "the token cannot be read",
                "--token-file",
                folder.resolve("none").toString());
    }

    @Test
    void servesUntilItIsStopped() throws IOException, InterruptedException {
        Path log = folder.resolve("log.jsonl");
        Process process = new ProcessBuilder(OwnProcess.command(
                        "serve",
                        "mine=builtin:omniglot",
                        "--port",
                        "0",
                        "--classifiers",
                        folder.resolve("kept").toString(),
                        "--log",
                        log.toString()))
                .redirectErrorStream(true)
                .start();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            StringBuilder said = new StringBuilder();
            String address = "";
            for (String line = out.readLine(); line != null && address.isEmpty(); line = out.readLine()) {
                said.append(line).append('\n');
                if (line.startsWith("Serving at ")) {
                    address = line.substring("Serving at ".length()).split(" ", 2)[0];
                    break;
                }
            }
            assertThat(address).as(said.toString()).startsWith("http://127.0.0.1:");
            HttpClient client = HttpClient.newHttpClient();
            assertThat(get(client, address)).contains("<title>Deutero playground</title>");
            assertThat(get(client, address + "v1/learners")).contains("\"name\":\"mine\"");
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(143);
            assertThat(Files.readAllLines(log)).hasSize(2).allMatch(line -> line.contains("\"status\":200"));
        } finally {
            process.destroyForcibly();
        }
    }

    private static String get(HttpClient client, String address) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString())
                .body();
    }
}
