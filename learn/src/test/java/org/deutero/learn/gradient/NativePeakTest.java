package org.deutero.learn.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.capability.GradientLearner;
import org.deutero.learn.gradient.adjoint.MixedMode;
import org.deutero.learn.gradient.adjoint.Store;
import org.deutero.learn.gradient.adjoint.Sweep;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Losses;
import org.deutero.tensor.NativeMemory;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.nn.Network;
import org.junit.jupiter.api.Test;

/**
 * Bytes, not objects: a step adds its state to the peak of a sweep and its whole graph to that of an unroll (sheet: T P + a2 against
 * T (P + a2)). Activations are made large beside the weights, so that the difference cannot be missed.
 */
class NativePeakTest {
    private static final int ROWS = 500;
    private static final Network NET = new Mlp(List.of(8, 400, 400, 1), Activation.TANH, Initializer.FAN_IN_UNIFORM);

    private record Descent(int steps) implements GradientLearner<Episodes> {
        @Override
        public Params metaParameters(RandomGenerator rng) {
            return NET.init(rng, DType.FLOAT32);
        }

        @Override
        public Params begin(Params theta, Episodes tasks, StepContext context) {
            return context.forTasks(theta, tasks.size());
        }

        @Override
        public Tensor innerLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
            return Losses.squaredError(NET.apply(phi, tasks.supportX()), tasks.supportY());
        }

        @Override
        public Step update(Params theta, Params phi, Params gradient, Episodes tasks, StepContext context) {
            return Step.of(phi.addScaled(gradient, -0.01));
        }

        @Override
        public int steps(Episodes tasks) {
            return steps;
        }

        @Override
        public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
            return Losses.squaredError(NET.apply(phi, tasks.queryX()), tasks.queryY());
        }
    }

    private static double megabytes(MetaGradient estimator, int steps) {
        try (Scope s = Scope.open()) {
            SplittableRandom rng = new SplittableRandom(1);
            Tensor x = Tensors.normal(rng, DType.FLOAT32, 1, ROWS, 8);
            Tensor y = Tensors.normal(rng, DType.FLOAT32, 1, ROWS, 1);
            Episodes tasks = new Episodes(x, y, x, y, 0);
            Descent learner = new Descent(steps);
            Params theta = learner.metaParameters(rng);
            var peak = NativeMemory.measure(() -> estimator.estimate(learner, theta, tasks, TaskContext.training(1)))
                    .peakBytes();
            assumeTrue(peak.isPresent(), "this system does not tell the peak of resident memory");
            return peak.getAsLong() / 1e6;
        }
    }

    /** Megabytes that a step adds. */
    private static double growth(MetaGradient estimator) {
        megabytes(estimator, 4);
        return (megabytes(estimator, 24) - megabytes(estimator, 4)) / 20;
    }

    @Test
    void sweepsGrowByStatesAndUnrollByGraphs() {
        double state = (8 * 400 + 400 * 400 + 3 * 400) * 4 / 1e6;
        double activations = ROWS * 400 * 4 / 1e6;
        double unroll = growth(Unroll.FULL);
        // The graph of a differentiated step holds two layers of activations at least twice, besides its state.
        assertThat(unroll).isGreaterThan(state + 4 * activations);
        assertThat(growth(Sweep.ALL)).isBetween(0.4 * state, 2.5 * state);
        assertThat(growth(new MixedMode(Store.ALL))).isBetween(0.4 * state, 2.5 * state);
        assertThat(growth(Sweep.SQRT)).isLessThan(0.8 * state);
    }
}
