package org.deutero.bench;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.deutero.tensor.Scope;
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
    private RuleStep step;

    /** Makes learner and task. */
    @Setup
    public void setUp() {
        scope = Scope.open();
        String[] words = rule.split(" ");
        step = words.length == 1
                ? new RuleStep(
                        words[0], Map.of("batch", BATCH), Map.of("type", "mlp", "hidden", List.of(hidden)), BATCH)
                : new RuleStep(
                        words[0],
                        Map.of(
                                "batch",
                                BATCH,
                                "symmetric-directions",
                                words[1].equals("symmetric"),
                                "normalization",
                                words[2]),
                        Map.of("hidden", List.of(hidden)),
                        BATCH);
    }

    /** One step from the same start. */
    @Benchmark
    public long step() {
        return step.take();
    }

    /** Frees what was made. */
    @TearDown
    public void tearDown() {
        scope.close();
    }
}
