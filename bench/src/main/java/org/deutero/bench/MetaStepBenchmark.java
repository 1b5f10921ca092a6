package org.deutero.bench;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.deutero.learn.Contribution;
import org.deutero.learn.Descent;
import org.deutero.learn.GradientMetaAlgorithm;
import org.deutero.learn.MetaState;
import org.deutero.learn.gradient.Sweep;
import org.deutero.learn.gradient.Unroll;
import org.deutero.methods.QueryStatistics;
import org.deutero.methods.maml.Adaptation;
import org.deutero.methods.maml.InnerLoop;
import org.deutero.methods.maml.Maml;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.images.EpisodeSampler;
import org.deutero.tasks.images.Rotation;
import org.deutero.tasks.omniglot.Omniglot;
import org.deutero.tasks.synthetic.Sinusoids;
import org.deutero.tensor.DType;
import org.deutero.tensor.Scope;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.ConvNet;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.optim.Adam;
import org.deutero.tensor.optim.Sgd;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Whole meta-steps of MAML on one thread: tasks drawn, meta-gradient, Adam. */
@State(org.openjdk.jmh.annotations.Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class MetaStepBenchmark {
    /** Problem: 25 sinusoids with an MLP 1-40-40-1, or four 5-way 1-shot Omniglot tasks with Conv-4 of 32 filters. */
    @Param({"sinusoid", "omniglot"})
    public String tasks;

    /** Steps of the inner loop. */
    @Param({"1", "5"})
    public int steps;

    /** Exact estimators. */
    @Param({"unroll", "sweep", "first-order"})
    public String estimator;

    private TaskSource<Episodes> source;
    private int batch;
    private GradientMetaAlgorithm<Episodes> algorithm;
    private MetaState state;
    private SplittableRandom rng;

    /** Makes the learner. */
    @Setup
    public void setUp() {
        boolean curves = tasks.equals("sinusoid");
        batch = curves ? 25 : 4;
        source = curves
                ? Sinusoids.of(10, 10)
                : new EpisodeSampler(Omniglot.images(), Omniglot.vinyals().train(), 5, 1, 5, Rotation.RANDOM);
        Maml learner = new Maml(
                curves ? Mlp.of(1, 40, 40, 1) : convNet(),
                curves ? Objective.SQUARED_ERROR : Objective.CROSS_ENTROPY,
                Adaptation.ALL,
                InnerLoop.of(Sgd.PLAIN, 0.01, steps, steps),
                QueryStatistics.BATCH,
                DType.FLOAT32);
        algorithm = new GradientMetaAlgorithm<>(
                learner,
                switch (estimator) {
                    case "sweep" -> Sweep.ALL;
                    case "first-order" -> Unroll.FIRST_ORDER;
                    default -> Unroll.FULL;
                },
                Descent.of(Adam.DEFAULT, 1e-3));
        rng = new SplittableRandom(1);
        state = algorithm.init(rng);
    }

    private static ConvNet convNet() {
        return new ConvNet(
                1,
                28,
                4,
                32,
                ConvNet.Halving.STRIDE,
                true,
                Activation.RELU,
                ConvNet.Readout.FLATTEN,
                5,
                Initializer.FAN_IN_UNIFORM);
    }

    /** One meta-step. */
    @Benchmark
    public double metaStep() {
        try (Scope s = Scope.open()) {
            Contribution shard = algorithm.contribute(state, source.sample(batch, rng), rng.nextLong());
            var outcome = algorithm.update(state, List.of(shard));
            MetaState before = state;
            state = outcome.state().keep(s);
            before.close();
            return outcome.loss();
        }
    }

    /** Frees the state. */
    @TearDown
    public void tearDown() {
        state.close();
    }
}
