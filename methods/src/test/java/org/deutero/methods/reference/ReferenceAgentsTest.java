package org.deutero.methods.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Passage;
import org.deutero.learn.TaskContext;
import org.deutero.learn.Trace;
import org.deutero.learn.capability.Agent;
import org.deutero.methods.InScope;
import org.deutero.tasks.bandit.BernoulliArms;
import org.deutero.tasks.control.Aim;
import org.deutero.tasks.control.PointMass;
import org.deutero.tasks.mdp.RandomMdp;
import org.deutero.tasks.room.DarkRoom;
import org.deutero.tasks.room.KeyToDoor;
import org.deutero.tasks.room.Room;
import org.deutero.tasks.world.Actions;
import org.deutero.tasks.world.Lifetimes;
import org.deutero.tasks.world.Tabular;
import org.deutero.tasks.world.TabularDynamics;
import org.deutero.tasks.world.WorldShape;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InScope.class)
class ReferenceAgentsTest {
    private static final TaskContext CONTEXT = TaskContext.training(1);

    private static Tensor returns(Agent agent, Worlds tasks) {
        Passage end = new Lifetime<>(agent, Params.EMPTY, tasks, CONTEXT).run(Trace.NONE);
        return Worlds.returns(Agent.lives(end.state()));
    }

    /** Two states and two actions by hand: staying in state 1 pays 1, the way there costs 0.5, and succeeds half of the time. */
    @Test
    void valuesAreBellmans() {
        Tensor pays = Tensor.of(new double[] {0, -0.5, 1, 0}, 1, 2, 2);
        Tensor moves =
                Tensor.of(new double[] {1, 0, 0.5, 0.5, 0, 1, 0, 0}, 1, 2, 2, 2); // action 1 in state 1 is the end
        Tensor values = ValueIteration.values(new Tabular.Tables(pays, moves), 3);
        double[] last = {0, -0.5, 1, 0};
        double[] second = {0, -0.5 + 0.5 * 0 + 0.5 * 1, 2, 0};
        double[] first = {0, -0.5 + 0.5 * 0 + 0.5 * 2, 3, 0};
        assertThat(values.select(1, 2).reshape(-1).doubles()).containsExactly(last, within(1e-15));
        assertThat(values.select(1, 1).reshape(-1).doubles()).containsExactly(second, within(1e-15));
        assertThat(values.select(1, 0).reshape(-1).doubles()).containsExactly(first, within(1e-15));
    }

    /** What the oracle earns is what its values promise, on average over chance, to four standard errors; nobody who acts at random earns as much. */
    @Test
    void theOracleEarnsWhatItsValuesPromise() {
        int n = 40;
        int copies = 100;
        Worlds tasks = Lifetimes.trials(new RandomMdp(4, 3, 5), copies, 1).sample(n, new SplittableRandom(1));
        ValueIteration oracle = new ValueIteration(DType.FLOAT64);
        Params phi = oracle.begin(Params.EMPTY, tasks, CONTEXT.at(0, false));
        double promised =
                phi.get("values").select(1, 0).select(1, 0).max(1).mean().item();
        double earned = returns(oracle, tasks).mean().item();
        // Noise of 5 steps, and of states: returns differ by less than 5 of spread 1.5 each.
        assertThat(earned).isCloseTo(promised, within(4 * Math.sqrt(5 * (1 + 1.5 * 1.5) / (n * copies))));
        double random = returns(new RandomAgent(DType.FLOAT64), tasks).mean().item();
        assertThat(earned).isGreaterThan(random + 2);
    }

    /** A goal D steps away that pays from the step on that arrives there: H - D + 1, and H where the agent stands on it. Key and door pay 1 each. */
    @Test
    void theOracleFindsTheShortestWayInTheDark() {
        int size = 4;
        Room room = new Room(size, 0, Room.Sight.PLACE);
        int[] anywhere = IntStream.range(0, size * size).toArray();
        Lifetimes rooms = Lifetimes.trials(new DarkRoom(room, anywhere, false, 20), 1, 2);
        Worlds tasks = rooms.sample(60, new SplittableRandom(1));
        ValueIteration oracle = new ValueIteration(DType.FLOAT64);
        double[] given = new double[60];
        SplittableRandom rng = new SplittableRandom(1);
        for (int t = 0; t < 60; t++) {
            rooms.dynamics().draw(rng, given, t);
            rng.nextLong();
        }
        double[] best = Arrays.stream(given)
                .map(goal -> goal % size + Math.floor(goal / size))
                .map(d -> 2 * (d == 0 ? 20 : 20 - d + 1))
                .toArray();
        assertThat(returns(oracle, tasks).reshape(-1).doubles()).containsExactly(best);
        Worlds doors = Lifetimes.trials(new KeyToDoor(room, 20), 1, 3).sample(10, new SplittableRandom(1));
        assertThat(returns(oracle, doors).doubles()).containsOnly(6);
        Worlds once =
                Lifetimes.trials(new DarkRoom(room, anywhere, true, 20), 1, 3).sample(10, new SplittableRandom(1));
        assertThat(returns(oracle, once).doubles()).containsOnly(3);
    }

    /** Action 1 in state 0 costs 1 and leads to state 1, where every step pays 0.6: worth it with three steps left, not with two. */
    private record Investment() implements TabularDynamics {
        @Override
        public WorldShape shape() {
            return new WorldShape(2, new Actions.Discrete(2), 5);
        }

        /** The limit: 2, 3, 4 or 5. */
        @Override
        public int given() {
            return 1;
        }

        @Override
        public int limit(double[] given, int g) {
            return (int) given[g];
        }

        @Override
        public int state() {
            return 1;
        }

        @Override
        public void draw(RandomGenerator rng, double[] given, int g) {
            given[g] = 2 + rng.nextInt(4);
        }

        @Override
        public void begin(double[] given, int g, double[] state, int s, RandomGenerator chance) {
            state[s] = 0;
        }

        @Override
        public void observe(double[] given, int g, double[] state, int s, double[] seen, int o) {
            seen[o + (int) state[s]] = 1;
        }

        @Override
        public double step(
                double[] given, int g, double[] state, int s, double[] action, int a, RandomGenerator chance) {
            double reward = state[s] == 1 ? 0.6 : -action[a];
            state[s] = Math.max(state[s], action[a]);
            return reward;
        }

        @Override
        public boolean terminated(double[] given, int g, double[] state, int s) {
            return false;
        }

        @Override
        public int states() {
            return 2;
        }

        @Override
        public int number(double[] state, int s) {
            return (int) state[s];
        }

        @Override
        public double row(double[] given, int g, int from, int action, double[] moves, int m) {
            double[] state = {from};
            double reward = step(given, g, state, 0, new double[] {action}, 0, null);
            moves[m + (int) state[0]] = 1;
            return reward;
        }
    }

    /** Of L steps, the first costs 1 and the others pay 0.6, if that is more than nothing; three episodes of each lifetime's own length. */
    @Test
    void theOracleKnowsEachLifetimesOwnTime() {
        int n = 20;
        Worlds tasks = new Lifetimes(new Investment(), 2, 3, 15).sample(n, new SplittableRandom(1));
        double[] limits = tasks.world().limits().orElseThrow().doubles();
        assertThat(Arrays.stream(limits).distinct().count()).isEqualTo(4);
        double[] earned = returns(new ValueIteration(DType.FLOAT64), tasks).doubles();
        for (int life = 0; life < earned.length; life++) {
            double limit = limits[life / 2];
            assertThat(earned[life])
                    .as("%s steps", limit)
                    .isCloseTo(3 * Math.max(0, 0.6 * (limit - 1) - 1), within(1e-12));
        }
    }

    /** Where a lifetime is over before an episode is, there is nothing to wait for: of 7 steps of episodes of 5, the last 2 are not worth the cost. */
    @Test
    void theOracleKnowsWhenTheLifetimeIsOver() {
        Worlds tasks = new Lifetimes(new Investment(), 1, 0, 7).sample(40, new SplittableRandom(1));
        double[] limits = tasks.world().limits().orElseThrow().doubles();
        double[] earned = returns(new ValueIteration(DType.FLOAT64), tasks).doubles();
        for (int life = 0; life < earned.length; life++) {
            double best = 0;
            for (int left = 7; left > 0; left -= (int) limits[life]) {
                best += Math.max(0, 0.6 * (Math.min(left, limits[life]) - 1) - 1);
            }
            assertThat(earned[life]).as("%s steps", limits[life]).isCloseTo(best, within(1e-12));
        }
    }

    /** Pictures of an episode after the lifetime are made with the age of the lifetime: the whole of that episode is ahead. */
    @Test
    void anEpisodeAfterTheLifetimeIsOneLikeTheFirst() {
        Worlds tasks = new Lifetimes(new Investment(), 1, 0, 7).sample(20, new SplittableRandom(1));
        ValueIteration oracle = new ValueIteration(DType.FLOAT64);
        Params phi = oracle.begin(Params.EMPTY, tasks, CONTEXT.at(0, false));
        Tensor first = oracle.predict(Params.EMPTY, phi, tasks, CONTEXT.at(0, false));
        assertThat(first.select(2, 1).exp().sum().item()).isBetween(1.0, 19.0);
        assertThat(oracle.predict(Params.EMPTY, phi, tasks, CONTEXT.at(7, false))
                        .doubles())
                .containsExactly(first.doubles());
    }

    @Test
    void whoActsAtRandomDoesEverythingAlike() {
        Worlds bandits = new BernoulliArms(List.of(4), 100).sample(50, new SplittableRandom(1));
        assertThat(returns(new RandomAgent(DType.FLOAT64), bandits).mean().item())
                .isCloseTo(50, within(4 * Math.sqrt(100 * 0.25 / 50 + 100 * 100 / (12.0 * 4 * 50))));
        // Effort 0.05 E|a|^2 = 0.05 * 2 / 3 a step; directions cancel out.
        Worlds masses =
                Lifetimes.trials(new PointMass(Aim.DIRECTION, 1), 1000, 1).sample(2, new SplittableRandom(1));
        double mean = returns(new RandomAgent(DType.FLOAT64), masses).mean().item();
        assertThat(mean).isCloseTo(-0.1 / 3, within(4 * 0.06 / Math.sqrt(2000)));
    }

    @Test
    void worldsWithoutTablesAreRefused() {
        Worlds masses = Lifetimes.trials(new PointMass(Aim.DIRECTION, 1), 1, 1).sample(2, new SplittableRandom(1));
        assertThatThrownBy(() -> returns(new ValueIteration(DType.FLOAT64), masses))
                .hasMessageContaining("written down as tables");
    }
}
