package org.deutero.methods.hyper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.deutero.methods.FastNetwork;
import org.deutero.methods.InScope;
import org.deutero.methods.QueryStatistics;
import org.deutero.methods.TestTasks;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Linear;
import org.deutero.tensor.nn.Mlp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is generated, its size at the start, and what it may depend on. */
@ExtendWith(InScope.class)
class HypernetworkTest {
    private static final Mlp MAIN = new Mlp(List.of(2, 3, 1), Activation.TANH, Initializer.FAN_IN_UNIFORM);
    private static final Mlp ENCODER = new Mlp(List.of(3, 6, 5), Activation.TANH, Initializer.XAVIER_UNIFORM);
    private static final Hypernetwork LEARNER = new Hypernetwork(
            ENCODER, new FastNetwork(MAIN, Objective.SQUARED_ERROR, QueryStatistics.SUPPORT), 1, DType.FLOAT64);

    private final Params theta = LEARNER.metaParameters(new SplittableRandom(3));
    private final Episodes tasks = TestTasks.regression();

    /** The network that answers, written out for every task by itself. */
    @Test
    void outputsAreThoseOfTheGeneratedNetwork() {
        Tensor codes = LEARNER.codes(theta, tasks);
        Tensor outputs = TestTasks.outputs(LEARNER, theta, tasks, Params.EMPTY);
        for (int i = 0; i < tasks.size(); i++) {
            Tensor h = tasks.queryX().slice(0, i, i + 1);
            for (String layer : MAIN.layers()) {
                Params own = Params.builder()
                        .put(
                                "weight",
                                generated(codes, i, layer + ".weight")
                                        .reshape(layer.equals("l0") ? 3 : 1, layer.equals("l0") ? 2 : 3))
                        .put("bias", generated(codes, i, layer + ".bias"))
                        .build();
                h = Linear.apply(own, h);
                h = layer.equals("l0") ? h.tanh() : h;
            }
            TestTasks.assertNear(outputs.slice(0, i, i + 1), h, 1e-12);
        }
    }

    private Tensor generated(Tensor codes, int task, String name) {
        Params own = theta.child("generator").child(name);
        return own.get("weight")
                .matmul(codes.select(0, task).unsqueeze(1))
                .squeeze(1)
                .add(own.get("bias"));
    }

    @Test
    void codesDoNotDependOnTheOrderOfExamplesAndHaveMeanSquareOne() {
        Tensor codes = LEARNER.codes(theta, tasks);
        TestTasks.assertNear(LEARNER.codes(theta, TestTasks.supportAt(tasks, 3, 5, 1, 0, 4, 2)), codes, 1e-12);
        double[] squares = codes.square().mean(1).doubles();
        assertThat(squares).hasSize(3);
        for (double square : squares) {
            assertThat(square).isCloseTo(1, within(0.02));
        }
    }

    /** Var(W) = 2 / (fan in + fan out) over codes and draws; biases start as those of an ordinary network. */
    @Test
    void generatedWeightsHaveGlorotsSize() {
        NetworkGenerator generator =
                new NetworkGenerator(new Mlp(List.of(30, 60, 20), Activation.RELU, Initializer.FAN_IN_UNIFORM), 16);
        Params own = generator.init(new SplittableRandom(5), DType.FLOAT64);
        Tensor raw = Tensors.normal(new SplittableRandom(6), DType.FLOAT64, 4, 16);
        Params weights =
                generator.generate(own, raw.div(raw.square().meanKeep(1).sqrt()));
        assertThat(weights.get("l0.weight").shape()).containsExactly(4, 60, 30);
        assertThat(weights.get("l0.weight").square().mean().item()).isCloseTo(2.0 / 90, within(0.1 * 2 / 90));
        assertThat(weights.get("l1.weight").square().mean().item()).isCloseTo(2.0 / 80, within(0.1 * 2 / 80));
        TestTasks.assertNear(weights.get("l0.bias").select(0, 2), own.get("l0.bias.bias"), 1e-15);
    }
}
