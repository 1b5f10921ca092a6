package org.deutero.methods.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
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
import org.deutero.tasks.world.Lifetimes;
import org.deutero.tasks.world.Tabular;
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
