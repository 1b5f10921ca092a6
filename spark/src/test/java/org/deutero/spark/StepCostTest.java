package org.deutero.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The model against a simulation that knows none of its formulas, up to a thousand executors. */
class StepCostTest {
    /** A gigabit of bytes in ten: 10 Gbit/s; half a millisecond between machines. */
    private static final double BANDWIDTH = 1.25e9;

    /** Shards of a second of Conv-4: 113 kB of meta-parameters and twice that of Adam's moments down, a gradient up. */
    private static final StepCost CONV4 = new StepCost(0.02, 0.0005, 1, 0.1, 0.0005, BANDWIDTH, 1.3e6, 4.5e5);

    /** Shards of 20 ms of a small perceptron. */
    private static final StepCost SINUSOID = new StepCost(0.02, 0.0005, 0.02, 0.002, 0.0005, BANDWIDTH, 2.2e4, 7.6e3);

    /** Portions of a population that takes ten seconds a candidate; a few figures come back. */
    private static final StepCost POPULATION = new StepCost(0.02, 0.0005, 10, 2, 0.0005, BANDWIDTH, 1e6, 400);

    /** Ten million meta-parameters, with Adam's moments down, a gradient up. */
    private static final StepCost LARGE = new StepCost(0.02, 0.0005, 1, 0.1, 0.0005, BANDWIDTH, 1.2e8, 4e7);

    private static final int[] EXECUTORS = {1, 2, 10, 30, 100, 300, 1000};

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 16, 64, 256, 1000})
    void theModelIsTheSimulation(int executors) {
        for (StepCost cost : List.of(CONV4, SINUSOID, POPULATION, LARGE)) {
            for (int waves : List.of(1, 4)) {
                int tasks = executors * waves;
                double simulated = new StepSimulation(cost, new SplittableRandom(1)).mean(tasks, executors, 20);
                assertThat(cost.step(tasks, executors) / simulated)
                        .as("%d tasks of %.2f s on %d executors", tasks, cost.work(), executors)
                        .isCloseTo(1, within(0.2));
            }
        }
    }

    @Test
    void broadcastDoubles() {
        StepCost cost = new StepCost(0, 0, 1, 0, 0, 1, 1, 0);
        assertThat(cost.broadcast(1)).isEqualTo(1);
        assertThat(cost.broadcast(3)).isEqualTo(2);
        assertThat(cost.broadcast(1000)).isEqualTo(10);
        assertThat(new StepSimulation(cost, new SplittableRandom(1)).step(7, 7)).isEqualTo(3 + 1);
    }

    /** The tables of the page are the model's. */
    @Test
    void thePageSaysWhatTheModelSays() throws IOException {
        String page = Files.readString(Path.of(System.getProperty("deutero.root"), "docs", "CLUSTER.md"));
        for (String line : lines()) {
            assertThat(page).contains(line);
        }
    }

    private static List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (int n : EXECUTORS) {
            lines.add(String.format(
                    Locale.ROOT,
                    "| %d | %s | %s | %s | %s |",
                    n,
                    cell(SINUSOID, n),
                    cell(CONV4, n),
                    cell(POPULATION, n),
                    String.format(Locale.ROOT, "%.2f", POPULATION.step(n, n) / POPULATION.asynchronous(n, n))));
        }
        for (int n : new int[] {10, 30, 300, 1000}) {
            lines.add(
                    String.format(Locale.ROOT, "| %d | %.2f s | %.2f s |", n, LARGE.step(n, n), LARGE.treeStep(n, n)));
        }
        return lines;
    }

    private static String cell(StepCost cost, int n) {
        return String.format(Locale.ROOT, "%.3g s, %.0f %%", cost.step(n, n), 100 * cost.efficiency(n, n));
    }

    /** Prints the tables for the page. */
    public static void main(String[] arguments) {
        lines().forEach(System.out::println);
    }
}
