package org.deutero.methods.blur;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.methods.InScope;
import org.deutero.methods.QueryStatistics;
import org.deutero.methods.StreamBatches;
import org.deutero.methods.scratch.FromScratch;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.optim.Sgd;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Back-propagation is a genome: the rule makes the weights that gradient descent by automatic differentiation makes. */
@ExtendWith(InScope.class)
class BackpropagationTest {
    private static final int BATCH = 8;
    private static final int STEPS = 60;
    private static final double RATE = 0.2;

    static Stream<List<Integer>> architectures() {
        return Stream.of(List.of(), List.of(6), List.of(30), List.of(9, 7), List.of(5, 8, 6), List.of(6, 6, 6, 6));
    }

    private static Episodes task(Objective objective, DType dtype) {
        SplittableRandom rng = new SplittableRandom(5);
        int n = BATCH * STEPS;
        Tensor x = Tensors.normal(rng, dtype, 2, n, 5);
        Tensor y = objective == Objective.CROSS_ENTROPY
                ? Tensor.of(rng.longs(2L * n, 0, 3).toArray(), 2, n)
                : Tensors.normal(rng, dtype, 2, n, 3);
        return new Episodes(x, y, x, y, objective == Objective.CROSS_ENTROPY ? 3 : 0);
    }

    /** Largest difference of any weight after all steps; the weights must have gone somewhere. */
    private static double difference(List<Integer> hidden, Objective objective, DType dtype) {
        List<Integer> sizes = new ArrayList<>(List.of(5));
        sizes.addAll(hidden);
        sizes.add(3);
        Episodes task = task(objective, dtype);
        // The squared error of this library is a mean over outputs; feedback is the derivative of half their sum.
        double rate = objective == Objective.CROSS_ENTROPY ? RATE : RATE * 3 / 2;
        FromScratch descent = new FromScratch(
                new Mlp(sizes, Activation.TANH, Initializer.FAN_IN_UNIFORM),
                objective,
                Sgd.PLAIN,
                rate,
                new StreamBatches(BATCH, 1),
                QueryStatistics.BATCH,
                dtype);
        Blur blur = Backpropagation.learner(hidden, RATE, BATCH, objective, dtype);
        Params theta = blur.metaParameters(new SplittableRandom(1));
        Params weights = descent.begin(Params.EMPTY, task, context(0));
        Params start = weights;
        Params synapses = synapses(weights, sizes.size() - 1);
        for (int t = 0; t < blur.steps(task); t++) {
            weights = descent.step(Params.EMPTY, weights, task, context(t))
                    .state()
                    .detach();
            synapses = blur.step(theta, synapses, task, context(t)).state();
        }
        assertThat(weights.sub(start).norm()).isGreaterThan(0.5);
        double largest = 0;
        for (int l = 0; l + 1 < sizes.size(); l++) {
            largest = Math.max(largest, far(Backpropagation.weight(synapses, l), weights.get("l" + l + ".weight")));
            largest = Math.max(largest, far(Backpropagation.bias(synapses, l), weights.get("l" + l + ".bias")));
        }
        return largest;
    }

    private static double far(Tensor a, Tensor b) {
        return a.sub(b).abs().reshape(-1).max(0).item();
    }

    private static Params synapses(Params weights, int layers) {
        Params.Builder synapses = Params.builder();
        for (int l = 0; l < layers; l++) {
            Tensor weight = weights.get("l" + l + ".weight");
            Tensor bias = weights.get("l" + l + ".bias");
            Tensor rows = Tensors.cat(List.of(weight.transpose(1, 2), bias.unsqueeze(1)), 1);
            synapses.put(BidirectionalPass.forwardName(l), rows.unsqueeze(1).expand(-1, 2, -1, -1));
        }
        return synapses.build();
    }

    private static StepContext context(int step) {
        return TaskContext.training(1).at(step, false);
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void crossEntropy(List<Integer> hidden) {
        assertThat(difference(hidden, Objective.CROSS_ENTROPY, DType.FLOAT64)).isLessThan(1e-12);
        assertThat(difference(hidden, Objective.CROSS_ENTROPY, DType.FLOAT32)).isLessThan(1e-5);
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void squaredError(List<Integer> hidden) {
        assertThat(difference(hidden, Objective.SQUARED_ERROR, DType.FLOAT64)).isLessThan(1e-12);
        assertThat(difference(hidden, Objective.SQUARED_ERROR, DType.FLOAT32)).isLessThan(1e-5);
    }
}
