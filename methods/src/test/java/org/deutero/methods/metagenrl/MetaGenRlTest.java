package org.deutero.methods.metagenrl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Predictor;
import org.deutero.learn.TaskContext;
import org.deutero.learn.Trace;
import org.deutero.learn.evaluate.PolicyMeasures;
import org.deutero.learn.gradient.TruncatedBackpropagation;
import org.deutero.learn.meta.Descent;
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.MetaState;
import org.deutero.learn.meta.OnlineMetaAlgorithm;
import org.deutero.methods.InScope;
import org.deutero.methods.Method;
import org.deutero.methods.td3.Actor;
import org.deutero.methods.td3.Exploration;
import org.deutero.methods.td3.PostNormMlp;
import org.deutero.methods.td3.Replay;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.bandit.ContinuousBandits;
import org.deutero.tasks.control.PointNavigation;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tasks.world.Actions;
import org.deutero.tasks.world.Lifetimes;
import org.deutero.tasks.world.Valued;
import org.deutero.tasks.world.WorldShape;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.optim.Adam;
import org.deutero.tensor.optim.ClipPerTask;
import org.deutero.tensor.optim.Optimizer;
import org.deutero.tensor.optim.Sgd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Agents that descend objectives, and the gradients of these. */
@ExtendWith(InScope.class)
class MetaGenRlTest {
    private static final int TASKS = 2;
    private static final Map<String, Object> SMALL = Map.of("hidden", List.of(8));
    private static final Map<String, Object> OFF_POLICY = Map.of(
            "segment", 4, "batch", 5, "random-steps", 4, "capacity", 30, "objective-from", 20, "exploration", 0.3);

    private static ExactMetaGenRl exact(Optimizer optimizer) {
        Actor actor = new Actor(new PostNormMlp(List.of(2, 6, 2), PostNormMlp.Hidden.RELU, true, true, 1e-5), 1);
        NeuralObjective objective =
                NeuralObjective.of(List.of(4, 4), List.of(4, 2), 4, List.of(4), Initializer.XAVIER_UNIFORM);
        return new ExactMetaGenRl(
                new ObjectiveStep(actor, Optional.of(objective), false, new ClipPerTask(1), optimizer, 0.1),
                new Exploration(actor, 0.5, 0, false),
                new Replay(2, 2, 3, 3),
                DType.FLOAT64);
    }

    /** The double backward pass against central differences along a random direction of all weights, with and without a clip that binds, and through Adam. */
    @Test
    void metaGradientsAreSlopes() {
        Worlds tasks = new ContinuousBandits(2, 2, 0.1, 6, 3).sample(TASKS, new SplittableRandom(1));
        // Inside of the root so much is added that its curvature does not spoil the differences.
        for (Optimizer optimizer : List.of(Sgd.PLAIN, new Adam(0.9, 0.999, 0, 1e-2, 0))) {
            ExactMetaGenRl learner = exact(optimizer);
            SplittableRandom rng = new SplittableRandom(2);
            Params theta = learner.metaParameters(rng);
            Params along = theta.map(t -> Tensors.normal(rng, DType.FLOAT64, t.shape()));
            TaskContext context = TaskContext.training(3);
            Estimate estimate = new TruncatedBackpropagation(1).estimate(learner, theta, tasks, context);
            double slope = estimate.gradient().dot(along).item();
            double step = 1e-6;
            double difference = (loss(learner, theta.addScaled(along, step), tasks, context)
                            - loss(learner, theta.addScaled(along, -step), tasks, context))
                    / (2 * step);
            assertThat(Math.abs(slope)).isGreaterThan(1e-3);
            assertThat(slope).as(optimizer.toString()).isCloseTo(difference, within(1e-5 * Math.abs(difference)));
        }
    }

    private static double loss(ExactMetaGenRl learner, Params theta, Worlds tasks, TaskContext context) {
        Lifetime<Worlds> life = new Lifetime<>(learner, theta, tasks, context);
        return life.losses(life.run(Trace.NONE), Trace.NONE).sum().item();
    }

    @Test
    void policiesFollowAHandMadeObjective() {
        Predictor<Worlds> learner = learner("metagenrl", Map.of("critic", "exact", "objective", "reinforce"), bandit());
        assertThat(improvement(learner, new ContinuousBandits(2, 2, 0.1, 16, 400)))
                .isGreaterThan(0.8);
    }

    @Test
    void criticsLearnWhatActionsAreWorth() {
        Map<String, Object> keys = Map.of(
                "segment",
                5,
                "batch",
                8,
                "delay",
                5,
                "random-steps",
                5,
                "capacity",
                150,
                "exploration",
                0.5,
                "critic-rate",
                0.01);
        OffPolicyAgent agent = (OffPolicyAgent) learner("td3", keys, bandit());
        Worlds tasks = new ContinuousBandits(2, 2, 0.1, 4, 150).sample(3, new SplittableRandom(5));
        Lifetime<Worlds> life = new Lifetime<>(agent, Params.EMPTY, tasks, TaskContext.evaluation(7, Params.EMPTY));
        double before = criticError(agent, life.begin(false), tasks);
        double after = criticError(agent, life.run(Trace.NONE).state(), tasks);
        assertThat(after).isLessThan(before / 3);
    }

    /** Mean squared error over contexts and actions drawn anew. */
    private static double criticError(OffPolicyAgent agent, Params phi, Worlds tasks) {
        SplittableRandom rng = new SplittableRandom(9);
        Tensor contexts = Tensors.normal(rng, DType.FLOAT32, tasks.size(), 200, 2);
        Tensor actions = Tensors.uniform(rng, -1, 1, DType.FLOAT32, tasks.size(), 200, 2);
        Tensor said = agent.td3().critic(phi.child("agent.q1")).value(contexts, actions);
        return said.sub(((Valued) tasks.world()).value(contexts, actions))
                .square()
                .mean()
                .item();
    }

    private static WorldShape bandit() {
        return new WorldShape(2, new Actions.Box(2, 1), 1);
    }

    private static Predictor<Worlds> learner(String name, Map<String, Object> keys, WorldShape shape) {
        Method method = name.equals("td3") ? MetaGenRlMethods.TD3 : MetaGenRlMethods.METAGENRL;
        return method.learner(TaskKind.WORLDS, Options.of(keys), Options.of(SMALL), shape);
    }

    /** By how much the expected reward grows over a lifetime. */
    private static double improvement(Predictor<Worlds> learner, ContinuousBandits bandits) {
        Worlds tasks = bandits.sample(3, new SplittableRandom(5));
        Params theta = learner.metaParameters(new SplittableRandom(6));
        TaskContext context = TaskContext.evaluation(7, Params.EMPTY);
        Lifetime<Worlds> life = new Lifetime<>(learner, theta, tasks, context);
        double[] worth = new double[2];
        Params begin = life.begin(false);
        Params end = life.run(Trace.NONE).state();
        worth[0] = worth(learner, theta, begin, tasks, context, 0);
        worth[1] = worth(learner, theta, end, tasks, context, life.steps());
        return worth[1] - worth[0];
    }

    private static double worth(
            Predictor<Worlds> learner, Params theta, Params phi, Worlds tasks, TaskContext context, int step) {
        Tensor outputs = PolicyMeasures.EXPECTED_REWARD.outputs(learner, theta, phi, tasks, context.at(step, false));
        return PolicyMeasures.EXPECTED_REWARD.of(outputs, tasks).mean().item();
    }

    private static final PointNavigation POINTS = new PointNavigation(0.5, 1, 6);

    private static OnlineMetaAlgorithm<Worlds> algorithm() {
        return new OnlineMetaAlgorithm<>(
                learner("metagenrl", OFF_POLICY, POINTS.shape()),
                new TruncatedBackpropagation(1, new ClipPerTask(1)),
                Descent.of(Adam.DEFAULT, 1e-3));
    }

    /** One shard of agents that live for 40 steps. */
    private static MetaState trained(OnlineMetaAlgorithm<Worlds> algorithm, MetaState from, int iterations) {
        MetaState state = from;
        for (int i = 0; i < iterations; i++) {
            Worlds tasks =
                    new Lifetimes(POINTS, 1, 0, 40).sample(TASKS, new SplittableRandom(algorithm.drawnAt(state, 0)));
            try (Scope s = Scope.open()) {
                long seed = 100 + algorithm.drawnAt(state, 0);
                MetaState next = algorithm
                        .update(state, List.of(algorithm.contribute(state, 0, tasks, seed)))
                        .state();
                state = new MetaState(next.iteration(), next.theta(), next.slots(), next.statistics(), next.carry())
                        .keep(s);
            }
        }
        return state;
    }

    /** Networks, optimisers, memories and lives under way are all in the state. */
    @Test
    void agentsGoOnFromAFile() {
        OnlineMetaAlgorithm<Worlds> algorithm = algorithm();
        MetaState start = algorithm.init(new SplittableRandom(1));
        MetaState whole = trained(algorithm, start, 24);
        MetaState middle = trained(algorithm, start, 13);
        MetaState read =
                MetaState.of(13, middle.toParams().map(t -> t.contiguous().copy()));
        MetaState resumed = trained(algorithm, read, 11);
        assertThat(resumed.toParams().names()).isEqualTo(whole.toParams().names());
        resumed.toParams()
                .filter(n -> !n.endsWith("born") && !n.endsWith("age"))
                .forEach((name, t) -> assertThat(t.to(DType.FLOAT64).doubles())
                        .as(name)
                        .containsExactly(
                                whole.toParams().get(name).to(DType.FLOAT64).doubles()));
        Params moved = whole.theta().sub(start.theta());
        assertThat(moved.norm()).as("the objective is trained").isGreaterThan(1e-4);
        assertThat(whole.toParams()
                        .filter(n -> !n.endsWith("born") && !n.endsWith("age"))
                        .allFinite())
                .isTrue();
    }

    /** An objective that is handed nothing over in meta-training leaves agents as TD3 makes them. */
    @Test
    void withoutAShareOfTheObjectiveAgentsAreThoseOfTd3() {
        Worlds tasks = new Lifetimes(POINTS, 1, 0, 20).sample(TASKS, new SplittableRandom(3));
        TaskContext context = TaskContext.training(4);
        Map<String, Object> keys =
                Map.of("segment", 4, "batch", 5, "random-steps", 4, "capacity", 30, "policy-clip", 1e9);
        Predictor<Worlds> td3 = learner("td3", keys, POINTS.shape());
        Map<String, Object> late = new java.util.HashMap<>(keys);
        late.put("objective", "reinforce");
        late.put("critic-until", 1000);
        late.put("objective-from", 2000);
        Predictor<Worlds> other = learner("metagenrl", late, POINTS.shape());
        Params expected = new Lifetime<>(td3, Params.EMPTY, tasks, context)
                .run(Trace.NONE)
                .state()
                .child("agent");
        Params actual = new Lifetime<>(other, Params.EMPTY, tasks, context)
                .run(Trace.NONE)
                .state()
                .child("agent");
        expected.forEach(
                (name, t) -> assertThat(actual.get(name).floats()).as(name).containsExactly(t.floats()));
    }

    @Test
    void whatCannotBeIsRefused() {
        WorldShape choices = new WorldShape(2, new Actions.Discrete(3), 5);
        assertThatThrownBy(() -> learner("td3", Map.of(), choices))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("need actions that are vectors, but this world has 3 actions to choose from");
        Worlds points = new Lifetimes(POINTS, 1, 0, 20).sample(TASKS, new SplittableRandom(3));
        Predictor<Worlds> exact = learner("metagenrl", Map.of("critic", "exact"), POINTS.shape());
        assertThatThrownBy(() -> exact.begin(
                        Params.EMPTY, points, TaskContext.training(1).at(0, false)))
                .hasMessageContaining("an exact critic needs a world in which it is known what actions are worth");
        Worlds trial = Lifetimes.trials(POINTS, 1, 2).sample(TASKS, new SplittableRandom(3));
        Predictor<Worlds> agents = learner("metagenrl", OFF_POLICY, POINTS.shape());
        assertThatThrownBy(() -> agents.begin(
                        Params.EMPTY, trial, TaskContext.training(1).at(0, false)))
                .hasMessageContaining("live without end, but lifetimes have 2 episodes");
    }
}
