package org.deutero.tasks.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.deutero.options.Options;
import org.deutero.tasks.source.WorldSettings;
import org.deutero.tasks.world.Lifetimes;
import org.deutero.tasks.world.TabularDynamics;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // scopes are opened for their effect
class RoomsTest {
    private static final Room ROOM = new Room(3, 4, Room.Sight.CELL);

    /** From the middle of nine cells by each action, and against each wall. */
    @Test
    void actionsMoveAndWallsStop() {
        assertThat(IntStream.range(0, 5).map(a -> ROOM.moved(4, a))).containsExactly(5, 3, 7, 1, 4);
        assertThat(IntStream.range(0, 5).map(a -> ROOM.moved(0, a))).containsExactly(1, 0, 3, 0, 0);
        assertThat(IntStream.range(0, 5).map(a -> ROOM.moved(8, a))).containsExactly(8, 7, 8, 5, 8);
        assertThat(Room.center(9)).isEqualTo(4 + 9 * 4);
        assertThat(Room.center(17)).isEqualTo(8 + 17 * 8);
    }

    private static double[] rewards(TabularDynamics world, double[] given, int... actions) {
        double[] state = new double[2];
        world.begin(given, 0, state, 0, null);
        return Arrays.stream(actions)
                .mapToDouble(a -> world.step(given, 0, state, 0, new double[] {a}, 0, null))
                .toArray();
    }

    @Test
    void theGoalPaysAsOftenAsTheAgentIsThere() {
        int[] anywhere = IntStream.range(0, 9).toArray();
        double[] goal = {5};
        int[] actions = {0, 0, 4, 1, 0};
        assertThat(rewards(new DarkRoom(ROOM, anywhere, false, 9), goal, actions))
                .containsExactly(1, 1, 1, 0, 1);
        assertThat(rewards(new DarkRoom(ROOM, anywhere, true, 9), goal, actions))
                .containsExactly(1, 0, 0, 0, 0);
    }

    /** The door is closed to whoever has no key. */
    @Test
    void theDoorPaysAfterTheKey() {
        double[] keyLeftDoorRight = {3, 5};
        assertThat(rewards(new KeyToDoor(ROOM, 50), keyLeftDoorRight, 0, 1, 1, 0, 0, 1, 1))
                .containsExactly(0, 0, 1, 0, 1, 0, 0);
    }

    /** Whatever is done from whatever state, tables say what a step does. */
    @Test
    void tablesSayWhatStepsDo() {
        int[] anywhere = IntStream.range(0, 9).toArray();
        TabularDynamics[] worlds = {
            new DarkRoom(ROOM, anywhere, false, 9), new DarkRoom(ROOM, anywhere, true, 9), new KeyToDoor(ROOM, 9)
        };
        for (TabularDynamics world : worlds) {
            SplittableRandom rng = new SplittableRandom(3);
            double[] given = new double[world.given()];
            world.draw(rng, given, 0);
            double[] state = new double[2];
            world.begin(given, 0, state, 0, null);
            TreeSet<Integer> met = new TreeSet<>();
            for (int t = 0; t < 2000; t++) {
                int from = world.number(state, 0);
                int action = rng.nextInt(5);
                double[] moves = new double[world.states()];
                double expected = world.row(given, 0, from, action, moves, 0);
                assertThat(world.step(given, 0, state, 0, new double[] {action}, 0, null))
                        .isEqualTo(expected);
                assertThat(moves[world.number(state, 0)]).isEqualTo(1);
                assertThat(Arrays.stream(moves).sum()).isEqualTo(1);
                met.add(world.number(state, 0));
            }
            assertThat(met.last()).isBetween(world.states() - 9, world.states() - 1);
        }
    }

    @Test
    void goalsOfTheTestAreNeverMetInMetaTraining() {
        WorldSettings split = RoomSettings.darkRoom(Options.at("tasks", Map.of()));
        DarkRoom train = (DarkRoom) ((Lifetimes) split.train()).dynamics();
        DarkRoom test = (DarkRoom) ((Lifetimes) split.judged()).dynamics();
        assertThat(train.goals()).hasSize(80).doesNotContain(test.goals());
        assertThat(test.goals()).hasSize(20).doesNotHaveDuplicates();
        WorldSettings far = RoomSettings.darkRoom(Options.at("tasks", Map.of("goals", "far-corner", "size", 4)));
        assertThat(((DarkRoom) ((Lifetimes) far.judged()).dynamics()).goals()).containsExactly(15);
    }

    @Test
    void theAgentSeesWhereItIsAndNothingElse() {
        try (Scope s = Scope.open()) {
            Room place = new Room(3, 0, Room.Sight.PLACE);
            for (Room room : new Room[] {place, new Room(3, 0, Room.Sight.CELL)}) {
                Worlds worlds = Lifetimes.trials(new KeyToDoor(room, 50), 1, 1).sample(1, new SplittableRandom(1));
                Params lives = worlds.begin(DType.FLOAT64);
                for (int action : new int[] {0, 2, 2}) {
                    lives = worlds.step(lives, Tensor.of(new long[] {action}, 1, 1), 0)
                            .lives();
                }
                double[] unit = new double[9];
                unit[7] = 1;
                assertThat(worlds.observe(lives, 3).doubles())
                        .containsExactly(room == place ? new double[] {1, 2} : unit);
            }
        }
    }

    @Test
    void keyAndDoorAreInDifferentCells() {
        KeyToDoor world = new KeyToDoor(new Room(2, 0, Room.Sight.CELL), 5);
        SplittableRandom rng = new SplittableRandom(1);
        TreeSet<Integer> pairs = new TreeSet<>();
        for (int i = 0; i < 300; i++) {
            double[] given = new double[2];
            world.draw(rng, given, 0);
            pairs.add((int) (4 * given[0] + given[1]));
        }
        assertThat(pairs).hasSize(12).doesNotContain(0, 5, 10, 15);
    }
}
