package org.deutero.bench;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.deutero.learn.Capability;
import org.deutero.learn.Predictor;
import org.deutero.learn.capability.BilevelLearner;
import org.deutero.learn.gradient.EvoGrad;
import org.deutero.learn.gradient.ExampleWeights;
import org.deutero.learn.gradient.Unroll;
import org.deutero.learn.meta.BilevelMetaAlgorithm;
import org.deutero.learn.meta.Descent;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.learn.meta.MetaState;
import org.deutero.methods.Methods;
import org.deutero.options.Options;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.DType;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.optim.Adam;

/**
 * What an iteration costs that learns weights of examples beside a residual network on 32x32 colour pictures: plain training, Meta-Weight-Net by double backward and by directional derivatives, and both with the gates of FaMUS on the last block. All take turns on the same batches, so that other work on the machine falls on all;
 * printed are medians and quartiles of processor time over rounds: {@code OMP_NUM_THREADS=1 java -cp "bench/target/classes:bench/target/lib/*" org.deutero.bench.ExampleWeightsSideBySide [ROUNDS [BATCH [BLOCKS [WIDTH]]]]}.
 */
public final class ExampleWeightsSideBySide {
    private static final int WARM_UP = 2;
    private static final int SIDE = 32;
    private static final int CLASSES = 10;
    /** Two convolutions, their normalisations and the head. */
    private static final int LAST_BLOCK = 5;

    private ExampleWeightsSideBySide() {}

    private record Case(String name, BilevelMetaAlgorithm<Episodes> algorithm) {}

    private static Case of(
            String name, String method, Map<String, Object> more, MetaGradient estimator, Map<String, Object> network) {
        Predictor<Episodes> learner = Methods.named(method)
                .orElseThrow()
                .learner(
                        Options.at("method", more), Options.at("network", network), TaskShape.images(3, SIDE, CLASSES));
        Optional<BilevelLearner<Episodes>> bilevel = Capability.of(learner, BilevelLearner.class);
        return new Case(
                name, new BilevelMetaAlgorithm<>(bilevel.orElseThrow(), estimator, Descent.of(Adam.DEFAULT, 0.001)));
    }

    private static List<Case> cases(Map<String, Object> network) {
        Map<String, Object> none = Map.of();
        Map<String, Object> fixed = Map.of("gated-layers", LAST_BLOCK);
        Map<String, Object> drawn = Map.of("gates", "learned", "open-layers", 1, "sampled-layers", LAST_BLOCK - 1);
        String net = "meta-weight-net";
        return List.of(
                of("plain training", "plain-training", none, Unroll.FULL, network),
                of("Meta-Weight-Net, double backward", net, none, Unroll.FULL, network),
                of("Meta-Weight-Net, forward mode", net, none, ExampleWeights.EXACT, network),
                of(
                        "Meta-Weight-Net, difference",
                        net,
                        none,
                        new ExampleWeights(ExampleWeights.Tangent.DIFFERENCE, 0.01, 0),
                        network),
                of("Meta-Weight-Net, EvoGrad", net, none, EvoGrad.PUBLISHED, network),
                of("FaMUS, last block, double backward", "famus", fixed, Unroll.FULL, network),
                of("FaMUS, last block, forward mode", "famus", fixed, ExampleWeights.EXACT, network),
                of("FaMUS, drawn gates, double backward", "famus", drawn, Unroll.FULL, network),
                of("FaMUS, drawn gates, forward mode", "famus", drawn, ExampleWeights.EXACT, network));
    }

    /**
     * Measures and prints.
     *
     * @param args rounds, pictures in a batch, blocks in a stage, channels of the first stage; 9, 100, 2 and 16 if they are left out
     */
    public static void main(String[] args) {
        int rounds = number(args, 0, 9);
        int batch = number(args, 1, 100);
        Map<String, Object> network =
                Map.of("type", "resnet", "blocks", number(args, 2, 2), "width", number(args, 3, 16));
        List<Case> cases = cases(network);
        double[][] millis = new double[cases.size()][rounds];
        try (Scope s = Scope.open()) {
            SplittableRandom rng = new SplittableRandom(1);
            Episodes tasks = new Episodes(
                    Tensors.uniform(rng, 0, 1, DType.FLOAT32, 1, batch, 3, SIDE, SIDE),
                    labels(rng, batch),
                    Tensors.uniform(rng, 0, 1, DType.FLOAT32, 1, batch, 3, SIDE, SIDE),
                    labels(rng, batch),
                    CLASSES);
            List<MetaState> states = new ArrayList<>();
            for (Case one : cases) {
                states.add(one.algorithm.init(new SplittableRandom(2)));
            }
            for (int round = -WARM_UP; round < rounds; round++) {
                for (int c = 0; c < cases.size(); c++) {
                    long start = processor();
                    states.set(c, iteration(cases.get(c).algorithm, states.get(c), tasks, round));
                    if (round >= 0) {
                        millis[c][round] = (processor() - start) / 1e6;
                    }
                }
            }
        }
        for (int c = 0; c < cases.size(); c++) {
            double[] own = millis[c].clone();
            double[] ratio = new double[rounds];
            for (int r = 0; r < rounds; r++) {
                ratio[r] = millis[c][r] / millis[1][r];
            }
            System.out.printf(
                    "%-38s %7.1f ms (%.1f to %.1f), %.2f of the double backward%n",
                    cases.get(c).name,
                    quantile(own, 0.5),
                    quantile(own, 0.25),
                    quantile(own, 0.75),
                    quantile(ratio, 0.5));
        }
    }

    private static int number(String[] args, int at, int standard) {
        return args.length > at ? Integer.parseInt(args[at]) : standard;
    }

    private static Tensor labels(SplittableRandom rng, int n) {
        return Tensor.of(rng.longs(n, 0, CLASSES).toArray(), 1, n);
    }

    private static long processor() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** Both halves. */
    private static MetaState iteration(
            BilevelMetaAlgorithm<Episodes> algorithm, MetaState from, Episodes tasks, int seed) {
        MetaState state = from;
        long before = from.iteration();
        while (state.iteration() == before) {
            state = algorithm
                    .update(state, List.of(algorithm.contribute(state, 0, tasks, seed)))
                    .state();
        }
        return state;
    }

    private static double quantile(double[] values, double at) {
        Arrays.sort(values);
        return values[(int) Math.round(at * (values.length - 1))];
    }
}
