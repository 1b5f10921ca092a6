package org.deutero.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.deutero.learn.Estimate;
import org.deutero.learn.Predictor;
import org.deutero.learn.TaskContext;
import org.deutero.learn.evolution.EvolutionStrategies;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every registered method learns under a theta of each task's own, which is what evolution strategies give it. */
class OwnThetaTest {
    /** More tasks than classes, so that the two cannot be confused. */
    private static final int TASKS = 4;

    /** Float32 sums in another order. */
    private static final double ROUNDING = 2e-4;

    private record Case(String name, Predictor<Episodes> learner, Episodes tasks) {}

    private static Episodes single(Episodes e) {
        boolean labels = e.classification();
        return new Episodes(
                e.supportX().to(DType.FLOAT32),
                labels ? e.supportY() : e.supportY().to(DType.FLOAT32),
                e.queryX().to(DType.FLOAT32),
                labels ? e.queryY() : e.queryY().to(DType.FLOAT32),
                e.way());
    }

    private static Episodes curves() {
        SplittableRandom rng = new SplittableRandom(4);
        return new Episodes(
                Tensors.normal(rng, DType.FLOAT32, TASKS, 6, 2),
                Tensors.normal(rng, DType.FLOAT32, TASKS, 6, 1),
                Tensors.normal(rng, DType.FLOAT32, TASKS, 5, 2),
                Tensors.normal(rng, DType.FLOAT32, TASKS, 5, 1),
                0);
    }

    /** The networks a method may be given: images through convolutions and through a perceptron, and numbers. */
    private static List<Case> cases(Method method) {
        List<Case> cases = new ArrayList<>();
        Map<String, Object> inner = Map.of("inner-steps", 2, "inner-rate", 0.1, "inner-optimizer", "momentum");
        for (String network : List.of("conv4", "mlp", "numbers")) {
            boolean numbers = network.equals("numbers");
            TaskShape shape = numbers ? TaskShape.regression(2, 1) : TaskShape.images(2, 6, 3);
            Map<String, Object> section = network.equals("conv4")
                    ? Map.of("type", "conv4", "blocks", 2, "filters", 4)
                    : Map.of("type", "mlp", "hidden", List.of(8));
            try {
                Predictor<Episodes> learner = method.learner(Options.of(inner), Options.of(section), shape);
                cases.add(new Case(network, learner, numbers ? curves() : single(TestTasks.images(TASKS))));
            } catch (OptionsException e) {
                // Prototypes need classes, populations of neurons encode numbers only, some modulate convolutions.
                boolean unfit = network.equals("mlp") && e.getMessage().contains("must be conv4");
                assertThat(unfit || numbers != e.getMessage().contains("encodes numbers"))
                        .as(e.getMessage())
                        .isTrue();
            }
        }
        return cases;
    }

    private static Tensor losses(Case c, Params theta, TaskContext context) {
        Params phi = c.learner().begin(theta, c.tasks(), context.at(0, false));
        int steps = c.learner().steps(c.tasks());
        for (int t = 0; t < steps; t++) {
            phi = c.learner().step(theta, phi, c.tasks(), context.at(t, false)).state();
        }
        return c.learner().metaLoss(theta, phi, c.tasks(), context.at(steps, false));
    }

    @TestFactory
    Stream<DynamicTest> aThetaThatIsMerelyExpandedChangesNothing() {
        return each(c -> {
            Params theta = c.learner().metaParameters(new SplittableRandom(3));
            TaskContext context = TaskContext.training(1, 0, c.learner().statistics(), values -> {});
            Tensor shared = losses(c, theta, context);
            TestTasks.assertNear(losses(c, theta.expand(TASKS), context.withOwnTheta()), shared, ROUNDING);
        });
    }

    /** Each task must have learned under its own theta from the first step to the meta-loss. */
    @TestFactory
    Stream<DynamicTest> everyTaskLearnsUnderItsOwnTheta() {
        return each(c -> {
            Params theta = c.learner().metaParameters(new SplittableRandom(3));
            TaskContext context = TaskContext.training(1, 0, c.learner().statistics(), values -> {});
            SplittableRandom rng = new SplittableRandom(8);
            Params own = theta.expand(TASKS)
                    .map(t ->
                            t.add(Tensors.normal(rng, DType.FLOAT32, t.shape()).mul(0.05)));
            double[] together = losses(c, own, context.withOwnTheta()).doubles();
            double[] apart = new double[TASKS];
            for (int i = 0; i < TASKS; i++) {
                apart[i] = losses(c, own.task(i), context).doubles()[i];
            }
            assertThat(together).containsExactly(apart, within(ROUNDING));
        });
    }

    @TestFactory
    Stream<DynamicTest> evolutionStrategiesServeEveryMethod() {
        return each(c -> {
            Params theta = c.learner().metaParameters(new SplittableRandom(3));
            TaskContext context = TaskContext.training(1, 0, c.learner().statistics(), values -> {});
            Estimate estimate = new EvolutionStrategies(2, 0.01).estimate(c.learner(), theta, c.tasks(), context);
            assertThat(estimate.gradient().names()).isEqualTo(theta.names());
            theta.forEach((name, t) ->
                    assertThat(estimate.gradient().get(name).shape()).isEqualTo(t.shape()));
            assertThat(estimate.gradient().allFinite()).isTrue();
        });
    }

    /** Members of a population must differ by their theta alone; see StepContext.draw. */
    @TestFactory
    Stream<DynamicTest> copiesOfATaskSeeTheSameChance() {
        return each(c -> {
            Params theta = c.learner().metaParameters(new SplittableRandom(3));
            TaskContext context = TaskContext.training(1, 0, c.learner().statistics(), values -> {});
            Case twice = new Case(c.name(), c.learner(), c.tasks().repeat(2));
            double[] losses = losses(twice, theta.expand(2 * TASKS), context.forPopulation(2))
                    .doubles();
            assertThat(Arrays.copyOfRange(losses, TASKS, 2 * TASKS))
                    .containsExactly(Arrays.copyOf(losses, TASKS), within(ROUNDING));
            double[] alone = losses(c, theta, context).doubles();
            assertThat(Arrays.copyOf(losses, TASKS)).containsExactly(alone, within(ROUNDING));
        });
    }

    private interface Check {
        void run(Case c);
    }

    private static Stream<DynamicTest> each(Check check) {
        return Methods.all().stream()
                .map(method -> DynamicTest.dynamicTest(method.name(), () -> {
                    try (Scope s = Scope.open()) {
                        List<Case> cases = cases(method);
                        assertThat(cases).isNotEmpty();
                        for (Case c : cases) {
                            check.run(c);
                        }
                    }
                }));
    }
}
