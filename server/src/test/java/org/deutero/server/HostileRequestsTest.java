package org.deutero.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.deutero.serve.Artifacts;
import org.deutero.serve.TrainedLearner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever is sent, the answer is a 4xx problem in one sentence, and the server is as it was. */
class HostileRequestsTest {
    private static final String CLASSIFIERS = "/v1/learners/omniglot/classifiers";

    private static TrainedLearner omniglot;
    private static DeuteroServer server;
    private static Client client;
    private static String id;
    private static byte[] png;
    private static String before;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void start() {
        omniglot = Artifacts.builtin("omniglot");
        ServerLimits limits = ServerLimits.DEFAULT.with(2 << 20, 8, Duration.ofMillis(700));
        server = DeuteroServer.start(
                Map.of("omniglot", omniglot),
                ServerSettings.local().keptIn(folder).with(limits));
        client = new Client(server);
        png = Drawings.png(1, 2);
        id = client.post(CLASSIFIERS, Client.classes(Drawings.first(3)))
                .json()
                .get("id")
                .asString();
        before = answer();
    }

    @AfterAll
    static void stop() {
        server.close();
        omniglot.close();
    }

    private static String answer() {
        return client.post(CLASSIFIERS + "/" + id + "/predict", Client.pictures(png))
                .text();
    }

    /** One classifier, in one file, that answers as before. */
    private static void asItWas() throws IOException {
        assertThat(server.classifiers()).isEqualTo(1);
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder(".lock", id + ".dtr");
        }
        assertThat(answer()).isEqualTo(before);
    }

    private static String wrong(String answer) {
        int status = Raw.status(answer);
        if (status < 400 || status > 499) {
            return "status " + status + ": " + answer;
        }
        int end = answer.indexOf("\r\n\r\n");
        if (!answer.substring(0, end)
                .toLowerCase(java.util.Locale.ROOT)
                .contains("content-type: application/problem+json")) {
            return "not a problem: " + answer;
        }
        String body = answer.substring(end + 4);
        String json = body.substring(body.indexOf('{'), body.lastIndexOf('}') + 1);
        JsonNode problem = JsonMapper.shared().readTree(json);
        String detail = problem.get("detail").asString();
        boolean fine = problem.get("status").asInt() == status
                && problem.get("type").asString().startsWith("urn:deutero:problem:")
                && detail.lines().count() == 1
                && detail.length() < 400
                && !detail.contains("java.")
                && !detail.contains("org.")
                && !detail.contains(folder.toString());
        return fine ? "" : "a poor sentence: " + json;
    }

    @Test
    void everyKindIsRefusedInOneSentence() throws IOException {
        Map<String, byte[]> requests = HostileRequests.of(id, png);
        assertThat(requests).hasSizeGreaterThan(150);
        List<String> failures = new ArrayList<>();
        for (var request : requests.entrySet()) {
            String wrong = wrong(Raw.send(server.port(), request.getValue()));
            if (!wrong.isEmpty()) {
                failures.add(request.getKey() + " -> " + wrong);
            }
        }
        assertThat(failures).isEmpty();
        asItWas();
    }

    @Test
    void slowBodiesAreGivenUpAndHoldNobodyUp() throws IOException, InterruptedException {
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Socket socket = new Socket("127.0.0.1", server.port());
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("POST " + CLASSIFIERS
                                    + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{")
                            .getBytes(StandardCharsets.US_ASCII));
            slow.add(socket);
        }
        Client.Reply full = null;
        for (int i = 0; i < 40 && (full == null || full.status() != 429); i++) {
            full = client.post(CLASSIFIERS + "/" + id + "/predict", Client.pictures(png));
            Thread.sleep(5);
        }
        assertThat(full.status()).as("beyond the limit of requests").isEqualTo(429);
        assertThat(full.response().headers().firstValue("Retry-After")).hasValue("1");
        OutputStream drip = slow.get(0).getOutputStream();
        for (int i = 0; i < 6; i++) {
            Thread.sleep(200);
            try {
                drip.write(' ');
            } catch (IOException closed) {
                break; // so it should be
            }
        }
        for (Socket socket : slow) {
            String answer = Raw.read(socket.getInputStream());
            assertThat(Raw.status(answer)).as(answer).isEqualTo(408);
            socket.close();
        }
        asItWas();
    }

    @Test
    void bodiesBeyondTheLimitAreRefusedUnread() throws IOException {
        byte[] large = new byte[3 << 20];
        assertThat(wrong(Raw.send(
                        server.port(),
                        HostileRequests.request("POST", CLASSIFIERS, "Content-Type: image/png\r\n", large))))
                .isEmpty();
        String chunked = "POST " + CLASSIFIERS
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
        String chunk = Integer.toHexString(3 << 20) + "\r\n" + "x".repeat(3 << 20) + "\r\n0\r\n\r\n";
        String answer = Raw.send(server.port(), (chunked + chunk).getBytes(StandardCharsets.US_ASCII));
        assertThat(answer.isEmpty() || Raw.status(answer) == 413).as(answer).isTrue();
        asItWas();
    }

    /** Honest requests with bytes changed, cut out and doubled; for longer with {@code -Ddeutero.fuzz.seconds}. */
    @Test
    void changedAtRandomNothingElseThanA4xxOrAnAnswerComes() throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        byte[] form = Client.form("b", Drawings.first(2));
        byte[] json = JsonMapper.shared().writeValueAsBytes(Client.pictures(png));
        String predict = CLASSIFIERS + "/" + id + "/predict";
        String embed = "/v1/learners/omniglot/embeddings";
        byte[][] honest = {
            HostileRequests.request("POST", predict, "Content-Type: application/json\r\n", json),
            HostileRequests.request("POST", predict, "Content-Type: image/png\r\n", png),
            HostileRequests.request("POST", embed, "Content-Type: multipart/form-data; boundary=b\r\n", form)
        };
        long end = System.nanoTime()
                + Duration.ofSeconds(Long.getLong("deutero.fuzz.seconds", 2)).toNanos();
        int sent = 0;
        while (System.nanoTime() < end) {
            byte[] request = changed(honest[random.nextInt(honest.length)], random);
            int status = Raw.status(Raw.send(server.port(), request));
            assertThat(status)
                    .as("request %s: %s", sent, new String(request, StandardCharsets.ISO_8859_1))
                    .isLessThan(500);
            sent++;
        }
        assertThat(sent).isGreaterThan(10);
        asItWas();
    }

    private static byte[] changed(byte[] request, SplittableRandom random) {
        byte[] bytes = request.clone();
        int changes = random.nextInt(1, 6);
        for (int i = 0; i < changes; i++) {
            // Half of the changes in the first line and the headers.
            int at = random.nextInt(random.nextBoolean() ? Math.min(200, bytes.length) : bytes.length);
            switch (random.nextInt(3)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                default -> {
                    int length = random.nextInt(1, 40);
                    byte[] cut = new byte[Math.max(1, bytes.length - Math.min(length, bytes.length - at))];
                    System.arraycopy(bytes, 0, cut, 0, Math.min(at, cut.length));
                    if (cut.length > at) {
                        System.arraycopy(bytes, bytes.length - (cut.length - at), cut, at, cut.length - at);
                    }
                    bytes = cut;
                }
            }
        }
        return bytes;
    }
}
