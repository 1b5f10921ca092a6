package org.deutero.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OneShotProtocolTest {
    private static final String REST = "training: {iterations: 0}\nevaluation: {tasks: 2, examples: 0}\n";

    @TempDir
    private Path folder;

    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    private int command(String... args) {
        out = new StringWriter();
        err = new StringWriter();
        return Main.run(new PrintWriter(out), new PrintWriter(err, true), args);
    }

    private String run(String name, String recipe) throws IOException {
        Path file = Files.writeString(folder.resolve(name + ".yaml"), recipe + REST);
        String run = folder.resolve(name).toString();
        assertThat(command("train", file.toString(), "--out", run))
                .as(err.toString())
                .isZero();
        return run;
    }

    /** 79.25 ± 4.89 by NumPy on the published pictures, area-averaged to 28x28; chance is 95 %. */
    @Test
    void nearestPixelsErrInFourOfFiveTrials() throws IOException {
        String run = run("pixels", "tasks: {source: omniglot, way: 5, queries: 2}\nmethod: {name: nearest-centroid}\n");
        assertThat(command("evaluate", run, "--protocol", "omniglot-oneshot")).isZero();
        assertThat(out.toString())
                .contains("Error rate 79.3 ± 4.9 % over 20 runs", "Atlantean", "Tibetan")
                .doesNotContain("Note:");
        assertThat(out.toString().lines().filter(line -> line.contains(" of 20 ")))
                .hasSize(20);
        // In portions of another size every drawing is still labelled by itself.
        String before = out.toString();
        assertThat(command("evaluate", run, "--protocol", "omniglot-oneshot", "--set", "evaluation.shard=7"))
                .isZero();
        assertThat(out.toString()).isEqualTo(before);
    }

    @Test
    void aFixedHeadOfTwentyTakesTheTestAndLabelsByItself() throws IOException {
        String run = run(
                "twenty",
                "tasks: {source: omniglot, way: 20, queries: 2, split: lake}\nmethod: {name: anil, inner-steps: 1}\n"
                        + "network: {type: conv4, filters: 4, halving: stride}\n");
        assertThat(command("evaluate", run, "--protocol", "omniglot-oneshot"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("Note: Measured with method.query-statistics=support");
    }

    private void refused(String sentence, String... args) {
        assertThat(command(args)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).hasLineCount(1).startsWith("deutero: ").contains(sentence);
    }

    @Test
    void whatCannotTakeTheTestIsToldWhy() throws IOException {
        String five = run(
                "five",
                "tasks: {source: omniglot, way: 5, queries: 2}\nmethod: {name: maml}\n"
                        + "network: {type: conv4, filters: 4, halving: stride}\n");
        refused(
                "five was trained for 5 classes and has one output for each",
                "evaluate",
                five,
                "--protocol",
                "omniglot-oneshot");
        refused("there is no protocol \"other\"", "evaluate", five, "--protocol", "other");
        refused("--tasks has no meaning", "evaluate", five, "--protocol", "omniglot-oneshot", "--tasks", "3");
        String curves = run("curves", "tasks: {source: sinusoid, shot: 5}\nmethod: {name: maml}\n");
        refused("curves was trained on sinusoid", "evaluate", curves, "--protocol", "omniglot-oneshot");
    }
}
