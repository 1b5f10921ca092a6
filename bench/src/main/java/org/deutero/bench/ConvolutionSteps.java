package org.deutero.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import org.deutero.learn.Predictor;
import org.deutero.learn.gradient.Unroll;
import org.deutero.learn.meta.Descent;
import org.deutero.learn.meta.GradientMetaAlgorithm;
import org.deutero.learn.meta.MetaState;
import org.deutero.methods.QueryStatistics;
import org.deutero.methods.maml.Adaptation;
import org.deutero.methods.maml.InnerLoop;
import org.deutero.methods.maml.Maml;
import org.deutero.methods.metric.MetricLearner;
import org.deutero.methods.metric.Prototypes;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tasks.images.EpisodeSampler;
import org.deutero.tasks.images.Rotation;
import org.deutero.tasks.omniglot.Omniglot;
import org.deutero.tensor.DType;
import org.deutero.tensor.Scope;
import org.deutero.tensor.nn.ConvNet;
import org.deutero.tensor.optim.Adam;
import org.deutero.tensor.optim.Sgd;

/**
 * Processor time of one thread for meta-gradients through Conv-4 with 64 filters and max-pooling, milliseconds a task: what can be compared on a machine with other work, versions in turn.
 *
 * <p>Arguments: {@code maml STEPS} (exact, 5-way 1-shot, 75 queries) or {@code prototypes WAY} (1-shot, 5 queries a class), then rounds and tasks of a shard.
 */
public final class ConvolutionSteps {
    private ConvolutionSteps() {}

    /** Measures and prints the least and the median. */
    public static void main(String[] args) {
        boolean maml = args[0].equals("maml");
        int number = Integer.parseInt(args[1]);
        int rounds = Integer.parseInt(args[2]);
        int shard = Integer.parseInt(args[3]);
        SplittableRandom rng = new SplittableRandom(1);
        EpisodeSampler tasks = new EpisodeSampler(
                Omniglot.images(), Omniglot.vinyals().train(), maml ? 5 : number, 1, maml ? 15 : 5, Rotation.CLASSES);
        var algorithm = new GradientMetaAlgorithm<>(
                maml ? maml(number) : prototypes(), Unroll.FULL, Descent.of(Adam.DEFAULT, 1e-3));
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        double[] times = new double[rounds];
        try (Scope s = Scope.open()) {
            MetaState state = algorithm.init(rng);
            Episodes episodes = tasks.sample(shard, rng);
            for (int i = -rounds / 2; i < rounds; i++) {
                long before = clock.getCurrentThreadCpuTime();
                try (Scope inner = Scope.open()) {
                    algorithm.contribute(state, episodes, 1);
                }
                if (i >= 0) {
                    times[i] = (clock.getCurrentThreadCpuTime() - before) / 1e6 / shard;
                }
            }
            state.close();
        }
        Arrays.sort(times);
        System.out.printf(
                Locale.ROOT,
                "%s %d: least %.2f, median %.2f ms a task%n",
                args[0],
                number,
                times[0],
                times[rounds / 2]);
    }

    private static Predictor<Episodes> maml(int steps) {
        return new Maml(
                ConvNet.builder(1, 28).outputs(5).build(),
                Objective.CROSS_ENTROPY,
                Adaptation.ALL,
                InnerLoop.of(Sgd.PLAIN, 0.1, steps, steps),
                QueryStatistics.BATCH,
                DType.FLOAT32);
    }

    private static Predictor<Episodes> prototypes() {
        return new MetricLearner(
                ConvNet.encoder(1, 28, 64), Prototypes.EUCLIDEAN, QueryStatistics.RUNNING, DType.FLOAT32);
    }
}
