package org.deutero.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.deutero.learn.gradient.Unroll;
import org.deutero.learn.meta.Contribution;
import org.deutero.learn.meta.Descent;
import org.deutero.learn.meta.GradientMetaAlgorithm;
import org.deutero.learn.meta.MetaState;
import org.deutero.methods.QueryStatistics;
import org.deutero.methods.maml.Adaptation;
import org.deutero.methods.maml.InnerLoop;
import org.deutero.methods.maml.Maml;
import org.deutero.tasks.Objective;
import org.deutero.tasks.synthetic.Sinusoids;
import org.deutero.tensor.DType;
import org.deutero.tensor.Scope;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.optim.Adam;
import org.deutero.tensor.optim.Sgd;

/** Processor time of whole meta-steps of MAML on sinusoids, one thread: tasks drawn, exact meta-gradient, Adam. Arguments: pairs TASKSxSTEPS, such as 25x5. */
public final class MetaStepCost {
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 9;
    private static final int WARM_UP = 10;

    private MetaStepCost() {}

    /** Prints minimum and median of the milliseconds that a meta-step takes. */
    public static void main(String[] args) {
        for (String arg : args.length > 0 ? args : new String[] {"25x1", "25x5", "25x10", "1000x1", "1000x5"}) {
            String[] parts = arg.split("x");
            measure(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
        }
    }

    private static void measure(int tasks, int steps) {
        Maml learner = new Maml(
                Mlp.of(1, 40, 40, 1),
                Objective.SQUARED_ERROR,
                Adaptation.ALL,
                InnerLoop.of(Sgd.PLAIN, 0.01, steps, steps),
                QueryStatistics.BATCH,
                DType.FLOAT32);
        var algorithm = new GradientMetaAlgorithm<>(learner, Unroll.FULL, Descent.of(Adam.DEFAULT, 1e-3));
        SplittableRandom rng = new SplittableRandom(1);
        MetaState state = algorithm.init(rng);
        int repeats = Math.max(3, 25_000 / tasks / (steps + 1));
        double[] times = new double[ROUNDS];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            long start = CLOCK.getCurrentThreadCpuTime();
            for (int i = 0; i < repeats; i++) {
                state = step(algorithm, state, tasks, rng);
            }
            if (round >= 0) {
                times[round] = (CLOCK.getCurrentThreadCpuTime() - start) / 1e6 / repeats;
            }
        }
        state.close();
        Arrays.sort(times);
        System.out.printf(
                Locale.ROOT, "%d tasks, %d steps: %.3f ms, median %.3f%n", tasks, steps, times[0], times[ROUNDS / 2]);
    }

    private static MetaState step(
            GradientMetaAlgorithm<org.deutero.tasks.Episodes> algorithm,
            MetaState state,
            int tasks,
            SplittableRandom rng) {
        try (Scope s = Scope.open()) {
            var episodes = Sinusoids.of(10, 10).sample(tasks, rng);
            Contribution shard = algorithm.contribute(state, episodes, rng.nextLong());
            MetaState next = algorithm.update(state, List.of(shard)).state().keep(s);
            state.close();
            return next;
        }
    }
}
