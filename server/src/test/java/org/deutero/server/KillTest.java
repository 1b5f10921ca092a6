package org.deutero.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.deutero.serve.Artifacts;
import org.deutero.serve.TrainedLearner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client was told of is there again after the process was killed. */
class KillTest {
    private static final String CLASSIFIERS = "/v1/learners/omniglot/classifiers";
    private static final int ENOUGH = 6;

    /** A server in a process of its own. */
    public static final class Alone {
        private Alone() {}

        /** Serves until it is killed. */
        public static void main(String[] folder) throws InterruptedException {
            DeuteroServer server = DeuteroServer.start(
                    Map.of("omniglot", Artifacts.builtin("omniglot")),
                    ServerSettings.local().keptIn(Path.of(folder[0])));
            System.out.println(server.address());
            System.out.flush();
            Thread.currentThread().join();
        }
    }

    @Test
    void handlesSurviveKillMinusNine(@TempDir Path folder) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Alone.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Map<String, String> told = new ConcurrentHashMap<>();
        byte[] question = Drawings.png(1, 6);
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            Client client = new Client(out.readLine(), Map.of());
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                int classes = i + 2;
                Thread thread = new Thread(() -> makeUntilItEnds(client, classes, question, told));
                thread.start();
                clients.add(thread);
            }
            long end = System.nanoTime() + 60_000_000_000L;
            while (told.size() < ENOUGH && System.nanoTime() < end) {
                Thread.sleep(5);
            }
            process.destroyForcibly().waitFor(); // in the middle of making more
            for (Thread thread : clients) {
                thread.join();
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(told).hasSizeGreaterThanOrEqualTo(ENOUGH);
        try (TrainedLearner omniglot = Artifacts.builtin("omniglot");
                DeuteroServer again = DeuteroServer.start(
                        Map.of("omniglot", omniglot), ServerSettings.local().keptIn(folder))) {
            Client client = new Client(again);
            told.forEach((id, answer) -> assertThat(ask(client, id, question)).isEqualTo(answer));
        }
    }

    private static void makeUntilItEnds(Client client, int classes, byte[] question, Map<String, String> told) {
        try {
            while (true) {
                String id = client.post(CLASSIFIERS, Client.classes(Drawings.first(classes)))
                        .json()
                        .get("id")
                        .asString();
                told.put(id, ask(client, id, question));
            }
        } catch (RuntimeException killed) {
            // Who was not answered was not told of anything.
        }
    }

    private static String ask(Client client, String id, byte[] question) {
        return client.post(CLASSIFIERS + "/" + id + "/predict", Client.pictures(question))
                .text();
    }
}
