package org.deutero.methods.lpg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.capability.Agent;
import org.deutero.learn.meta.RunningStatistics;
import org.deutero.learn.reinforcement.Advantages;
import org.deutero.methods.InScope;
import org.deutero.tasks.chain.DelayedChain;
import org.deutero.tasks.world.Lifetimes;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How agents are judged in meta-training: by advantages in units that shards share, against values that learn from every rollout. */
@ExtendWith(InScope.class)
class LpgJudgingTest {
    private static final DelayedChain CHAIN = DelayedChain.plain(3, 3);
    private static final String VARIANCE = "advantage-variance";
    private static final int STEPS = 10;

    private final Worlds tasks = new Lifetimes(CHAIN, 4, 0, 6 * STEPS).sample(2, new SplittableRandom(1));

    private static Lpg lpg(Body body, AgentSteps steps, int every, double least) {
        return new Lpg(
                new LearnedUpdate(
                        new ObjectiveNetwork(ObjectiveNetwork.Memory.GRU, 5, 4, 3, Lifespan.UNTOLD), body, steps),
                new Values(body, 0.1, new Advantages(0.9, 0.8), least, true),
                new MetaObjective(MetaObjective.Kind.POLICY_GRADIENT, new Regularizers(0, 0, 0, 0), every),
                STEPS,
                new Lpg.Start(0, 0),
                HyperParameters.fixed(0.5),
                Optional.empty(),
                DType.FLOAT64);
    }

    private static Lpg tables(int every, double least) {
        return lpg(new Body.Table(7), AgentSteps.sgd(0.5, 1, 1), every, least);
    }

    private static Params variance(double variance) {
        return Params.of(VARIANCE, Tensor.of(new double[] {variance}, 1));
    }

    /** What a shard observes is seen beside what comes back. */
    private static StepContext context(double variance, List<Params> seen, int step) {
        return TaskContext.training(5, 0, variance(variance), values -> {
                    if (values.has(VARIANCE)) {
                        seen.add(values);
                    }
                })
                .at(step, false);
    }

    private static Advantages.Estimated advantages(double... numbers) {
        Tensor advantage = Tensor.of(numbers, 2, 1, numbers.length / 2);
        return new Advantages.Estimated(advantage, advantage);
    }

    @Test
    void advantagesAreInUnitsOfARunningDeviationOverAllShards() {
        Lpg lpg = tables(1, 0);
        List<Params> seen = new ArrayList<>();
        // Means of the shards: 3 and 0.2.
        Tensor young = lpg.standardised(advantages(1, 3, 3, 5), context(4, seen, 0));
        Tensor old = lpg.standardised(advantages(0.1, 0.3, 0.2, 0.2), context(4, seen, 0));
        assertThat(young.doubles()).containsExactly(new double[] {-1, 0, 0, 1}, within(1e-7));
        assertThat(old.doubles()).containsExactly(new double[] {-0.05, 0.05, 0, 0}, within(1e-7));
        assertThat(seen.get(0).get(VARIANCE).doubles()).containsExactly(new double[] {2, 2}, within(1e-12));
        assertThat(seen.get(1).get(VARIANCE).doubles()).containsExactly(new double[] {0.01, 0}, within(1e-12));
        // As shards are added up: the mean over all lifetimes, of which a tenth goes in.
        Params mean = seen.get(0)
                .zip(seen.get(1), (a, b) -> Tensors.cat(List.of(a, b), 0).mean(0));
        assertThat(RunningStatistics.after(variance(4), mean).get(VARIANCE).item())
                .isCloseTo(0.9 * 4 + 0.1 * 4.01 / 4, within(1e-12));
        assertThat(tables(1, 8)
                        .standardised(advantages(1, 3, 3, 5), context(4, seen, 0))
                        .doubles())
                .as("no less than a deviation")
                .containsExactly(new double[] {-0.25, 0, 0, 0.25}, within(1e-7));
    }

    @Test
    void lossesOfAgentsAreInTheseUnits() {
        Lpg lpg = tables(2, 0);
        Params eta = lpg.metaParameters(new SplittableRandom(2));
        List<Params> seen = new ArrayList<>();
        Params begun = lpg.begin(eta, tasks, context(1, seen, 0));
        Params phi = lpg.step(eta, begun, tasks, context(7, seen, 0)).state();
        // Where nothing is judged the statistic is told itself, which moves nothing.
        assertThat(seen.get(0).get(VARIANCE).doubles()).containsExactly(7, 7);
        double[] one = lpg.step(eta, phi, tasks, context(1, seen, 1)).loss().doubles();
        double[] four = lpg.step(eta, phi, tasks, context(16, seen, 1)).loss().doubles();
        for (int i = 0; i < one.length; i++) {
            assertThat(Math.abs(one[i])).isGreaterThan(1e-6);
            assertThat(one[i]).isCloseTo(4 * four[i], within(1e-7 * Math.abs(one[i])));
        }
        // Means of squares around the mean of the shard: never more than the rewards' own, of -1, 0 and 1, and values'
        // that are small yet.
        for (double variance : seen.get(1).get(VARIANCE).doubles()) {
            assertThat(variance).isBetween(0.01, 2.0);
        }
        assertThat(seen.get(2).get(VARIANCE).doubles())
                .containsExactly(seen.get(1).get(VARIANCE).doubles());
    }

    /** Adam corrects its moments by the number of updates: 0, 1 and, after judging, 2, then 3. */
    @Test
    void networksOfValuesCountTheirUpdates() {
        Body body = new Body.Perceptron(7, List.of(5));
        Lpg lpg = lpg(body, new AgentSteps(AgentSteps.ADAM, 0.5, 0.01, 0.01), 2, 0);
        Params eta = lpg.metaParameters(new SplittableRandom(2));
        Params phi = lpg.begin(eta, tasks, context(1, new ArrayList<>(), 0));
        Params value = phi.child("value");
        int number = 0;
        for (int age = 0; age < 4; age++) {
            StepContext context = context(1, new ArrayList<>(), age);
            Lpg.Looked looked = lpg.look(eta, phi, tasks, context);
            value = after(lpg.values(), value, looked.lived(), number++);
            Params lives = looked.lived().lives();
            if (age % 2 == 1) {
                Experience judging = new Rollouts(body, STEPS)
                        .live(
                                looked.updated().agent().child(AgentSteps.POLICY),
                                tasks,
                                lives,
                                looked.uniforms(),
                                number * STEPS);
                value = after(lpg.values(), value, judging, number++);
                lives = judging.lives();
            }
            phi = lpg.step(eta, phi, tasks, context(1, new ArrayList<>(), age)).state();
            Params expected = value;
            phi.child("value")
                    .forEach((name, tensor) -> assertThat(tensor.doubles())
                            .as(name)
                            .containsExactly(expected.get(name).doubles()));
            assertThat(Worlds.episode(Agent.lives(phi)).doubles())
                    .containsExactly(Worlds.episode(lives).doubles());
        }
        assertThat(number).isEqualTo(6);
    }

    private static Params after(Values values, Params value, Experience lived, int number) {
        return values.after(value, lived, values.estimate(value, lived).target(), number);
    }
}
