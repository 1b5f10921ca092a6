package org.deutero.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deutero.experiment.report.Headline;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CompareTest {
    private static final String OMNIGLOT = "tasks: {source: omniglot, way: 3, queries: 2}\n"
            + "training: {iterations: 0}\n"
            + "evaluation: {tasks: 8, examples: 0}\n";
    private static final String CENTROID = OMNIGLOT + "method: {name: nearest-centroid}\n";
    private static final String MAML =
            OMNIGLOT + "method: {name: maml}\nnetwork: {type: conv4, filters: 4, halving: stride}\n";
    private static final String SINUSOID = "tasks: {source: sinusoid, shot: 5, queries: 10}\n"
            + "method: {name: maml, evaluation-steps: 2}\n"
            + "training: {iterations: 2, meta-batch: 2, validate-every: 0}\n"
            + "evaluation: {tasks: 6, examples: 0}\n";

    @TempDir
    private Path folder;

    private Path page;
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @BeforeEach
    void choosePage() {
        page = folder.resolve("page.html");
    }

    private int command(String... args) {
        out = new StringWriter();
        err = new StringWriter();
        return Main.run(new PrintWriter(out), new PrintWriter(err, true), args);
    }

    /** Meta-learned or not: an inner rate of a thousand leads every task beyond what a float can hold. */
    @Test
    void aRunThatDivergedIsNoTie() throws IOException {
        String good = run("good", SINUSOID, "training.iterations=0");
        Path file = Files.writeString(folder.resolve("bad.yaml"), SINUSOID);
        String bad = folder.resolve("bad").toString();
        String[] train = {
            "train", file.toString(), "--out", bad, "--set", "training.iterations=0", "--set", "method.inner-rate=1e20"
        };
        assertThat(command(train)).isEqualTo(ExitCode.FAILURE);
        assertThat(out.toString()).contains("Test mean squared error: none, all 6 test tasks diverged");
        assertThat(command("evaluate", bad)).isEqualTo(ExitCode.FAILURE);
        assertThat(err.toString())
                .startsWith("deutero: all 6 test tasks diverged: the mean squared error is not finite");
        assertThat(Files.readString(Path.of(bad, "report.html"))).contains("6 of 6", "test tasks diverged");
        assertThat(command("compare", bad, good, "--curve-tasks", "0", "--out", page.toString()))
                .isZero();
        assertThat(out.toString())
                .contains("(6 diverged)")
                .contains("good is better than bad: bad diverged on 6 of 6 tasks, good on 0 of the same 6");
        assertThat(command("compare", bad, good, "--curve-tasks", "0", "--json", "--out", page.toString()))
                .isZero();
        JsonNode pair =
                new JsonMapper().readTree(out.toString()).get("differences").get(0);
        assertThat(pair.get("told").asBoolean()).isTrue();
        assertThat(pair.get("first-diverged").asInt()).isEqualTo(6);
    }

    /** Logits that are no numbers have a largest one too, the first: counted as answers they would be as good as chance. */
    @Test
    void answersThatAreNoNumbersAreNotCountedAsAnswers() throws IOException {
        Path file = Files.writeString(folder.resolve("lost.yaml"), MAML);
        assertThat(command(
                        "train",
                        file.toString(),
                        "--out",
                        folder.resolve("lost").toString(),
                        "--set",
                        "method.inner-rate=1e30"))
                .isEqualTo(ExitCode.FAILURE);
        assertThat(out.toString()).contains("Test accuracy: none, all 8 test tasks diverged");
    }

    private String run(String name, String recipe, String... overrides) throws IOException {
        Path file = Files.writeString(folder.resolve(name + ".yaml"), recipe);
        Path run = folder.resolve(name);
        List<String> args = new ArrayList<>(List.of("train", file.toString(), "--out", run.toString()));
        for (String override : overrides) {
            args.addAll(List.of("--set", override));
        }
        assertThat(command(args.toArray(new String[0]))).as(err.toString()).isZero();
        return run.toString();
    }

    private JsonNode compare(String... runs) {
        List<String> args = new ArrayList<>(List.of("compare", "--json", "--out", page.toString()));
        args.addAll(List.of(runs));
        assertThat(command(args.toArray(new String[0]))).as(err.toString()).isZero();
        return JsonMapper.shared().readTree(out.toString());
    }

    private void refused(String... args) {
        assertThat(command(args)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).hasLineCount(1).startsWith("deutero: ").doesNotContain("unexpected", "Exception");
    }

    @Test
    void classifiersAreComparedOnTheSameTasks() throws IOException {
        String centroid = run("centroid", CENTROID);
        String maml = run("maml", MAML, "seed=2");
        JsonNode json = compare(centroid, maml, "--curve-tasks", "2");
        JsonNode first = json.path("runs").path(0);
        JsonNode second = json.path("runs").path(1);
        // Its own figure: the comparison has not changed the first run's tasks.
        assertThat(command("evaluate", centroid, "--set", "evaluation.by-steps=false"))
                .isZero();
        assertThat(out.toString())
                .contains(Headline.metric(
                        "accuracy",
                        first.path("metric").asDouble(),
                        first.path("interval").asDouble()));
        JsonNode difference = json.path("differences").path(0);
        assertThat(difference.path("paired").asBoolean()).isTrue();
        assertThat(difference.path("difference").asDouble())
                .isCloseTo(
                        first.path("metric").asDouble() - second.path("metric").asDouble(), within(1e-12));
        // Of 20 drawings 10 are left for queries, so the two that the recipe has fit to ten shots.
        assertThat(first.path("by-shot").valueStream().map(at -> at.path("shot").asInt()))
                .containsExactly(1, 2, 3, 5, 7, 10);
        assertThat(first.path("by-way").valueStream().map(at -> at.path("way").asInt()))
                .containsExactly(2, 3, 5, 10, 20);
        assertThat(second.path("by-way")).isEmpty();
        assertThat(json.path("notes").toString()).contains("maml has one output a class");
        assertThat(first.path("confusions")).isNotEmpty();
        assertThat(first.path("worst-tasks")).hasSize(8);
        assertThat(page)
                .content()
                .contains(
                        "Most confused classes: maml",
                        "Worst tasks: centroid",
                        "data:image/png",
                        difference.path("verdict").asString());
        assertThat(page).content().doesNotContain("http://", "https://");
    }

    @Test
    void aRunEqualsItself() throws IOException {
        String centroid = run("centroid", CENTROID);
        JsonNode difference = compare(centroid, centroid, "--curve-tasks", "0")
                .path("differences")
                .path(0);
        assertThat(difference.path("difference").asDouble(-1)).isZero();
        assertThat(difference.path("interval").asDouble(-1)).isZero();
        assertThat(difference.path("told").asBoolean(true)).isFalse();
    }

    @Test
    void otherFormsGiveWayToTheFirstRuns() throws IOException {
        String three = run("three", CENTROID);
        String five = run("five", CENTROID, "tasks.way=5", "tasks.shot=2", "tasks.queries=4");
        JsonNode json = compare(three, five, "--curve-tasks", "0");
        assertThat(json.path("setting").asString()).isEqualTo("omniglot, 3-way 1-shot, 2 queries a class");
        assertThat(json.path("differences").path(0).path("verdict").asString())
                .isEqualTo("three and five do equally well on every task (over the same 8 tasks).");
        assertThat(compare(three, five, "--curve-tasks", "0", "--set", "tasks.shot=4")
                        .path("setting")
                        .asString())
                .contains("3-way 4-shot");
    }

    @Test
    void differentTaskSourcesAreComparedUnpaired() throws IOException {
        String vinyals = run("vinyals", CENTROID);
        String lake = run("lake", CENTROID, "tasks.split=lake");
        JsonNode json = compare(vinyals, lake, "--curve-tasks", "0");
        assertThat(json.path("differences").path(0).path("paired").asBoolean(true))
                .isFalse();
        assertThat(json.path("notes").path(0).asString())
                .isEqualTo("vinyals and lake are measured on different tasks (tasks.split is vinyals and lake), so that"
                        + " their difference is unpaired.");
    }

    @Test
    void regressionsAreComparedByTheirError() throws IOException {
        String one = run("one", SINUSOID);
        String two = run("two", SINUSOID, "seed=2", "method.inner-rate=0.02");
        assertThat(command("compare", one, two, "--out", page.toString(), "--curve-tasks", "2"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .contains("6 test tasks: sinusoid, 5-shot, 10 queries", "mean squared error", "Report: ");
        assertThat(page).content().contains("Worst tasks: two", "2 steps");
    }

    @Test
    void mistakesAreOneSentence() throws IOException {
        String three = run("three", CENTROID);
        String maml = run("maml", MAML);
        refused("compare", three, folder.toString(), "--out", page.toString());
        assertThat(err.toString()).contains(folder + " is not the folder of a run: it holds no recipe.yaml");
        refused("compare", three, folder.resolve("none").toString(), "--out", page.toString());
        assertThat(err.toString()).contains("there is no run folder");
        refused("compare", three, "--out", page.toString());
        refused("compare", three, maml, "--set", "tasks.way=5", "--out", page.toString());
        assertThat(err.toString()).contains("maml cannot be measured on 5-way tasks, since its network has one output");
        refused("compare", three, run("curves", SINUSOID), "--out", page.toString());
        assertThat(err.toString()).contains("three is measured by its accuracy and curves by its mse");
        refused("compare", three, three, "--out", folder.resolve("no/page.html").toString());
        assertThat(page).doesNotExist();
    }
}
