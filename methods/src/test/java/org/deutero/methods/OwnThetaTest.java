package org.deutero.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertAll;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.deutero.learn.Predictor;
import org.deutero.learn.TaskContext;
import org.deutero.learn.evolution.EvolutionStrategies;
import org.deutero.learn.meta.Estimate;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskBatch;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.bandit.BernoulliArms;
import org.deutero.tasks.bandit.ContinuousBandits;
import org.deutero.tasks.chain.DelayedChain;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tasks.mdp.RandomMdp;
import org.deutero.tasks.sequence.Sequences;
import org.deutero.tasks.training.Bowls;
import org.deutero.tasks.training.Quadratics;
import org.deutero.tasks.world.Lifetimes;
import org.deutero.tasks.world.Worlds;
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

    private record Case<T extends TaskBatch<T>>(String name, Predictor<T> learner, T tasks) {}

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

    /** Tasks that train on whole episodes, shots and queries. */
    private static Episodes whole(Episodes e) {
        return new Episodes(
                Tensors.cat(List.of(e.supportX(), e.queryX()), 1),
                Tensors.cat(List.of(e.supportY(), e.queryY()), 1),
                Tensors.cat(List.of(e.supportX(), e.queryX()), 1),
                Tensors.cat(List.of(e.supportY(), e.queryY()), 1),
                e.way());
    }

    /** Why a method may refuse a network: some need classes, some encode numbers, one modulates convolutions. */
    private static final Map<String, List<String>> REFUSALS = Map.of(
            "conv4",
            List.of(
                    "encodes numbers as outputs of a function, but tasks are [2, 6, 6] -> 3 classes",
                    "encodes numbers by populations of neurons, but inputs have shape [2, 6, 6]"),
            "mlp",
            List.of(
                    "encodes numbers as outputs of a function, but tasks are [2, 6, 6] -> 3 classes",
                    "encodes numbers by populations of neurons, but inputs have shape [2, 6, 6]",
                    "the backbone that is modulated must be conv4",
                    "disturbs the blocks of a conv4"),
            "numbers",
            List.of(
                    "this method needs a classification, but tasks are a regression",
                    "needs tasks with classes, but these are [2] -> 1 numbers"));

    /** The networks a method may be given: images through convolutions and through a perceptron, and numbers. */
    private static List<Case<?>> cases(Method method) {
        List<Case<?>> cases = new ArrayList<>();
        Map<String, Object> inner = new HashMap<>(keys(method.name()));
        inner.putAll(Map.of("inner-steps", 2, "inner-rate", 0.1, "inner-optimizer", "momentum"));
        otherKinds(method, cases);
        if (!method.kinds().contains(TaskKind.EPISODES)) {
            return cases;
        }
        for (String network : List.of("conv4", "mlp", "numbers")) {
            boolean numbers = network.equals("numbers");
            TaskShape shape = numbers ? TaskShape.regression(2, 1) : TaskShape.images(2, 6, 3);
            Map<String, Object> section = network.equals("conv4")
                    ? Map.of("type", "conv4", "blocks", 2, "filters", 4)
                    : Map.of("type", "mlp", "hidden", List.of(8));
            try {
                Predictor<Episodes> learner = method.learner(Options.of(inner), Options.of(section), shape);
                Episodes images = single(TestTasks.images(TASKS));
                boolean whole = method.name().equals("feature-transformation");
                cases.add(new Case<>(network, learner, numbers ? curves() : whole ? whole(images) : images));
            } catch (OptionsException e) {
                assertThat(REFUSALS.get(network)).as(e.getMessage()).anyMatch(e.getMessage()::contains);
            }
        }
        return cases;
    }

    /** Bandits, but for those that need tables, states that are numbered in lives without end, or vectors for actions. */
    private static TaskSource<Worlds> worlds(String method) {
        return switch (method) {
            case "value-iteration" -> Lifetimes.trials(new RandomMdp(3, 2, 2), 1, 2);
            case "metagenrl", "td3" -> new ContinuousBandits(2, 2, 0.1, 2, 8);
            case "lpg", "tabular-a2c" -> new Lifetimes(DelayedChain.plain(2, 4), 2, 0, 40);
            default -> new BernoulliArms(List.of(3), 4);
        };
    }

    /** What published sizes are too large for in a test. */
    private static Map<String, Object> keys(String method) {
        return switch (method) {
            case "metagenrl", "td3" ->
                Map.of("segment", 2, "batch", 2, "capacity", 6, "random-steps", 2, "hidden", List.of(6));
            case "disco" -> Map.of("rollout", 2, "updates", 1);
            case "lpg" -> Map.of("updates", 1);
            case "gpicl" -> Map.of("width", 16, "layers", 2, "heads", 2, "key-size", 4, "positions", 40);
            case "snail" ->
                Map.of("filters", 8, "attention-keys", List.of(8, 8, 8), "attention-values", List.of(8, 8, 8));
            // Of 0.9 and more their tables go back over hundreds of rounds.
            case "gittins" -> Map.of("discount", 0.5);
            default -> Map.of();
        };
    }

    /** Worlds, problems and sequences for those that learn them. */
    private static void otherKinds(Method method, List<Case<?>> cases) {
        SplittableRandom rng = new SplittableRandom(5);
        Worlds worlds = worlds(method.name()).sample(TASKS, rng);
        add(method, TaskKind.WORLDS, worlds.world().shape(), worlds, cases);
        add(method, TaskKind.PROBLEMS, Bowls.shape(2), new Quadratics(2, 1, 4).sample(TASKS, rng), cases);
        Episodes images = single(TestTasks.images(TASKS));
        add(method, TaskKind.SEQUENCES, TaskShape.images(2, 6, 3), Sequences.of(images), cases);
    }

    private static <T extends TaskBatch<T>, S> void add(
            Method method, TaskKind<T, S> kind, S shape, T tasks, List<Case<?>> cases) {
        if (method.kinds().contains(kind)) {
            Map<String, Object> keys = keys(method.name());
            Predictor<T> learner = method.learner(kind, Options.of(keys), Options.of(keys), shape);
            cases.add(new Case<>(kind.name(), learner, tasks));
        }
    }

    private static <T extends TaskBatch<T>> Tensor losses(Case<T> c, Params theta, TaskContext context) {
        Params phi = c.learner().begin(theta, c.tasks(), context.at(0, false));
        int steps = c.learner().steps(c.tasks());
        for (int t = 0; t < steps; t++) {
            phi = c.learner().step(theta, phi, c.tasks(), context.at(t, false)).state();
        }
        Tensor losses = c.learner().metaLoss(theta, phi, c.tasks(), context.at(steps, false));
        // What is not a number would equal anything that is none either.
        for (double loss : losses.doubles()) {
            assertThat(loss).as(c.name()).isFinite();
        }
        return losses;
    }

    @TestFactory
    Stream<DynamicTest> everyMethodLearnsUnderAThetaOfEachTasksOwn() {
        return Methods.all().stream()
                .map(method -> DynamicTest.dynamicTest(method.name(), () -> {
                    try (Scope s = Scope.open()) {
                        List<Case<?>> cases = cases(method);
                        assertThat(cases).isNotEmpty();
                        for (Case<?> c : cases) {
                            Checks.of(c).run();
                        }
                    }
                }));
    }

    /**
     * What must hold of a case.
     *
     * @param context in which each check learns, as if it were alone
     * @param shared meta-losses under the one theta of all tasks
     */
    private record Checks<T extends TaskBatch<T>>(Case<T> one, Params theta, TaskContext context, Tensor shared) {
        static <T extends TaskBatch<T>> Checks<T> of(Case<T> one) {
            Params theta = one.learner().metaParameters(new SplittableRandom(3));
            TaskContext context = TaskContext.training(1, 0, one.learner().statistics(), values -> {});
            return new Checks<>(one, theta, context, losses(one, theta, context));
        }

        void run() {
            assertAll(
                    one.name(),
                    this::aThetaThatIsMerelyExpandedChangesNothing,
                    this::everyTaskLearnsUnderItsOwnTheta,
                    this::evolutionStrategiesServeEveryMethod,
                    this::copiesOfATaskSeeTheSameChance);
        }

        private void aThetaThatIsMerelyExpandedChangesNothing() {
            TestTasks.assertNear(losses(one, theta.expand(TASKS), context.withOwnTheta()), shared, ROUNDING);
        }

        /** Each task must have learned under its own theta from the first step to the meta-loss. */
        private void everyTaskLearnsUnderItsOwnTheta() {
            SplittableRandom rng = new SplittableRandom(8);
            Params own = theta.expand(TASKS)
                    .map(t ->
                            t.add(Tensors.normal(rng, DType.FLOAT32, t.shape()).mul(0.05)));
            double[] together = losses(one, own, context.withOwnTheta()).doubles();
            double[] apart = new double[TASKS];
            for (int i = 0; i < TASKS; i++) {
                apart[i] = losses(one, own.task(i), context).doubles()[i];
            }
            assertThat(together).containsExactly(apart, within(ROUNDING));
        }

        private void evolutionStrategiesServeEveryMethod() {
            Estimate estimate = new EvolutionStrategies(1, 0.01).estimate(one.learner(), theta, one.tasks(), context);
            assertThat(estimate.gradient().names()).isEqualTo(theta.names());
            theta.forEach((name, t) ->
                    assertThat(estimate.gradient().get(name).shape()).isEqualTo(t.shape()));
            assertThat(estimate.gradient().allFinite()).isTrue();
        }

        /** Members of a population must differ by their theta alone; see StepContext.draw. */
        private void copiesOfATaskSeeTheSameChance() {
            Case<T> twice = new Case<>(one.name(), one.learner(), one.tasks().repeat(2));
            double[] losses = losses(twice, theta.expand(2 * TASKS), context.forPopulation(2))
                    .doubles();
            assertThat(Arrays.copyOfRange(losses, TASKS, 2 * TASKS))
                    .containsExactly(Arrays.copyOf(losses, TASKS), within(ROUNDING));
            assertThat(Arrays.copyOf(losses, TASKS)).containsExactly(shared.doubles(), within(ROUNDING));
        }
    }
}
