package org.deutero.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.deutero.serve.Artifacts;
import org.deutero.serve.TrainedLearner;
import org.deutero.tasks.DataException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Every route as it is meant to be used. */
class EndpointsTest {
    private static final String CLASSIFIERS = "/v1/learners/omniglot/classifiers";
    private static final List<String> LOG = new CopyOnWriteArrayList<>();

    private static TrainedLearner omniglot;
    private static TrainedLearner maml;
    private static DeuteroServer server;
    private static Client client;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void start() {
        omniglot = Artifacts.builtin("omniglot");
        maml = Artifacts.builtin("omniglot-maml");
        server = DeuteroServer.start(
                Map.of("omniglot", omniglot, "maml", maml),
                ServerSettings.local().keptIn(folder).with(LOG::add));
        client = new Client(server);
    }

    @AfterAll
    static void stop() {
        server.close();
        omniglot.close();
        maml.close();
    }

    private static String made(String path, int classes) {
        Client.Reply reply = client.post(path, Client.classes(Drawings.first(classes)));
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply.json().get("id").asString();
    }

    @Test
    void learnersAreTold() {
        JsonNode learners = client.get("/v1/learners").json().get("learners");
        assertThat(learners).hasSize(2);
        JsonNode first = client.get("/v1/learners/maml").json();
        assertThat(first).isEqualTo(learners.get(0));
        assertThat(first.get("method").asString()).isEqualTo("maml");
        assertThat(first.get("steps").asInt()).isPositive();
        assertThat(first.get("mostClasses").asInt()).isEqualTo(10);
        assertThat(learners.get(1).get("embeds").asBoolean()).isTrue();
        assertThat(learners.get(1).get("mostClasses").isNull()).isTrue();
    }

    @Test
    void classifierFromJsonAnswersAndGoes() {
        Client.Reply made = client.post(CLASSIFIERS, Client.classes(Drawings.first(5)));
        assertThat(made.status()).isEqualTo(201);
        String id = made.json().get("id").asString();
        String path = CLASSIFIERS + "/" + id;
        assertThat(made.response().headers().firstValue("Location")).hasValue(path);
        assertThat(folder.resolve("omniglot/" + id + ".dtr")).isRegularFile();
        assertThat(client.get(path).json()).isEqualTo(made.json());
        assertThat(client.get(CLASSIFIERS).json().get("classifiers")).contains(made.json());
        int right = 0;
        for (int n = 0; n < 5; n++) {
            JsonNode answer = client.post(path + "/predict", Client.pictures(Drawings.png(n, 3)))
                    .json()
                    .get("answers")
                    .get(0);
            right += answer.get("label").asString().equals("letter" + n) ? 1 : 0;
            assertThat(answer.get("classes")).hasSize(5);
            assertThat(answer.get("classes").get(0).get("probability")).isEqualTo(answer.get("probability"));
        }
        assertThat(right).isGreaterThanOrEqualTo(4);
        assertThat(client.delete(path).status()).isEqualTo(204);
        assertThat(client.get(path).status()).isEqualTo(404);
        assertThat(client.delete(path).status()).isEqualTo(404);
        assertThat(folder.resolve("omniglot/" + id + ".dtr")).doesNotExist();
    }

    @Test
    void formsAndPlainPicturesSayTheSame() {
        String boundary = "a-boundary";
        Client.Reply made = client.send(
                "POST",
                CLASSIFIERS,
                "multipart/form-data; boundary=" + boundary,
                Client.form(boundary, Drawings.first(3)));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        String predict = CLASSIFIERS + "/" + made.json().get("id").asString() + "/predict";
        byte[] question = Drawings.png(1, 5);
        JsonNode json = client.post(predict, Client.pictures(question)).json();
        assertThat(client.send("POST", predict, "image/png", question).json()).isEqualTo(json);
        assertThat(client.send(
                                "POST",
                                predict,
                                "multipart/form-data; boundary=" + boundary,
                                Client.form(boundary, Map.of("picture", question)))
                        .json())
                .isEqualTo(json);
        String other = CLASSIFIERS + "/" + made(CLASSIFIERS, 3) + "/predict";
        assertThat(client.post(other, Client.pictures(question)).json()).isEqualTo(json);
        JsonNode one = client.post(predict + "?top=1", Client.pictures(question, question))
                .json()
                .get("answers");
        assertThat(one).hasSize(2);
        assertThat(one.get(1).get("classes")).hasSize(1);
    }

    @Test
    void stepsChangeTheAnswer() {
        String path = "/v1/learners/maml/classifiers";
        byte[] question = Drawings.png(2, 4);
        int most = client.get("/v1/learners/maml").json().get("steps").asInt();
        double[] chance = new double[2];
        for (int i = 0; i < 2; i++) {
            String id = made(path + "?temporary=true&steps=" + i * most, 3);
            for (JsonNode c : client.post(path + "/" + id + "/predict", Client.pictures(question))
                    .json()
                    .get("answers")
                    .get(0)
                    .get("classes")) {
                chance[i] += c.get("name").asString().equals("letter2")
                        ? c.get("probability").asDouble()
                        : 0;
            }
        }
        assertThat(chance[1]).isGreaterThan(chance[0] + 0.2);
        String all = made(path, 3);
        assertThat(client.post(path + "/" + all + "/predict", Client.pictures(question))
                        .text())
                .contains(Double.toString(chance[1]));
        assertThat(client.post(path + "?steps=" + (most + 1), Client.classes(Drawings.first(3)))
                        .status())
                .isEqualTo(422);
        assertThat(client.post(CLASSIFIERS + "?steps=1", Client.classes(Drawings.first(3)))
                        .text())
                .contains("does not learn by steps");
    }

    @Test
    void classesComeAndGo() {
        String path = CLASSIFIERS + "/" + made(CLASSIFIERS, 3);
        byte[] question = Drawings.png(3, 5);
        Client.Reply more = client.post(path + "/classes", Client.classes(Map.of("letter3", Drawings.png(3, 0))));
        assertThat(more.status()).as(more.text()).isEqualTo(200);
        assertThat(more.json().get("classes")).hasSize(4);
        assertThat(label(path, question)).isEqualTo("letter3");
        Client.Reply fewer = client.delete(path + "/classes/letter3");
        assertThat(fewer.json().get("classes")).hasSize(3);
        assertThat(label(path, question)).isNotEqualTo("letter3");
        assertThat(client.delete(path + "/classes/letter3").status()).isEqualTo(404);
        client.delete(path + "/classes/letter2");
        assertThat(client.delete(path + "/classes/letter1").status()).isEqualTo(422);
        String other = "/v1/learners/maml/classifiers";
        Client.Reply fixed =
                client.post(other + "/" + made(other, 2) + "/classes", Client.classes(Map.of("x", Drawings.png(3, 0))));
        assertThat(fixed.status()).isEqualTo(409);
        assertThat(fixed.type()).isEqualTo("application/problem+json");
    }

    private static String label(String path, byte[] question) {
        return client.post(path + "/predict", Client.pictures(question))
                .json()
                .get("answers")
                .get(0)
                .get("label")
                .asString();
    }

    @Test
    void strangePicturesAreRejectedIfAsked() {
        Map<String, List<String>> classes = new java.util.TreeMap<>();
        for (int n = 0; n < 4; n++) {
            int character = n;
            classes.put(
                    "letter" + n,
                    java.util.stream.IntStream.range(0, 4)
                            .mapToObj(i -> Client.base64(Drawings.png(character, i)))
                            .toList());
        }
        String id = client.post(CLASSIFIERS + "?reject=true", Map.of("classes", classes))
                .json()
                .get("id")
                .asString();
        int known = 0;
        int strange = 0;
        for (int n = 0; n < 4; n++) {
            known += rejected(id, Drawings.png(n, 9)) ? 1 : 0;
            strange += rejected(id, Drawings.png(n + 5, 9)) ? 1 : 0;
        }
        assertThat(strange).isGreaterThan(known);
    }

    private static boolean rejected(String id, byte[] question) {
        return client.post(CLASSIFIERS + "/" + id + "/predict", Client.pictures(question))
                .json()
                .get("answers")
                .get(0)
                .get("rejected")
                .asBoolean();
    }

    /** Every route that there is, and nothing else. */
    @Test
    void theDescriptionNamesEveryRoute() {
        JsonNode description = client.get("/openapi.json").json();
        assertThat(description.get("openapi").asString()).startsWith("3.1");
        List<String> described = new java.util.ArrayList<>();
        description
                .get("paths")
                .forEachEntry((path, methods) -> methods.forEachEntry((method, operation) -> {
                    if (!method.equals("parameters")) {
                        described.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path);
                        assertThat(operation.get("summary").asString()).isNotBlank();
                        assertThat(operation.get("responses")).isNotEmpty();
                    }
                }));
        assertThat(described).containsExactlyInAnyOrderElementsOf(server.routes());
        for (String reference : description.toString().split("\"\\$ref\":\"#/")) {
            if (!reference.startsWith("{")) {
                String pointer = "/" + reference.substring(0, reference.indexOf('"'));
                assertThat(description.at(pointer).isMissingNode()).as(pointer).isFalse();
            }
        }
    }

    @Test
    void temporaryOnesAreNotKept() {
        String id = made(CLASSIFIERS + "?temporary=true", 2);
        assertThat(folder.resolve("omniglot/" + id + ".dtr")).doesNotExist();
        assertThat(client.get(CLASSIFIERS + "/" + id).json().get("temporary").asBoolean())
                .isTrue();
    }

    @Test
    void embeddingsOfEqualPicturesAreEqual() {
        byte[] picture = Drawings.png(0, 0);
        JsonNode features = client.post(
                        "/v1/learners/omniglot/embeddings", Client.pictures(picture, Drawings.png(1, 0), picture))
                .json()
                .get("features");
        assertThat(features).hasSize(3);
        assertThat(features.get(0)).isEqualTo(features.get(2)).isNotEqualTo(features.get(1));
        assertThat(features.get(0).size()).isGreaterThan(8);
        assertThat(client.post("/v1/learners/maml/embeddings", Client.pictures(picture))
                        .status())
                .isEqualTo(422);
    }

    @Test
    void healthMetricsAndLog() {
        made(CLASSIFIERS, 2);
        assertThat(client.get("/health").json().get("status").asString()).isEqualTo("up");
        assertThat(client.get("/metrics").text())
                .contains("deutero_classifiers ", "route=\"" + CLASSIFIERS.replace("omniglot", "{learner}") + "\"");
        assertThat(LOG)
                .anyMatch(line -> line.contains("\"path\":\"" + CLASSIFIERS + "\"")
                        && line.contains("\"status\":201")
                        && line.length() < 300);
    }

    @Test
    void pageAndDescriptionComeWithAPolicy() {
        Client.Reply page = client.get("/");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.type()).startsWith("text/html");
        assertThat(page.response()
                        .headers()
                        .firstValue("Content-Security-Policy")
                        .orElse(""))
                .contains("default-src 'none'");
        assertThat(client.get("/openapi.json").json()).isNotNull();
    }

    @Test
    void beyondLoopbackATokenIsNeeded() {
        assertThatThrownBy(() -> new ServerSettings(
                        "0.0.0.0",
                        0,
                        java.util.Optional.empty(),
                        java.util.Optional.empty(),
                        ServerLimits.DEFAULT,
                        line -> {}))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("token");
        String token = "0123456789abcdef";
        try (DeuteroServer guarded = DeuteroServer.start(
                Map.of("omniglot", omniglot), ServerSettings.local().with(token))) {
            Client stranger = new Client(guarded);
            assertThat(stranger.get("/v1/learners").status()).isEqualTo(401);
            assertThat(stranger.post(CLASSIFIERS, Client.classes(Drawings.first(2)))
                            .status())
                    .isEqualTo(401);
            assertThat(stranger.get("/health").status()).isEqualTo(200);
            assertThat(new Client(guarded.address(), Map.of("Authorization", "Bearer " + token))
                            .get("/v1/learners")
                            .status())
                    .isEqualTo(200);
            assertThat(new Client(guarded.address(), Map.of("Authorization", "Bearer " + token + "x"))
                            .get("/v1/learners")
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void classifiersAreThereAfterARestart(@TempDir Path kept) {
        ServerSettings settings = ServerSettings.local().keptIn(kept);
        byte[] question = Drawings.png(1, 7);
        String path;
        String before;
        try (DeuteroServer first = DeuteroServer.start(Map.of("omniglot", omniglot), settings)) {
            Client one = new Client(first);
            path = CLASSIFIERS
                    + "/"
                    + one.post(CLASSIFIERS, Client.classes(Drawings.first(4)))
                            .json()
                            .get("id")
                            .asString();
            before = one.post(path + "/predict", Client.pictures(question)).text();
            assertThatThrownBy(() -> DeuteroServer.start(Map.of("omniglot", omniglot), settings))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("in use by another server");
        }
        try (DeuteroServer second = DeuteroServer.start(Map.of("omniglot", omniglot), settings)) {
            assertThat(new Client(second)
                            .post(path + "/predict", Client.pictures(question))
                            .text())
                    .isEqualTo(before);
        }
    }
}
