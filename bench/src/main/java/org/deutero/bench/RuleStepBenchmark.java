package org.deutero.bench;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.deutero.learn.Learner;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.options.Options;
import org.deutero.methods.Methods;
import org.deutero.methods.TaskShape;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
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

/** One step of a learned rule and one of gradient descent by automatic differentiation: the same network, the same batch of 128, one task, no meta-gradient. */
@State(org.openjdk.jmh.annotations.Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class RuleStepBenchmark {
    private static final int BATCH = 128;

    /** Method, and of blur the symmetry of directions and what is normalised. */
    @Param({"from-scratch", "blur symmetric none", "blur symmetric neuron", "blur asymmetric neuron"})
    public String rule;

    /** Hidden layer of a network from 14x14 pixels to 10 classes. */
    @Param({"64", "512"})
    public int hidden;

    private Scope scope;
    private Learner<Episodes> learner;
    private Episodes task;
    private Params theta;
    private Params start;

    /** Makes learner and task. */
    @Setup
    public void setUp() {
        scope = Scope.open();
        SplittableRandom rng = new SplittableRandom(1);
        Tensor x = Tensors.normal(rng, DType.FLOAT32, 1, BATCH, 1, 14, 14);
        Tensor y = Tensor.of(rng.longs(BATCH, 0, 10).toArray(), 1, BATCH);
        task = new Episodes(x, y, x, y, 10);
        String[] words = rule.split(" ");
        Options options = Options.of(
                words.length == 1
                        ? Map.of("batch", BATCH)
                        : Map.of(
                                "batch",
                                BATCH,
                                "symmetric-directions",
                                words[1].equals("symmetric"),
                                "normalization",
                                words[2]));
        learner = Methods.named(words[0])
                .orElseThrow()
                .learner(
                        options,
                        Options.of(
                                words.length == 1
                                        ? Map.of("type", "mlp", "hidden", List.of(hidden))
                                        : Map.of("hidden", List.of(hidden))),
                        TaskShape.images(1, 14, 10));
        theta = learner.metaParameters(rng);
        start = learner.begin(theta, task, context());
    }

    private static StepContext context() {
        return TaskContext.evaluation(1, Params.EMPTY).at(0, false);
    }

    /** One step from the same start. */
    @Benchmark
    public long step() {
        try (Scope s = Scope.open()) {
            return GradMode.off(
                            () -> learner.step(theta, start, task, context()).state())
                    .numel();
        }
    }

    /** Frees what was made. */
    @TearDown
    public void tearDown() {
        scope.close();
    }
}
