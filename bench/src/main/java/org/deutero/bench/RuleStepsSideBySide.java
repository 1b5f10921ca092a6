package org.deutero.bench;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deutero.tensor.Scope;

/**
 * What a step of a learned rule costs beside one of gradient descent on the same network and batch. The rules take turns of a tenth of a second, and a ratio is of two turns of one round, so that other work on the machine falls on both;
 * printed are medians and quartiles over rounds. Times are processor times of the thread, all of the work if libtorch has no other: {@code OMP_NUM_THREADS=1 java -cp "bench/target/classes:bench/target/lib/*"
 * org.deutero.bench.RuleStepsSideBySide [ROUNDS]}.
 */
public final class RuleStepsSideBySide {
    private static final int WARM_UP = 5;
    private static final double TURN_SECONDS = 0.1;

    private RuleStepsSideBySide() {}

    /** @param descent name of the case that this one is compared with; its own for gradient descent itself */
    private record Case(String name, String descent, RuleStep step) {}

    private static List<Case> cases() {
        Map<String, Object> hidden = Map.of("type", "mlp", "hidden", List.of(64), "activation", "tanh");
        Map<String, Object> single = Map.of("type", "mlp", "hidden", List.of());
        Map<String, Object> vsml = Map.of("state", 16, "message", 8, "ticks", 2);
        return List.of(
                new Case(
                        "SGD, 196-64-10, 128 examples",
                        "SGD, 196-64-10, 128 examples",
                        new RuleStep("from-scratch", Map.of("batch", 128), hidden, 128)),
                new Case(
                        "BLUR, 196-64-10, 128 examples",
                        "SGD, 196-64-10, 128 examples",
                        new RuleStep(
                                "blur",
                                Map.of("batch", 128, "states", 2, "normalization", "neuron"),
                                Map.of("hidden", List.of(64)),
                                128)),
                new Case(
                        "SGD, 196-10, 1 example",
                        "SGD, 196-10, 1 example",
                        new RuleStep("from-scratch", Map.of("batch", 1), single, 1)),
                new Case("VSML, 196-10, 1 example", "SGD, 196-10, 1 example", new RuleStep("vsml", vsml, Map.of(), 1)),
                new Case(
                        "VSML with a backward pass, 196-10, 1 example",
                        "SGD, 196-10, 1 example",
                        new RuleStep(
                                "vsml",
                                Map.of("state", 16, "message", 8, "ticks", 2, "backward-pass", true),
                                Map.of(),
                                1)));
    }

    /**
     * Measures and prints.
     *
     * @param args the number of rounds, 40 if it is left out
     */
    public static void main(String[] args) {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 40;
        double loadBefore = load();
        try (Scope s = Scope.open()) {
            List<Case> cases = cases();
            report(cases, measure(cases, rounds), System.out);
        }
        System.out.printf("%d rounds, load of the machine %.1f before and %.1f after%n", rounds, loadBefore, load());
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    /** Microseconds a step, [case][round]. */
    private static double[][] measure(List<Case> cases, int rounds) {
        double[][] micros = new double[cases.size()][rounds];
        int[] steps = new int[cases.size()];
        Arrays.fill(steps, 1);
        for (int round = -WARM_UP; round < rounds; round++) {
            for (int i = 0; i < cases.size(); i++) {
                double each = time(cases.get(i).step(), steps[i]);
                if (round >= 0) {
                    micros[i][round] = each;
                } else {
                    steps[i] = (int) Math.max(1, Math.ceil(TURN_SECONDS * 1e6 / each));
                }
            }
        }
        return micros;
    }

    private static double time(RuleStep step, int steps) {
        long numbers = 0;
        long before = processorTime();
        for (int i = 0; i < steps; i++) {
            numbers += step.take();
        }
        double micros = (processorTime() - before) / 1e3 / steps;
        if (numbers <= 0) {
            throw new IllegalStateException("a step left no state");
        }
        return micros;
    }

    /** Nanoseconds. */
    private static long processorTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void report(List<Case> cases, double[][] micros, PrintStream out) {
        List<String> names = new ArrayList<>();
        cases.forEach(c -> names.add(c.name()));
        for (int i = 0; i < cases.size(); i++) {
            double[] descent = micros[names.indexOf(cases.get(i).descent())];
            double[] ratios = new double[descent.length];
            for (int round = 0; round < ratios.length; round++) {
                ratios[round] = micros[i][round] / descent[round];
            }
            out.printf("%-46s %s us, ratio %s%n", names.get(i), quartiles(micros[i]), quartiles(ratios));
        }
    }

    /** The median, and the quartiles in brackets. */
    private static String quartiles(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int last = sorted.length - 1;
        return String.format(
                "%8.2f [%.2f, %.2f]", sorted[last / 2], sorted[last / 4], sorted[(int) Math.ceil(0.75 * last)]);
    }
}
