package org.deutero.methods.lpg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Passage;
import org.deutero.learn.Predictor;
import org.deutero.learn.Step;
import org.deutero.learn.TaskContext;
import org.deutero.learn.Trace;
import org.deutero.learn.capability.Agent;
import org.deutero.learn.capability.Tally;
import org.deutero.learn.gradient.TruncatedBackpropagation;
import org.deutero.learn.meta.Carry;
import org.deutero.learn.meta.Contribution;
import org.deutero.learn.meta.Descent;
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.LevelReplay;
import org.deutero.learn.meta.MetaState;
import org.deutero.learn.meta.OnlineMetaAlgorithm;
import org.deutero.learn.meta.RunningStatistics;
import org.deutero.learn.meta.Window;
import org.deutero.learn.reinforcement.Advantages;
import org.deutero.methods.Method;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.chain.DelayedChain;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tasks.world.Dynamics;
import org.deutero.tasks.world.Lifetimes;
import org.deutero.tasks.world.Transition;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.optim.Adam;
import org.junit.jupiter.api.Test;

/** Lives of agents under a learned objective, and what they are made of. */
@SuppressWarnings("try") // scopes are opened for their effect
class LpgTest {
    private static final DelayedChain CHAIN = DelayedChain.plain(2, 4);

    private static Worlds worlds(Dynamics dynamics, int lifetimes, int updates) {
        return new Lifetimes(dynamics, 4, 0, updates * 10).sample(lifetimes, new SplittableRandom(1));
    }

    private static Predictor<Worlds> method(Method method, Dynamics dynamics, Map<String, Object> keys) {
        return method.learner(TaskKind.WORLDS, Options.of(keys), Options.of(Map.of()), dynamics.shape());
    }

    private static final Map<String, Object> SMALL = Map.of("units", 6, "bins", 3, "rollout", 10, "updates", 2);

    /** A table of a chain in double, judged after every update. */
    private static Lpg exact(int every) {
        Body body = new Body.Table(9);
        return new Lpg(
                new LearnedUpdate(
                        new ObjectiveNetwork(ObjectiveNetwork.Memory.GRU, 5, 4, 3, Lifespan.RELATIVE),
                        body,
                        AgentSteps.sgd(0.02, 8, 3)),
                new Values(body, 0.5, new Advantages(0.99, 0.95), 0),
                new MetaObjective(MetaObjective.Kind.POLICY_GRADIENT, Regularizers.GROOVE, every),
                10,
                new Lpg.Start(0.5, 0.5),
                HyperParameters.fixed(0.5),
                Optional.empty(),
                DType.FLOAT64);
    }

    @Test
    void theMetaGradientOfAnUpdateAgreesWithFiniteDifferences() {
        try (Scope s = Scope.open()) {
            Lpg lpg = exact(1);
            Worlds tasks = worlds(CHAIN, 3, 1);
            Params eta = lpg.metaParameters(new SplittableRandom(2));
            // After one update only: later inputs of the objective are constants for the gradient, but not for eta.
            Estimate estimate =
                    new TruncatedBackpropagation(1).estimate(new Lifetime<>(lpg, eta, tasks, TaskContext.training(5)));
            Params direction = eta.map(t -> Tensors.normal(new SplittableRandom(t.numel()), DType.FLOAT64, t.shape()));
            double h = 1e-5;
            double up = loss(lpg, eta.addScaled(direction, h), tasks);
            double down = loss(lpg, eta.addScaled(direction, -h), tasks);
            double slope = estimate.gradient().dot(direction).item();
            assertThat(Math.abs(slope)).isGreaterThan(1e-3);
            assertThat(slope).isCloseTo((up - down) / (2 * h), within(1e-6 * Math.abs(slope)));
        }
    }

    private static double loss(Lpg lpg, Params eta, Worlds tasks) {
        Lifetime<Worlds> lifetime = new Lifetime<>(lpg, eta, tasks, TaskContext.training(5));
        return lifetime.losses(lifetime.run(Trace.NONE), Trace.NONE).sum().item();
    }

    @Test
    void windowsCarryLivesOnAndAllOfThemLearn() {
        try (Scope s = Scope.open()) {
            Lpg lpg = exact(2);
            Lifetime<Worlds> lifetime = new Lifetime<>(
                    lpg,
                    lpg.metaParameters(new SplittableRandom(2)),
                    worlds(DelayedChain.plain(4, 4), 3, 4),
                    TaskContext.training(5));
            TruncatedBackpropagation windows = new TruncatedBackpropagation(2);
            Window first = windows.advance(lifetime, Carry.START, 2);
            Window second = windows.advance(lifetime, first.carry(), 2);
            assertThat(first.carry().age()).isEqualTo(2);
            assertThat(second.carry().isStart()).isTrue();
            assertThat(first.estimate().gradient().norm()).isPositive();
            assertThat(second.estimate().gradient().norm()).isPositive();
            // Two updates and a rollout to judge them: lives have seen 30 steps.
            Params tally = first.carry().trees().child("state").child(Tally.NAME);
            assertThat(tally.get("whole").select(1, 1).doubles()).containsOnly(80);
            assertThat(tally.get("late").select(1, 1).doubles()).containsOnly(0);
            // Lives have: seven episodes of 4, and two steps of the next one.
            Params lives = Agent.lives(first.carry().trees().child("state"));
            assertThat(Worlds.episode(lives).doubles()).containsOnly(7);
            assertThat(Worlds.time(lives).doubles()).containsOnly(2);
            // The values of visited states have moved.
            assertThat(first.carry().trees().child("state").child("value").norm())
                    .isPositive();
        }
    }

    @Test
    void theRuleIsUsedWithoutValues() {
        try (Scope s = Scope.open()) {
            Predictor<Worlds> lpg = method(LpgMethods.LPG, CHAIN, SMALL);
            Params eta = lpg.metaParameters(new SplittableRandom(2));
            TaskContext use = TaskContext.evaluation(3, Params.EMPTY);
            Lifetime<Worlds> lifetime = new Lifetime<>(lpg, eta, worlds(CHAIN, 3, 20), use);
            Passage end = lifetime.run(Trace.NONE);
            assertThat(end.state().child("value").isEmpty()).isTrue();
            assertThat(end.state().child(Tally.NAME).get("whole").select(1, 1).doubles())
                    .containsOnly(800);
            assertThat(end.state().child(Tally.NAME).get("late").select(1, 1).doubles())
                    .containsOnly(80);
            double[] again =
                    lifetime.run(Trace.NONE).state().child("agent").flatten().doubles();
            assertThat(again)
                    .containsExactly(end.state().child("agent").flatten().doubles());
            assertThat(lpg.predict(eta, end.state(), lifetime.tasks(), use.at(20, false))
                            .shape())
                    .containsExactly(3, 4, 2);
        }
    }

    @Test
    void stepsTogetherAndOneByOneAreTheSameLife() {
        try (Scope s = Scope.open()) {
            Predictor<Worlds> lpg = method(LpgMethods.LPG, CHAIN, SMALL);
            Params eta = lpg.metaParameters(new SplittableRandom(2));
            Worlds endless = worlds(CHAIN, 3, 5);
            // So many episodes cannot be over, but a trial is lived step by step.
            Worlds trial = new Worlds(endless.world(), endless.seeds(), 4, 1_000_000, endless.steps());
            double[][] agents = new double[2][];
            for (int i = 0; i < 2; i++) {
                agents[i] = new Lifetime<>(lpg, eta, i == 0 ? endless : trial, TaskContext.evaluation(3, Params.EMPTY))
                        .run(Trace.NONE)
                        .state()
                        .child("agent")
                        .flatten()
                        .doubles();
            }
            assertThat(agents[0]).containsExactly(agents[1]);
        }
    }

    @Test
    void perceptronsAndLstmsLiveWhereStatesHaveNoNumbers() {
        try (Scope s = Scope.open()) {
            DelayedChain distracted = new DelayedChain(DelayedChain.Cue.START, 2, 4, DelayedChain.Noise.NONE, 5);
            Predictor<Worlds> lpg = method(
                    LpgMethods.LPG,
                    distracted,
                    Map.of("agent", "perceptron", "memory", "lstm", "units", 6, "rollout", 10, "updates", 2));
            Lifetime<Worlds> lifetime = new Lifetime<>(
                    lpg,
                    lpg.metaParameters(new SplittableRandom(2)),
                    worlds(distracted, 2, 4),
                    TaskContext.training(5, 0, lpg.statistics(), seen -> {}));
            Estimate estimate = new TruncatedBackpropagation(2).estimate(lifetime);
            assertThat(estimate.gradient().allFinite()).isTrue();
            assertThat(estimate.gradient().norm()).isPositive();
            Predictor<Worlds> table = method(LpgMethods.LPG, distracted, SMALL);
            assertThatThrownBy(() -> new Lifetime<>(
                                    table,
                                    table.metaParameters(new SplittableRandom(2)),
                                    worlds(distracted, 2, 4),
                                    TaskContext.training(5, 0, lpg.statistics(), seen -> {}))
                            .run(Trace.NONE))
                    .isInstanceOf(OptionsException.class)
                    .hasMessageContaining("expected method.agent: perceptron");
        }
    }

    @Test
    void evolutionIsToldTheReturnOfFreshLivesAtTheEnd() {
        try (Scope s = Scope.open()) {
            Predictor<Worlds> lpg =
                    method(LpgMethods.LPG, CHAIN, Map.of("units", 6, "bins", 3, "rollout", 10, "objective", "return"));
            Params eta = lpg.metaParameters(new SplittableRandom(2));
            Lifetime<Worlds> lifetime = new Lifetime<>(lpg, eta, worlds(CHAIN, 3, 2), TaskContext.training(5));
            Passage end = lifetime.run(Trace.NONE);
            assertThat(end.loss()).isNull();
            double[] losses = lifetime.losses(end, Trace.NONE).doubles();
            // An episode's time, 4 steps, lived by hand with the same uniform numbers.
            Worlds tasks = lifetime.tasks();
            double[] uniforms = new Rollouts.Uniforms(lifetime.context().at(lifetime.steps(), false)).draw(3, 4 * 4);
            Params policy = Lpg.agent(end.state()).child(AgentSteps.POLICY);
            double[] logits = Body.Table.all(policy).to(DType.FLOAT64).doubles();
            double[] paid = new double[3];
            Params lives = tasks.begin(DType.FLOAT32);
            for (int t = 0; t < 4; t++) {
                long[] state = tasks.observe(lives, tasks.steps() + t).argmax(2).longs();
                long[] action = new long[state.length];
                for (int i = 0; i < action.length; i++) {
                    int at = 2 * (i / 4 * 9 + (int) state[i]);
                    double first = 1 / (1 + Math.exp(logits[at + 1] - logits[at]));
                    action[i] = uniforms[4 * i + t] < first ? 0 : 1;
                }
                Transition met = tasks.step(lives, Tensor.of(action, 3, 4), tasks.steps() + t);
                double[] reward = met.reward().doubles();
                for (int i = 0; i < reward.length; i++) {
                    paid[i / 4] += reward[i] / 4;
                }
                lives = met.lives();
            }
            assertThat(losses).containsExactly(Arrays.stream(paid).map(p -> -p).toArray(), within(1e-6));
            assertThat(Arrays.stream(paid).map(Math::abs).sum()).isPositive();
        }
    }

    @Test
    void gradientsAreClippedPartByPartAndLifetimeByLifetime() {
        try (Scope s = Scope.open()) {
            Params agent = Params.builder()
                    .put("policy", Body.Table.of(Tensors.zeros(DType.FLOAT64, 2, 1, 2)))
                    .put("prediction", Body.Table.of(Tensors.zeros(DType.FLOAT64, 2, 1, 1)))
                    .build();
            Params gradients = Params.builder()
                    .put("policy", Body.Table.of(Tensor.of(new double[] {3, 4, 0.03, 0.04}, 2, 1, 2)))
                    .put("prediction", Body.Table.of(Tensor.of(new double[] {0.2, -7}, 2, 1, 1)))
                    .build();
            Tensor pace = Tensor.of(new double[] {1, 2}, 2);
            Params moved = AgentSteps.sgd(0.5, 10, 100)
                    .step(agent, gradients, Params.EMPTY, 0, pace)
                    .params();
            assertThat(moved.get("policy.table").doubles())
                    .containsExactly(new double[] {-3, -4, -0.6, -0.8}, within(1e-12));
            assertThat(moved.get("prediction.table").doubles()).containsExactly(new double[] {-20, 50}, within(1e-12));
        }
    }

    @Test
    void aTableOfValuesMovesEveryVisitedStateTowardsItsMeanTarget() {
        try (Scope s = Scope.open()) {
            Values values = new Values(new Body.Table(3), 0.5, new Advantages(0.9, 0), 0);
            Params before = values.init(new SplittableRandom(1), DType.FLOAT64, 1);
            Tensor none = Tensors.zeros(DType.FLOAT64, 1, 1, 3);
            Experience lived = new Experience(
                    Params.EMPTY,
                    Tensor.of(new long[] {0, 0, 2}, 1, 3),
                    Tensor.of(new long[] {0, 2, 1}, 1, 3),
                    null,
                    none,
                    none,
                    none);
            Params after = values.after(before, lived, Tensor.of(new double[] {1, 2, -4}, 1, 1, 3), 0);
            assertThat(after.get("numbers.table").doubles()).containsExactly(0.75, 0, -2);
            // One step ahead: r + 0.9 V(reached) - V(seen).
            assertThat(values.estimate(after, lived).advantage().doubles())
                    .containsExactly(new double[] {0.9 * 0.75 - 0.75, 0.9 * -2 - 0.75, 2}, within(1e-12));
        }
    }

    @Test
    void actorCriticLearnsShortChains() {
        try (Scope s = Scope.open()) {
            Predictor<Worlds> agent = method(LpgMethods.ACTOR_CRITIC, CHAIN, Map.of("rollout", 10));
            Lifetime<Worlds> lifetime =
                    new Lifetime<>(agent, Params.EMPTY, worlds(CHAIN, 8, 40), TaskContext.evaluation(3, Params.EMPTY));
            Params end = lifetime.run(Trace.NONE).state();
            assertThat(Tally.terminalReward(end, true).mean().item()).isGreaterThan(0.95);
            assertThat(Tally.terminalReward(end, false).mean().item()).isBetween(0.5, 0.99);
            Step step = lifetime.step(end, 39, false);
            assertThat(step.loss().shape()).containsExactly(8);
        }
    }

    @Test
    void agesAreToldAsTheyAreMeant() {
        try (Scope s = Scope.open()) {
            double[] age = {0, 30};
            double[] length = {100, 40};
            assertThat(Lifespan.RELATIVE.features(age, length, DType.FLOAT64).doubles())
                    .containsExactly(new double[] {0, Math.log(100), 0.75, Math.log(40)}, within(1e-12));
            assertThat(Lifespan.RAW.features(age, length, DType.FLOAT64).doubles())
                    .containsExactly(0, 100, 30, 40);
            assertThat(List.of(Lifespan.UNTOLD.inputs(), Lifespan.RAW.inputs())).containsExactly(0, 2);
        }
    }

    @Test
    void hyperParametersThatHavePaidAreChosenMoreOften() {
        try (Scope s = Scope.open()) {
            HyperParameters hyper = new HyperParameters(List.of(1.0, 2.0), List.of(0.5), 0.1, 0.1);
            // The first has paid 3 in 4 lifetimes, the second 1 in 1: exp(10 (0.75 + 0.05)) to exp(10 (1 + 0.1)).
            Params statistics = Params.builder()
                    .put("hyper-rewards", Tensor.of(new double[] {3, 1}, 2))
                    .put("hyper-counts", Tensor.of(new double[] {4, 1}, 2))
                    .build();
            double[] odds = {1 / (1 + Math.exp(3)), 1 / (1 + Math.exp(-3))};
            assertThat(hyper.chances(statistics)).containsExactly(odds, within(1e-12));
            TaskContext context = TaskContext.training(1, 0, statistics, seen -> {});
            Params drawn = hyper.draw(2000, context.at(0, false));
            double second = drawn.get("arm").to(DType.FLOAT64).mean().item();
            assertThat(second).isBetween(0.93, 0.975); // 0.953, four deviations
            LearnedUpdate.Hyper of = hyper.of(drawn, 2000, DType.FLOAT64);
            assertThat(of.pace().mean().item()).isCloseTo(1 + second, within(1e-9));
            assertThat(of.predictionWeight().doubles()).containsOnly(0.5);
            // What has never been tried is tried first; when the rule is used, the best is taken.
            HyperParameters greedy = new HyperParameters(List.of(1.0, 2.0, 3.0), List.of(0.5), 0, 0.1);
            Params untried = Params.builder()
                    .put("hyper-rewards", Tensor.of(new double[] {3, 0, 0}, 3))
                    .put("hyper-counts", Tensor.of(new double[] {4, 0, 0}, 3))
                    .build();
            assertThat(greedy.chances(untried)).containsExactly(0, 0.5, 0.5);
            assertThat(hyper.chances(hyper.statistics(DType.FLOAT64))).containsExactly(0.5, 0.5);
            TaskContext use = TaskContext.evaluation(1, statistics);
            assertThat(hyper.draw(5, use.at(0, false)).get("arm").longs()).containsOnly(1);
        }
    }

    @Test
    void whatLifetimesEarnedIsCountedForTheirHyperParameters() {
        try (Scope s = Scope.open()) {
            Predictor<Worlds> lpg = method(
                    LpgMethods.LPG,
                    CHAIN,
                    Map.of("units", 6, "bins", 3, "rollout", 10, "updates", 2, "policy-paces", List.of(0.5, 1.0, 2.0)));
            Params statistics = lpg.statistics();
            for (int i = 1; i <= 2; i++) {
                Params[] seen = {Params.EMPTY};
                TaskContext context = TaskContext.training(
                        i,
                        0,
                        statistics,
                        values -> seen[0] = values.has("hyper-counts") ? s.hold(values.detach()) : seen[0]);
                new Lifetime<>(lpg, lpg.metaParameters(new SplittableRandom(2)), worlds(CHAIN, 6, 2), context)
                        .run(Trace.NONE);
                statistics = RunningStatistics.after(statistics, seen[0].map(t -> t.mean(0)));
                assertThat(statistics.get("hyper-counts").sum().item()).isCloseTo(i, within(1e-5));
            }
        }
    }

    @Test
    void whatAnUpdateDoesIsSeenStateByState() {
        try (Scope s = Scope.open()) {
            Lpg lpg = exact(2);
            Params eta = lpg.metaParameters(new SplittableRandom(2));
            Lifetime<Worlds> lifetime =
                    new Lifetime<>(lpg, eta, worlds(CHAIN, 3, 4), TaskContext.evaluation(5, Params.EMPTY));
            Params phi = lifetime.begin(false);
            TargetsByState seen = TargetsByState.of(
                    lpg, eta, phi, lifetime.tasks(), 1, lifetime.context().at(0, false));
            double visits = 0;
            for (int state = 0; state < 9; state++) {
                double moved = 0;
                for (int a = 0; a < 2; a++) {
                    visits += seen.visits()[state][a];
                    moved += Math.abs(seen.policyAfter()[state][a] - seen.policy()[state][a]);
                }
                boolean visited = seen.visits()[state][0] + seen.visits()[state][1] > 0;
                assertThat(moved > 1e-12).as("state %d", state).isEqualTo(visited);
                double target = Arrays.stream(seen.predictionTarget()[state]).sum();
                assertThat(target).isCloseTo(visited ? 1 : 0, within(1e-9));
            }
            assertThat(visits).isEqualTo(40);
            // It is the update that is made then.
            Tensor after = lifetime.step(phi, 0, false)
                    .state()
                    .get("agent.policy.table")
                    .select(0, 1)
                    .softmax(1);
            assertThat(after.select(0, 0).doubles()).containsExactly(seen.policyAfter()[0]);
        }
    }

    /** Lifetimes of two windows: tasks of some lifetimes come again, and a resumed training has the same ones. */
    @Test
    void worldsInWhichARivalEarnsMoreComeAgain() {
        try (Scope s = Scope.open()) {
            Predictor<Worlds> lpg = method(
                    LpgMethods.LPG,
                    CHAIN,
                    Map.of("units", 4, "bins", 2, "rollout", 10, "updates", 1, "score-levels", true));
            LevelReplay replay = new LevelReplay(0.5, 3, 0.1);
            OnlineMetaAlgorithm<Worlds> algorithm = new OnlineMetaAlgorithm<>(
                    lpg, new TruncatedBackpropagation(1), Descent.of(Adam.DEFAULT, 1e-3), Optional.of(replay));
            MetaState state = algorithm.init(new SplittableRandom(1));
            int again = 0;
            for (int i = 0; i < 16; i++) {
                long drawn = algorithm.drawnAt(state, 0);
                boolean begins = state.carry().child("0").isEmpty();
                again += begins && drawn < state.iteration() ? 1 : 0;
                // A state that has been in a file is the same state.
                MetaState stored = MetaState.of(state.iteration(), state.toParams());
                assertThat(algorithm.drawnAt(stored, 0)).isEqualTo(drawn);
                Worlds tasks = new Lifetimes(CHAIN, 2, 0, 20).sample(2, new SplittableRandom(drawn));
                Contribution window = algorithm.contribute(stored, 0, tasks, drawn);
                state = algorithm.update(state, List.of(window)).state();
            }
            Params store = state.carry().child("store").child("0");
            assertThat(again).isBetween(1, 7);
            assertThat(store.get("drawn").longs()).hasSize(3).doesNotHaveDuplicates();
            assertThat(store.get("scores").allFinite()).isTrue();
        }
    }
}
