package org.deutero.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code deutero gradcheck --nudging} on a quadratic problem, where theory is exact: synapses of a linear model, two weights a task. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NudgingTest {
    private static final String LINEAR =
            "method: {name: complex-synapse, lambda: 0.5, inner-optimizer: sgd, inner-rate: 0.02, inner-steps: 40}\n"
                    + "tasks: {source: sinusoid, shot: 5}\n"
                    + "network: {type: mlp, hidden: []}\n"
                    + "meta-gradient: {name: contrastive, beta: 0.01, nudged-steps: 20}\n"
                    + "training: {meta-batch: 3}\n";
    private static final String QUARTER = "a quarter (10 + 5 steps)";
    private static final String OWN = "the recipe's (40 + 20 steps)";

    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private List<List<String>> rows;

    @BeforeAll
    void scan(@TempDir Path where) throws IOException {
        folder = where;
        String recipe = Files.writeString(folder.resolve("r.yaml"), LINEAR).toString();
        int code = Main.run(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                "gradcheck",
                recipe,
                "--nudging",
                "--strengths",
                "1,1e-5,0.0003,0.0001,0.001,0.003",
                "--output",
                folder.resolve("n.html").toString());
        assertThat(code).as(err.toString()).isEqualTo(ExitCode.OK);
        rows = Files.readAllLines(folder.resolve("n.csv")).stream()
                .map(line -> List.of(line.replaceAll("\"([^\"]*),([^\"]*)\"", "$1;$2")
                        .replace("\"", "")
                        .split(",", -1)))
                .toList();
    }

    /** A number of the CSV file; NaN where it has a gap. */
    private double value(String contrast, String phases, double beta, int column) {
        String text = rows.stream()
                .skip(1)
                .filter(row -> row.get(0).equals(contrast) && row.get(1).equals(phases))
                .filter(row -> Double.parseDouble(row.get(2)) == beta)
                .findFirst()
                .orElseThrow(() -> new AssertionError(rows))
                .get(column);
        return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
    }

    private double error(String contrast, String phases, double beta) {
        return value(contrast, phases, beta, 3);
    }

    private double slope(String contrast, String phases, double from, double to) {
        return Math.log(error(contrast, phases, to) / error(contrast, phases, from)) / Math.log(to / from);
    }

    @Test
    void settledPhasesHaveTheSlopesOfTheirDifferences() {
        assertThat(slope("one sided", "settled", 1e-4, 3e-4)).isCloseTo(1, within(0.01));
        assertThat(slope("symmetric", "settled", 1e-4, 3e-4)).isCloseTo(2, within(0.01));
        assertThat(slope("forward second", "settled", 1e-4, 3e-4)).isCloseTo(2, within(0.01));
    }

    @Test
    void theExpectedBiasIsTheMeasuredOne() {
        for (String contrast : List.of("one sided", "symmetric", "forward second")) {
            assertThat(value(contrast, "settled", 3e-4, 5))
                    .as(contrast)
                    .isCloseTo(error(contrast, "settled", 3e-4), within(0.02 * error(contrast, "settled", 3e-4)));
        }
    }

    /** What the free phase has left is divided by the strength; in the symmetric difference it cancels, as both phases relax alike. */
    @Test
    void shortPhasesPayForWeakNudging() {
        for (String contrast : List.of("one sided", "forward second")) {
            assertThat(slope(contrast, QUARTER, 1e-5, 1e-4)).as(contrast).isCloseTo(-1, within(0.03));
            assertThat(slope(contrast, OWN, 1e-5, 1e-4)).as(contrast).isCloseTo(-1, within(0.03));
        }
        assertThat(slope("symmetric", OWN, 1e-5, 1e-3)).isCloseTo(0, within(0.01));
        assertThat(error("symmetric", OWN, 1e-5)).isLessThan(1).isGreaterThan(0.1);
    }

    @Test
    void whatIsExpectedBoundsWhatIsMeasured() {
        int compared = 0;
        for (List<String> row : rows.subList(1, rows.size())) {
            if (row.get(1).contains("steps") && !row.get(3).isEmpty() && Double.parseDouble(row.get(2)) < 0.01) {
                assertThat(Double.parseDouble(row.get(3)))
                        .as(row.toString())
                        .isLessThanOrEqualTo(1.001 * Double.parseDouble(row.get(4)));
                compared++;
            }
        }
        assertThat(compared).isEqualTo(3 * 3 * 5);
    }

    @Test
    void aNegativePhaseThatRunsAwayIsAGapAndASentence() throws IOException {
        assertThat(error("symmetric", OWN, 1)).isNaN();
        assertThat(error("symmetric", "settled", 1)).isNaN();
        assertThat(error("one sided", OWN, 1)).isBetween(0.01, 1.0);
        assertThat(error("one sided", "settled", 1)).isBetween(0.01, 1.0);
        assertThat(out.toString())
                .containsPattern("\\R1 +runs away +runs away +runs away +no minimum")
                .contains("! settled: for strengths from 1 on L - beta F has no minimum that the free one leads to")
                .contains("! " + OWN + ": from a strength of 1 on the negative phase runs away")
                .doesNotContain("NaN");
        assertThat(folder.resolve("n.csv")).content().doesNotContain("NaN");
    }

    @Test
    void thePageShowsAllContrastsAndOtherEstimators() {
        assertThat(folder.resolve("n.html"))
                .content()
                .contains("one sided", "symmetric", "forward second", "curve dashed", "curve dotted", "class=\"ring\"")
                .contains("T1-T2", "Neumann, 20 terms", "CG, at most 20", "Gaps", "runs away", "inner-steps: 40")
                .doesNotContain("NaN", "http://", "https://");
        assertThat(rows.get(0).get(3)).isEqualTo("error");
        assertThat(rows.get(rows.size() - 1)).hasSameSizeAs(rows.get(0));
        assertThat(err.toString()).containsPattern("(\\d+) of \\1: ").contains("The exact gradient is known");
    }
}
