package org.deutero.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.deutero.app.command.ReproduceCommand;
import org.deutero.app.reproduce.Gate;
import org.deutero.app.reproduce.Reproduction;
import org.deutero.app.reproduce.Reproductions;
import org.deutero.app.reproduce.StructureGate;
import org.deutero.app.reproduce.Verdict;
import org.deutero.experiment.Experiment;
import org.deutero.experiment.metrics.MetricRow;
import org.deutero.experiment.recipe.RecipeFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReproduceTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    static Stream<Reproduction> experiments() {
        return Reproductions.all().stream();
    }

    /** Whatever is on record can be run: the recipe exists and takes the overrides. */
    @ParameterizedTest
    @MethodSource("experiments")
    void recipesResolve(Reproduction r) {
        assertThat(r.seeds()).isNotEmpty();
        assertThat(r.measured()).isNotBlank().doesNotContain("@");
        Experiment.of(RecipeFile.load(r.recipe(), r.overrides()));
    }

    @Test
    void listsWhatThereIs() {
        assertThat(run("reproduce")).isZero();
        assertThat(out.toString())
                .containsPattern("sinusoid-maml +1 +at most 0.3 after 5 steps +0.497 after 1 step")
                .containsPattern("omniglot-maml +2 +at least 88 % +90.11")
                .containsPattern("gpicl-phases +10 +all of memorise, identify, learn")
                .containsPattern("gpicl-state-size +25 +LSTM < outer product < transformer");
    }

    @Test
    void anUnknownNameIsOneSentence() {
        assertThat(run("reproduce", "sinusoid-mam")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .hasLineCount(1)
                .contains("there is no experiment \"sinusoid-mam\"")
                .contains("sinusoid-maml");
    }

    @Test
    void gatesSeeTheFigureTheyAreAbout() {
        MetricRow.Test result = new MetricRow.Test(
                9, "mse", 0.5, 0.1, List.of(new MetricRow.ByStep(0, 2, 0.1), new MetricRow.ByStep(5, 0.2, 0.05)));
        Gate atFive = new Gate(5, false, 0.3);
        assertThat(atFive.figure(result).metric()).isEqualTo(0.2);
        assertThat(atFive.holds(0.2)).isTrue();
        assertThat(atFive.holds(0.31)).isFalse();
        assertThat(atFive.holds(Double.NaN)).isFalse();
        Gate atEnd = new Gate(-1, true, 0.88);
        assertThat(atEnd.figure(result).metric()).isEqualTo(0.5);
        assertThat(atEnd.holds(0.9)).isTrue();
        assertThat(atEnd.holds(Double.NaN)).isFalse();
        assertThat(atEnd.holds(Double.POSITIVE_INFINITY)).isFalse();
        MetricRow.Test partly =
                new MetricRow.Test(9, "mse", 0.5, 0.1, 2, List.of(new MetricRow.ByStep(5, 0.2, 0.05, 3)), List.of());
        assertThat(atEnd.figure(partly).diverged()).isEqualTo(2);
        assertThat(atFive.figure(partly).diverged()).isEqualTo(3);
        assertThatThrownBy(() -> new Gate(3, true, 0).figure(result)).hasMessageContaining("after step 3");
        MetricRow.Test kinds =
                new MetricRow.Test(8, "mse", 0.5, 0.1, List.of(), List.of(new MetricRow.Part("delta 0.5", 0.2, 0.01)));
        assertThat(new Gate(-1, "delta 0.5", false, 0.3).figure(kinds).metric()).isEqualTo(0.2);
        MetricRow.Test several = new MetricRow.Test(
                8,
                "nll",
                0.5,
                0.1,
                List.of(),
                List.of(
                        new MetricRow.Part("3 points", "nll", 1.2, 0.01),
                        new MetricRow.Part("3 points", "mse", 0.6, 0.01)));
        assertThat(new Gate(-1, "3 points", false, 2).figure(several).metric()).isEqualTo(1.2);
        assertThat(new Gate(-1, "3 points", "mse", false, 2).figure(several).metric())
                .isEqualTo(0.6);
        assertThatThrownBy(() -> new Gate(-1, "delta 0.7", false, 0.3).figure(kinds))
                .hasMessageContaining("delta 0.7");
    }

    @Test
    void theLastLookAtTheStructureCounts() {
        StructureGate gate = new StructureGate("gates-closed", 0.25);
        List<MetricRow> rows = List.of(
                new MetricRow.Structure(24, Map.of("gates-closed", 0.9)),
                new MetricRow.Structure(24, Map.of("gates-closed", 0.2)));
        assertThat(gate.figure(rows)).isEqualTo(0.2);
        assertThat(gate.holds(0.2)).isFalse();
        assertThat(gate.holds(0.25)).isTrue();
        assertThat(gate.holds(Double.NaN)).isFalse();
        assertThat(gate.words()).isEqualTo("at least 25.0 % gates-closed");
        assertThatThrownBy(() -> gate.figure(List.of())).hasMessageContaining("does not tell its structure");
    }

    /** No gate is judged on one seed, or on two. */
    @ParameterizedTest
    @MethodSource("experiments")
    void gatesAreJudgedOnThreeSeeds(Reproduction r) {
        assertThat(r.judged()).startsWith(r.seeds().toArray(Integer[]::new)).doesNotHaveDuplicates();
        assertThat(r.judged().size())
                .isGreaterThanOrEqualTo(r.gates().isEmpty() && r.structure().isEmpty() ? 1 : Verdict.ENOUGH);
    }

    private static String words(List<Integer> seeds, int diverged, Double... figures) {
        Verdict verdict = new Verdict(seeds, List.of(figures), new Gate(5, false, 0.3)::holds, diverged);
        assertThat(verdict.missed())
                .isEqualTo(verdict.words(String::valueOf, "").startsWith("MISSED"));
        return verdict.words(figure -> String.format(Locale.ROOT, "%.2f", figure), "at most 0.3");
    }

    /** 4.303 times the deviation of the mean, sqrt(0.01 / 3) here. */
    @Test
    void noSeedHidesBehindTheMean() {
        assertThat(words(List.of(1, 2, 3), 0, 0.1, 0.2, 0.3))
                .isEqualTo("Reached: the mean over seeds is 0.20 ± 0.25 (95 % over seeds), demanded is at most 0.3");
        assertThat(words(List.of(4, 2, 3), 0, 0.1, 0.4, 0.3))
                .startsWith("Reached: the mean over seeds is 0.27")
                .endsWith("demanded is at most 0.3; seed 2 by itself misses it with 0.40");
        assertThat(words(List.of(1, 2, 3), 0, 0.1, Double.NaN, 0.1))
                .startsWith("MISSED")
                .contains("seed 2 by itself misses it");
        assertThat(words(List.of(1, 2, 3), 2, 0.1, 0.1, 0.1))
                .startsWith("MISSED")
                .contains("leaving out 2");
    }

    @Test
    void fewSeedsCanMissAGateButNotReachIt() {
        assertThat(words(List.of(7), 0, 0.1))
                .isEqualTo("Not judged: the mean over seeds is 0.10, demanded is at most 0.3; a gate is reached by the"
                        + " mean of three seeds or more");
        assertThat(words(List.of(7, 8), 0, 0.1, 0.2)).startsWith("Not judged");
        assertThat(words(List.of(7), 0, 0.4)).startsWith("MISSED");
        assertThatThrownBy(() -> words(List.of(7), 0)).isInstanceOf(IllegalArgumentException.class);
    }

    /** The shortest experiment, cut to nothing, through the whole command: the gate is missed, and the exit code says so. */
    @Test
    void aMissedGateIsAFailure() {
        Reproduction maml = Reproductions.named("sinusoid-maml").orElseThrow();
        Reproduction cut = new Reproduction(
                maml.name(),
                maml.recipe(),
                List.of("training.iterations=2", "training.validate-every=0", "evaluation.tasks=8"),
                List.of(1),
                0,
                "",
                "nothing",
                maml.gates(),
                Optional.empty());
        assertThat(ReproduceCommand.run(cut, List.of(7), folder, new PrintWriter(out, true)))
                .isEqualTo(ExitCode.FAILURE);
        assertThat(out.toString())
                .contains(
                        "Seed 7: mean squared error",
                        "MISSED: the mean over seeds is",
                        "demanded is at most 0.3 after 5 steps");
        assertThat(folder.resolve("seed7").resolve("report.html")).exists();
    }
}
