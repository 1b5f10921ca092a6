package org.deutero.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    @Test
    void helpNamesTheCommandsAndAnExample() {
        assertThat(run("--help")).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains(
                        "train",
                        "evaluate",
                        "adapt",
                        "predict",
                        "export",
                        "gradcheck",
                        "recipes",
                        "methods",
                        "data",
                        "doctor",
                        "Example");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void versionIsOneLine() {
        assertThat(run("--version")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).startsWith("deutero ").hasLineCount(1);
    }

    @Test
    void withoutACommandTheUsageIsShownAsAFault() {
        assertThat(run()).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("Usage: deutero");
    }

    @Test
    void mistypedCommandsAndOptionsGetASuggestion() {
        assertThat(run("trian")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines("deutero: deutero has no command \"trian\"; did you mean train?");
        err.getBuffer().setLength(0);
        assertThat(run("train", "sample-maml", "--reusme", "x")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("deutero train has no option \"--reusme\"; did you mean --resume?");
    }

    @Test
    void unknownRecipeIsOneSentenceAndAUsageFault() {
        assertThat(run("recipes", "sample-mamml")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines("deutero: there is no recipe \"sample-mamml\"; did you mean \"sample-maml\";"
                        + " see \"deutero recipes\", or give the path of a .yaml file");
    }

    @Test
    void recipesAreListedAndPrinted() {
        assertThat(run("recipes", "sample")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).containsPattern("sample-maml +A recipe for tests. \\(published: 98.7\\)");
        out.getBuffer().setLength(0);
        assertThat(run("recipes", "sample-maml", "--set", "seed=9")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("seed: 9");
    }

    @Test
    void doctorTellsWhatItRunsOn() {
        assertThat(run("doctor")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains(System.getProperty("java.version"), "picocli", "native cache");
    }
}
