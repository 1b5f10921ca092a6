package org.deutero.methods.maml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.deutero.learn.Lifetime;
import org.deutero.learn.TaskContext;
import org.deutero.learn.Trace;
import org.deutero.learn.capability.ForwardingLearner;
import org.deutero.learn.gradient.Unroll;
import org.deutero.learn.gradient.adjoint.DenseUnroll;
import org.deutero.learn.gradient.adjoint.MixedMode;
import org.deutero.learn.gradient.adjoint.Store;
import org.deutero.learn.gradient.adjoint.Sweep;
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.methods.maml.InnerLoop.Granularity;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tasks.synthetic.Sinusoids;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.optim.Adam;
import org.deutero.tensor.optim.Sgd;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The closed form against the graph of the whole inner loop. */
class DenseUnrollTest {
    /** The same learner, but not known to be dense. */
    private static final class Recorded extends ForwardingLearner<Episodes> {
        Recorded(Maml maml) {
            super(maml);
        }
    }

    private static Mlp mlp(Activation activation, Integer... sizes) {
        return new Mlp(List.of(sizes), activation, Initializer.FAN_IN_UNIFORM);
    }

    private static InnerLoop plain(int steps) {
        return InnerLoop.of(Sgd.PLAIN, 0.05, steps, steps);
    }

    private static Maml.Builder regression(Mlp network, InnerLoop inner) {
        return Maml.builder(network, Objective.SQUARED_ERROR, inner).dtype(DType.FLOAT64);
    }

    private static Maml.Builder classification(Activation activation, InnerLoop inner) {
        return Maml.builder(mlp(activation, 4, 7, 3), Objective.CROSS_ENTROPY, inner)
                .dtype(DType.FLOAT64);
    }

    static Stream<Maml> learners() {
        Mlp two = mlp(Activation.RELU, 1, 9, 8, 1);
        Mlp smooth = mlp(Activation.TANH, 1, 9, 8, 1);
        return Stream.of(
                regression(two, plain(0)).build(),
                regression(two, plain(1)).build(),
                regression(two, plain(4)).build(),
                regression(mlp(Activation.RELU, 1, 1), plain(3)).build(),
                regression(mlp(Activation.SIGMOID, 1, 5, 6, 7, 1), plain(3)).build(),
                regression(smooth, plain(3)).build(),
                regression(smooth, plain(3)).adaptation(Adaptation.HEAD).build(),
                regression(smooth, plain(3)).adaptation(Adaptation.BODY).build(),
                regression(smooth, plain(2))
                        .adapted(new Adapted(List.of("l1.bias")))
                        .build(),
                regression(smooth, plain(2))
                        .adapted(new Adapted(List.of("l1.weight", "l0")))
                        .build(),
                regression(two, InnerLoop.of(new Sgd(0.7, true), 0.05, 3, 3)).build(),
                regression(smooth, InnerLoop.of(Adam.DIFFERENTIABLE, 0.01, 3, 3))
                        .build(),
                regression(two, InnerLoop.learned(Sgd.PLAIN, 0.05, Granularity.WEIGHT, 3, 3))
                        .build(),
                regression(smooth, InnerLoop.learned(Sgd.PLAIN, 0.05, Granularity.TENSOR_AND_STEP, 3, 3))
                        .adaptation(Adaptation.HEAD)
                        .build(),
                regression(smooth, plain(3))
                        .perStep(new PerStep(new LossWeights.Fixed(List.of(0.2, 0.3, 0.5)), false))
                        .build(),
                classification(Activation.RELU, plain(3)).build(),
                classification(Activation.TANH, plain(3)).build(),
                classification(Activation.TANH, plain(2))
                        .adaptation(Adaptation.HEAD)
                        .build());
    }

    private static Episodes tasks(Maml learner, int number) {
        SplittableRandom rng = new SplittableRandom(5);
        if (learner.objective() == Objective.SQUARED_ERROR) {
            return new Sinusoids(6, 5, false, DType.FLOAT64).sample(number, rng);
        }
        long[] labels = rng.longs(number * 6L, 0, 3).toArray();
        return new Episodes(
                Tensors.normal(rng, DType.FLOAT64, number, 6, 2, 2),
                Tensor.of(labels, number, 6),
                Tensors.normal(rng, DType.FLOAT64, number, 6, 2, 2),
                Tensor.of(labels, number, 6),
                3);
    }

    @ParameterizedTest
    @MethodSource("learners")
    void sameAsTheGraph(Maml learner) {
        for (int number : new int[] {1, 4}) {
            try (Scope s = Scope.open()) {
                Params theta = learner.metaParameters(new SplittableRandom(3));
                Episodes tasks = tasks(learner, number);
                TaskContext context = TaskContext.training(7, 20, Params.EMPTY, observed -> {});
                assertTrue(DenseUnroll.of(new Lifetime<>(learner, theta, tasks, context))
                        .isPresent());
                Lifetime<Episodes> graph = new Lifetime<>(new Recorded(learner), theta, tasks, context);
                assertTrue(DenseUnroll.of(graph).isEmpty());
                Estimate expected = Unroll.FULL.estimate(graph);
                for (MetaGradient estimator : List.of(Unroll.FULL, Sweep.ALL, Sweep.SQRT, new MixedMode(Store.ALL))) {
                    Estimate closed = estimator.estimate(new Lifetime<>(learner, theta, tasks, context));
                    assertSame(closed, expected);
                }
            }
        }
    }

    private static void assertSame(Estimate closed, Estimate expected) {
        assertEquals(0, largest(closed.losses().sub(expected.losses())), 1e-12);
        assertEquals(expected.gradient().names(), closed.gradient().names());
        closed.gradient().zip(expected.gradient(), (a, b) -> {
            assertEquals(0, largest(a.sub(b)), 1e-12 * Math.max(1, largest(b)));
            return a;
        });
    }

    /** The same steps with constant inner gradients, as in evaluation. */
    @ParameterizedTest
    @MethodSource("learners")
    void sameStepsAsTheGraph(Maml learner) {
        try (Scope s = Scope.open()) {
            Params theta = learner.metaParameters(new SplittableRandom(3));
            Episodes tasks = tasks(learner, 3);
            TaskContext context = TaskContext.training(7, 20, Params.EMPTY, observed -> {});
            Params expected = new Lifetime<>(new Recorded(learner), theta, tasks, context)
                    .run(Trace.NONE)
                    .state();
            Params closed = new Lifetime<>(learner, theta, tasks, context)
                    .run(Trace.NONE)
                    .state();
            assertEquals(expected.names(), closed.names());
            closed.zip(expected, (a, b) -> {
                assertEquals(0, largest(a.sub(b)), 1e-12);
                return a;
            });
        }
    }

    private static double largest(Tensor t) {
        return t.abs().reshape(-1).max(0).item();
    }
}
