package org.deutero.bench;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.deutero.options.Options;
import org.deutero.tasks.source.TaskSources;
import org.deutero.tasks.source.WorldSettings;
import org.deutero.tasks.world.Actions;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;

/**
 * Steps a second of worlds, many lives at once beside a loop over lives one at a time: what is seen is read and random actions are done, episodes begin again. The two take turns; printed is the best of several, by the processor time of the thread: {@code OMP_NUM_THREADS=1 java -cp
 * "bench/target/classes:bench/target/lib/*" org.deutero.bench.WorldStepsSideBySide [LIVES] [ROUNDS]}.
 */
public final class WorldStepsSideBySide {
    private static final double TURN_SECONDS = 0.5;
    private static final int CHECK_EVERY = 20;

    private WorldStepsSideBySide() {}

    /**
     * Measures and prints.
     *
     * @param args lives at once, 256 if left out, and the number of rounds, 5
     */
    public static void main(String[] args) {
        int lives = args.length > 0 ? Integer.parseInt(args[0]) : 256;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        Map<String, Map<String, Object>> sources = new LinkedHashMap<>();
        sources.put("cart-pole", Map.of("horizon", 500, "polarity", "normal", "copies", 1));
        for (String name :
                new String[] {"pendulum", "mountain-car", "acrobot", "point-navigation", "random-mdp", "cheetah-forward"
                }) {
            sources.put(name, Map.of());
        }
        System.out.printf("%-18s %14s %14s%n", "steps a second", lives + " at once", "one by one");
        sources.forEach((name, keys) -> {
            double[] best = new double[2];
            for (int round = 0; round < rounds; round++) {
                best[0] = Math.max(best[0], stepsPerSecond(name, keys, lives));
                best[1] = Math.max(best[1], stepsPerSecond(name, keys, 1));
            }
            System.out.printf("%-18s %14.0f %14.0f%n", name, best[0], best[1]);
        });
    }

    private static Worlds worlds(String name, Map<String, Object> keys, int lives) {
        Map<String, Object> section = new LinkedHashMap<>(keys);
        section.put("source", name);
        section.put("episodes", 0);
        section.put("steps", 1_000_000);
        WorldSettings settings = (WorldSettings) TaskSources.of(Options.at("tasks", section));
        return settings.train().sample(lives, new SplittableRandom(1));
    }

    /** Steps of all lives in a second of processor time. */
    @SuppressWarnings("try") // scopes are opened for their effect
    private static double stepsPerSecond(String name, Map<String, Object> keys, int lives) {
        try (Scope outer = Scope.open()) {
            Worlds worlds = worlds(name, keys, lives);
            Params state = worlds.begin(DType.FLOAT32);
            Tensor[] actions = actions(worlds, new SplittableRandom(2));
            long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            long taken = 0;
            int step = 0;
            while (taken < TURN_SECONDS * 1e9) {
                try (Scope s = Scope.open()) {
                    Params now = state;
                    for (int i = 0; i < CHECK_EVERY; i++, step++) {
                        worlds.observe(now, step);
                        now = worlds.step(now, actions[step % actions.length], step)
                                .lives();
                    }
                    state = s.keep(now);
                }
                taken = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin;
            }
            return (double) step * lives / (taken / 1e9);
        }
    }

    private static Tensor[] actions(Worlds worlds, RandomGenerator rng) {
        Tensor[] actions = new Tensor[64];
        int lives = worlds.size();
        for (int i = 0; i < actions.length; i++) {
            if (worlds.world().shape().actions() instanceof Actions.Box box) {
                double[] numbers = new double[lives * box.numbers()];
                Arrays.setAll(numbers, j -> box.bound() * (2 * rng.nextDouble() - 1));
                actions[i] = Tensor.of(numbers, lives, 1, box.numbers()).to(DType.FLOAT32);
            } else {
                long[] numbers = new long[lives];
                Arrays.setAll(numbers, j -> (long) (worlds.world().shape().choices() * rng.nextDouble()));
                actions[i] = Tensor.of(numbers, lives, 1);
            }
        }
        return actions;
    }
}
