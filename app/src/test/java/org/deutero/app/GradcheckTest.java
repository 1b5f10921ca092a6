package org.deutero.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code deutero gradcheck} tells exact estimators from others, and what they cost. */
class GradcheckTest {
    private static final String SINUSOIDS = "method: {name: maml, inner-rate: 0.05, inner-steps: 4}\n"
            + "tasks: {source: sinusoid, shot: 5}\n"
            + "network: {type: mlp, hidden: [8, 8], activation: tanh}\n"
            + "training: {meta-batch: 3}\n";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String recipe;

    @BeforeEach
    void writeRecipe() throws IOException {
        recipe = Files.writeString(folder.resolve("r.yaml"), SINUSOIDS).toString();
    }

    private int check(String... arguments) {
        List<String> all = new ArrayList<>(List.of("gradcheck", recipe));
        all.addAll(List.of(arguments));
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(new String[0]));
    }

    /** The cells of an estimator's row: label, error, cosine, slopes. */
    private List<String> row(String label) {
        return out.toString()
                .lines()
                .filter(line -> line.startsWith(label + " "))
                .map(line -> List.of(line.split(" {2,}")))
                .filter(cells -> cells.size() == 6)
                .findFirst()
                .orElseThrow(() -> new AssertionError(out + "\n" + err));
    }

    private double error(String label) {
        return Double.parseDouble(row(label).get(1));
    }

    private double slopes(String label) {
        return Double.parseDouble(row(label).get(3));
    }

    @Test
    void exactEstimatorsAgreeAndOthersDoNot() {
        assertThat(check()).isEqualTo(ExitCode.OK);
        assertThat(row("unroll").get(0)).isEqualTo("unroll *");
        for (String exact : List.of("unroll", "sweep", "sweep-sqrt", "mixed-mode")) {
            assertThat(error(exact)).as(exact).isLessThan(1e-12);
            assertThat(slopes(exact)).as(exact).isLessThan(1e-6);
        }
        assertThat(error("finite-difference")).isBetween(1e-14, 1e-6);
        for (String biased : List.of("first-order", "identity")) {
            assertThat(error(biased)).as(biased).isGreaterThan(1e-2);
            assertThat(slopes(biased)).as(biased).isGreaterThan(1e-3);
            assertThat(Double.parseDouble(row(biased).get(2))).as(biased).isBetween(0.3, 1.0);
        }
        assertThat(out.toString())
                .contains("97 meta-parameters, 97 fast numbers a task; 3 tasks")
                .containsPattern("truncated +\\S.* last 2 of 4 steps")
                .containsPattern("verdict +exact")
                .contains("* unroll", "cost ");
        assertThat(err.toString()).containsPattern("(\\d+) of \\1: ");
    }

    @Test
    void aBiasedEstimatorIsCalledThat() {
        assertThat(check("--set", "meta-gradient.name=first-order", "--only", "--tolerance", "1e-9"))
                .as("the gate is for estimators that should be exact")
                .isEqualTo(ExitCode.OK);
        assertThat(row("first-order").get(0)).isEqualTo("first-order *");
        assertThat(out.toString())
                .containsPattern("verdict +biased: cosine 0\\.\\d+ with the exact gradient")
                .doesNotContain("identity");
    }

    @Test
    void anEstimatorThatIsNotInTheListIsARowOfItsOwn() {
        assertThat(check("--set", "meta-gradient.name=reptile", "--estimators", "unroll"))
                .isEqualTo(ExitCode.OK);
        assertThat(error("reptile")).isGreaterThan(1e-2);
        assertThat(error("unroll")).isLessThan(1e-12);
    }

    @Test
    void whatHasNoGradientIsRefused() {
        assertThat(check("--set", "meta-gradient.name=cma-es")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .contains("deutero: meta-gradient cma-es moves the meta-parameters by itself and estimates no gradient,"
                        + " so there is nothing to check");
        assertThat(err.toString().strip().lines()).hasSize(1);
    }

    @Test
    void onePopulationForAllTasksIsAnEstimatorToo() {
        assertThat(check(
                        "--set",
                        "meta-gradient.name=openai-es",
                        "--set",
                        "meta-gradient.pairs=300",
                        "--estimators",
                        "es"))
                .isEqualTo(ExitCode.OK);
        assertThat(Double.parseDouble(row("openai-es *").get(2))).isGreaterThan(0.6);
    }

    @Test
    void float32ShowsItsRoundingAndTheGateSeesIt() {
        assertThat(check("--float32", "--only", "--tolerance", "1e-3")).isEqualTo(ExitCode.OK);
        assertThat(error("unroll")).isBetween(1e-9, 1e-4);
        assertThat(error("sweep")).isBetween(1e-9, 1e-4);
        err.getBuffer().setLength(0);
        assertThat(check("--float32", "--only", "--tolerance", "1e-10")).isEqualTo(ExitCode.FAILURE);
        assertThat(err.toString()).contains("deutero: meta-gradient unroll should be exact, but its error is");
    }

    @Test
    void learnersThatDoNotDescendHaveFewerEstimators() throws IOException {
        recipe = Files.writeString(
                        folder.resolve("p.yaml"),
                        "method: {name: protonet}\ntasks: {queries: 1, way: 2}\nnetwork: {filters: 2}\n")
                .toString();
        assertThat(check("--tasks", "1", "--directions", "2")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).containsPattern("mixed-mode +it needs a learner that follows the gradient");
        assertThat(error("unroll")).isLessThan(1e-12);
    }

    @Test
    void strengthsOfNudgingNeedAnInnerLoss() throws IOException {
        recipe = Files.writeString(
                        folder.resolve("p.yaml"),
                        "method: {name: protonet}\ntasks: {queries: 1, way: 2}\nnetwork: {filters: 2}\n")
                .toString();
        assertThat(check("--nudging")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).hasLineCount(1).contains("a learner that follows the gradient of an inner loss");
    }

    @Test
    void whatAimsAtTheMinimumIsNotBlamedForTheFiniteLoop() throws IOException {
        recipe = Files.writeString(
                        folder.resolve("s.yaml"),
                        SINUSOIDS.replace("maml", "complex-synapse, inner-optimizer: sgd, lambda: 0.1"))
                .toString();
        assertThat(check("--estimators", "sweep,t1-t2")).isEqualTo(ExitCode.OK);
        assertThat(row("contrastive *").get(0)).isEqualTo("contrastive *");
        assertThat(error("t1-t2")).isGreaterThan(1e-2);
        assertThat(out.toString().replaceAll("\\s+", " "))
                .contains(
                        "aims at the gradient at a minimum of the inner loss",
                        "another quantity unless the loop settles")
                .contains("N = 2 nudged phases of K = 50 steps", "biased by the strength squared");
    }

    @Test
    void stepsMeasureTimeAndMemory() throws IOException {
        Path page = folder.resolve("scaling.html");
        assertThat(check("--steps", "4,1", "--estimators", "unroll,sweep", "--output", page.toString()))
                .isEqualTo(ExitCode.OK);
        assertThat(page)
                .content()
                .contains("<svg", "peak memory (MiB)", "time (s)", "unroll", "sweep", "inner-steps: 1")
                .doesNotContain("http://", "https://");
        List<String> values = Files.readAllLines(folder.resolve("scaling.csv"));
        assertThat(values.get(0)).isEqualTo("estimator,steps,seconds,peak_bytes");
        assertThat(values.stream().skip(1).map(line -> line.replaceAll("(?<=\\d),.*", "")))
                .containsExactly("unroll,1", "sweep,1", "unroll,4", "sweep,4");
        assertThat(out.toString()).containsPattern("4 +sweep +[\\d.]+ m?s +").contains("scaling.csv");
        assertThat(err.toString()).contains("4 of 4: sweep, T = 4");
    }

    @Test
    void anEstimatorThatTakesLongIsNotRunFurther() {
        assertThat(check("--steps", "1,2,3", "--estimators", "sweep", "--limit", "0"))
                .isEqualTo(ExitCode.OK);
        assertThat(err.toString()).contains("sweep is not run further: T = 1 took");
        assertThat(out.toString()).containsPattern("1 +sweep").doesNotContainPattern("2 +sweep");
    }

    @ParameterizedTest
    @CsvSource({
        "--tasks 0, --tasks must be at least 1",
        "--directions 0, --directions must be at least 1",
        "--tolerance -1, --tolerance must be above 0",
        "--estimators unrol, did you mean \"unroll\"",
        "--only --estimators unroll, exclude each other",
        "--output a.html, --output goes with --steps or --nudging only",
        "--strengths 1, --strengths goes with --nudging only",
        "--nudging --steps 1, alone",
        "--nudging --only, alone",
        "--nudging --strengths 1;2;1, at least three different ones",
        "--nudging --strengths 1;2;0, positive numbers",
        "--nudging --strengths 1;2;x, is not a double",
        "--nudging --output a.pdf, ends in .html",
        "--nudging, act only through the initial state",
        "--limit 3, --limit goes with --steps only",
        "--steps 0, --steps must be at least 1",
        "--steps x, is not an int",
        "--steps 1 --only, --steps measures cost alone",
        "--steps 1 --output a.pdf, ends in .html",
        "--steps 1 --output nowhere/a.html, there is no",
        "--steps 1 --set method.name=protonet, tasks are a regression",
        "--set meta-gradient.name=unrol, unroll",
    })
    void badArgumentsAreOneSentence(String arguments, String sentence) {
        assertThat(check(arguments.replace(';', ',').split(" "))).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).hasLineCount(1).startsWith("deutero: ").contains(sentence);
    }

    @Test
    void needsARecipe() {
        assertThat(Main.run(new PrintWriter(out), new PrintWriter(err, true), "gradcheck"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).hasLineCount(1).contains("gradcheck needs a recipe");
    }

    @Test
    void helpHasAnExample() {
        assertThat(Main.run(new PrintWriter(out, true), new PrintWriter(err), "gradcheck", "--help"))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("Examples:", "deutero gradcheck", "meta-parameters");
    }
}
