package org.deutero.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleTest {
    private static final String PLANE = """
            tasks: {source: plane, support: 64, train-support: 32, queries: 20}
            network: {hidden: [4]}
            training: {iterations: 0}
            evaluation: {tasks: 6, examples: 0}
            """;
    /** The genome of back-propagation, at a rate of 0.3. */
    private static final String BACKPROPAGATION = PLANE + """
            method: {name: blur, batch: 8, genome: backprop, neuron-keep: 1, synapse-update: -0.3, activation: tanh-and-slope,
                     last-activation: identity, backward-activation: identity, backward-update: multiplicative-second-state,
                     normalization: none, symmetric-states: true, feedback: error, logit-scale: 1}
            """;

    @TempDir
    private Path folder;

    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    private int command(String... args) {
        out = new StringWriter();
        err = new StringWriter();
        return Main.run(new PrintWriter(out), new PrintWriter(err, true), args);
    }

    private String trained(String recipe) throws IOException {
        Path file = Files.writeString(folder.resolve("recipe.yaml"), recipe);
        Path run = folder.resolve("run");
        assertThat(command("train", file.toString(), "--out", run.toString()))
                .as(err.toString())
                .isZero();
        return run.toString();
    }

    private List<String> row(String start) {
        return out.toString()
                .lines()
                .filter(line -> line.startsWith(start))
                .map(line -> String.join(" ", line.split("\\s+")))
                .toList();
    }

    /** A rule that is gradient descent goes down the gradient, and races as well as SGD with its step size does. */
    @Test
    void backPropagationIsSeenToBeGradientDescent() throws IOException {
        String run = trained(BACKPROPAGATION);
        assertThat(command("rule", run, "--on", "tasks.families=[xor],network.hidden=[5]", "--tuning-tasks", "1"))
                .as(err.toString())
                .isZero();
        assertThat(row("blur ")).containsExactly("blur 1.000 1.000");
        assertThat(row("sgd ")).singleElement().asString().endsWith("1.000 1.000");
        assertThat(row("adam ").get(0)).doesNotContain("1.000 1.000");
        assertThat(row("synapse_update ")).containsExactly("synapse_update [1] -0.3000");
        assertThat(out.toString())
                .contains("tasks.families=[xor],network.hidden=[5]: accuracy after so many steps, 6 tasks");
        assertThat(err.toString()).contains("31/31").contains("left");
        Path page = Path.of(run, "rule.html");
        assertThat(page).content().contains("Learning curves", "Where steps go", "class=\"genome\"", "synapse_keep");
        List<String> values = Files.readAllLines(Path.of(run, "rule.csv"));
        // Before the first of 8 steps and after each, for the rule and three optimisers.
        assertThat(values).filteredOn(line -> line.startsWith("\"accuracy on")).hasSize(4 * 9);
        assertThat(values)
                .filteredOn(line -> line.startsWith("\"cosine\",\"blur\""))
                .hasSize(8);
    }

    @Test
    void whatHasNoGradientIsShownAllTheSame() throws IOException {
        String run = trained("""
                tasks: {source: bernoulli-bandit, arms: 3, rounds: 5, train-arms: [2], train-rounds: 5}
                method: {name: symla, state: 4, message: 2}
                training: {iterations: 0}
                evaluation: {tasks: 4, by-steps: false}
                """);
        assertThat(command("rule", run)).as(err.toString()).isZero();
        assertThat(out.toString()).contains("no races run").contains("gene");
        assertThat(Path.of(run, "rule.html")).content().contains("Not measured").doesNotContain("Where steps go");
    }

    private static final String OPTIMIZER = """
            description: bowls only
            tasks: {source: quadratics, dimensions: 3, steps: 20}
            method: {name: mlp-optimizer, hidden: [4], step-scale: 0.0001}
            meta-gradient: {name: truncated-bptt, window: 5}
            training: {iterations: 1, meta-batch: 2, validate-every: 0}
            evaluation: {tasks: 6, by-steps: false, examples: 0}
            """;

    /** One that hardly moves loses against tuned optimisers and tells so, be it raced as a run or as a file, on bowls or on a network. */
    @Test
    void anOptimiserRacesInStepsAndInTime() throws IOException {
        String run = trained(OPTIMIZER);
        assertThat(command("rule", run, "--tuning-tasks", "2"))
                .as(err.toString())
                .isZero();
        assertThat(row("sgd 0.01 "))
                .singleElement()
                .asString()
                .startsWith("sgd 0.01 -")
                .contains("(0/6)");
        assertThat(out.toString())
                .contains("quadratics: loss before each step, 6 problems", "Processor time of a step")
                .containsPattern("Loses against adam 0.3: in steps [0-9, -]+-19;\\s+at\\s+the\\s+end\\s+by");
        assertThat(Path.of(run, "rule.html"))
                .content()
                .contains("Who wins, and where it loses", "by processor time", "Loses against");
        // 20 steps are 13 stretches: the first eight by themselves, then 2, 2, 3, 3 and 2.
        assertThat(Files.readAllLines(Path.of(run, "rule.csv")))
                .filteredOn(line -> line.startsWith("\"loss on quadratics\",\"mlp-optimizer\""))
                .hasSize(13);

        String file = Path.of(run, "learner.dtr").toString();
        assertThat(command("rule", file)).as(err.toString()).isZero();
        assertThat(out.toString()).contains("90 meta-learned numbers, made by mlp-optimizer. bowls only");
        String fit = "tasks={source: sinusoid, shot: 4, problem: {hidden: [3], steps: 3}}";
        assertThat(command("rule", file, "--on", fit, "--tasks", "2", "--tuning-tasks", "1"))
                .as(err.toString())
                .isZero();
        assertThat(Path.of(run, "rule.html")).content().contains("bowls only", "Loses against");
        refused("an optimiser trains problems", "rule", file, "--on", "sinusoid-10shot-maml-small");
        refused("there is no run folder", "rule", folder.resolve("none.dtr").toString());
    }

    @Test
    void dataThatDoNotSuitTheRuleAreRefused() throws IOException {
        String run = trained(BACKPROPAGATION);
        refused("does not fit", "rule", run, "--on", "method.states=3");
        refused("there is no recipe", "rule", run, "--on", "fashion");
        refused("multiple of method.batch", "rule", run, "--on", "tasks.support=63");
        refused(
                "there is no folder",
                "rule",
                run,
                "--out",
                folder.resolve("none/page.html").toString());
        refused("--steps must be at least 0", "rule", run, "--steps", "-1");
        refused("there is no run folder", "rule", folder.resolve("nowhere").toString());
        refused("method.inner-ratee", "rule", run, "--baseline", "method.inner-ratee=3");
    }

    private void refused(String reason, String... args) {
        assertThat(command(args)).as(err.toString()).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).hasLineCount(1).startsWith("deutero: ").contains(reason);
    }
}
