package org.deutero.tasks.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deutero.tasks.grid.GridWorld.Layout;
import org.deutero.tasks.world.Dynamics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps on grids in closed form, the levels, and the best that can be earned. */
class GridWorldTest {
    private static final int UP = 0;
    private static final int DOWN = 1;
    private static final int LEFT = 2;
    private static final int RIGHT = 3;
    private static final int STAY = 4;

    /** Column 5 but for rows 0 and 7, and row 4 but for columns 2 and 8. */
    private static final String FOUR_ROOMS = "16 27 38 44 45 47 48 49 50 51 53 54 60 71 93 104 115";

    /** A life on a 3 x 2 grid with a wall in cell 4; the agent starts in 0, object i lies where it is told. */
    private static final class Life {
        private final Dynamics world;
        private final Levels levels;
        private final double[] given;
        private final double[] state;
        private final SplittableRandom chance = new SplittableRandom(7);

        Life(Dynamics world, int start, int... cells) {
            this.world = world;
            levels = world instanceof FixedGrid fixed ? fixed.grid().levels() : ((GridWorld) world).levels();
            given = new double[world.given()];
            state = new double[world.state()];
            world.draw(chance, given, 0);
            given[4] = start;
            for (int i = 0; i < cells.length; i++) {
                given[5 + levels.cells() + 4 * i + 3] = cells[i];
            }
            world.begin(given, 0, state, 0, chance);
        }

        double step(int action) {
            return world.step(given, 0, state, 0, new double[] {action}, 0, chance);
        }

        int number() {
            return world.number(given, 0, state, 0);
        }

        boolean ended() {
            return world.terminated(given, 0, state, 0);
        }
    }

    private static Level level(Item... items) {
        return new Level(3, 2, 9, List.of(items), Set.of(4));
    }

    @Test
    void wallsAndEdgesBlock() {
        Life life = new Life(FixedGrid.of(level(new Item(1, 0, 0))), 0, 5);
        int[] actions = {UP, LEFT, STAY, DOWN, RIGHT, UP, RIGHT, DOWN, RIGHT, RIGHT};
        int[] cells = {0, 0, 0, 3, 3, 0, 1, 1, 2, 2};
        for (int i = 0; i < actions.length; i++) {
            life.step(actions[i]);
            assertThat(life.number() % 6).as("step %d", i).isEqualTo(cells[i]);
        }
    }

    @Test
    void whatIsCollectedPaysOnceAndIsNotBackInTheSameStep() {
        Life gone = new Life(FixedGrid.of(level(new Item(0.5, 0, 0))), 0, 1);
        assertThat(gone.number()).isEqualTo(6); // cell 0, the object exists
        assertThat(gone.step(RIGHT)).isEqualTo(0.5);
        assertThat(gone.number()).isEqualTo(1);
        assertThat(gone.step(STAY)).isZero();
        // What always comes back is away for one step, and is collected in the one after.
        Life back = new Life(FixedGrid.of(level(new Item(0.5, 0, 1))), 0, 1);
        assertThat(new double[] {back.step(RIGHT), back.step(STAY), back.step(STAY), back.step(STAY)})
                .containsExactly(0.5, 0, 0.5, 0);
        assertThat(back.ended()).isFalse();
    }

    @Test
    void endsAndReturnsHaveTheirProbabilities() {
        FixedGrid world = FixedGrid.of(level(new Item(1, 0.3, 0), new Item(-2, 0.2, 0.4)));
        int ended = 0;
        int returned = 0;
        Life life = new Life(world, 0, 1, 1);
        for (int i = 0; i < 4000; i++) {
            world.begin(life.given, 0, life.state, 0, life.chance);
            assertThat(life.step(RIGHT)).isEqualTo(-1);
            ended += life.ended() ? 1 : 0;
            life.step(LEFT);
            returned += life.number() / 6 == 2 ? 1 : 0;
            assertThat(life.number() / 6 & 1).isZero();
        }
        assertThat(ended / 4000.0).isCloseTo(0.5, within(0.035)); // 4.4 deviations
        assertThat(returned / 4000.0).isCloseTo(0.4, within(0.035));
    }

    @Test
    void nineMovesGoAcrossAndEighteenReachOut() {
        GridWorld nine = new GridWorld(
                Levels.of(new Level(3, 3, 9, List.of(new Item(1, 0, 0)), Set.of())), Moves.NINE, Layout.FIXED, false);
        Life life = new Life(nine, 4, 8);
        assertThat(life.step(7)).isEqualTo(1); // down and right
        assertThat(life.number()).isEqualTo(8);
        life.step(4);
        assertThat(life.number()).isEqualTo(4);
        GridWorld eighteen = new GridWorld(nine.levels(), Moves.EIGHTEEN, Layout.FIXED, false);
        Life reaching = new Life(eighteen, 4, 8);
        assertThat(reaching.step(7)).isZero(); // arrives without collecting
        assertThat(reaching.number() % 9).isEqualTo(8);
        assertThat(reaching.step(4)).isZero();
        assertThat(reaching.step(9 + 7)).isEqualTo(1); // collects without moving
        assertThat(reaching.number()).isEqualTo(4);
    }

    @Test
    void randomLayoutsShowPlanesAndNeverPutTwoThingsInOneCell() {
        GridWorld world = new GridWorld(
                Levels.of(level(new Item(1, 0, 1), new Item(-1, 0, 1))), Moves.FIVE, Layout.RANDOM, false);
        assertThat(world.shape().observations()).isEqualTo(18);
        double[] given = new double[world.given()];
        SplittableRandom rng = new SplittableRandom(2);
        world.draw(rng, given, 0);
        double[] state = new double[world.state()];
        world.begin(given, 0, state, 0, rng);
        int[] agentIn = new int[6];
        for (int t = 0; t < 300; t++) {
            world.step(given, 0, state, 0, new double[] {rng.nextInt(5)}, 0, rng);
            double[] seen = new double[18];
            world.observe(given, 0, state, 0, seen, 0);
            for (int cell = 0; cell < 6; cell++) {
                assertThat(seen[6 + cell] + seen[12 + cell]).isLessThanOrEqualTo(1);
                agentIn[cell] += (int) seen[cell];
            }
            assertThat(seen[4] + seen[10] + seen[16]).as("in the wall").isZero();
        }
        assertThat(agentIn[0]).isPositive();
        assertThat(world.numberedStates()).isZero();
    }

    /** The table of Oh et al. 2020's levels, and where GROOVE's differ: columns x rows, steps, number x [reward, end, coming back], and cells with walls. */
    static Stream<Arguments> table() {
        return Stream.of(
                row("dense", false, 11, 11, 500, "2x[1,0,.05] 1x[-1,.5,.1] 1x[-1,0,.5]", ""),
                row("dense", true, 11, 11, 500, "2x[1,0,.05] 1x[-1,.5,.1] 1x[-1,0,.5]", ""),
                row("sparse", false, 13, 13, 50, "1x[1,1,0] 1x[-1,1,0]", ""),
                row("sparse", true, 13, 13, 50, "1x[1,1,0] 1x[-1,1,0]", ""),
                row("long", false, 11, 11, 1000, "2x[1,0,.01] 2x[-1,.5,1]", ""),
                row("long", true, 11, 11, 1000, "2x[1,0,.01] 2x[-1,.5,1]", ""),
                row("longer", false, 7, 9, 2000, "2x[1,.1,.01] 5x[-1,.8,1]", "3 17 24 31 38 45 59"),
                row("longer", true, 9, 9, 2000, "2x[1,.1,.01] 3x[-1,.8,1]", "4 22 31 40 49 58 76"),
                row("long-dense", false, 11, 11, 2000, "4x[1,0,.005]", FOUR_ROOMS),
                row("long-dense", true, 11, 11, 2000, "4x[1,0,.005]", FOUR_ROOMS),
                row("small", false, 5, 7, 500, "2x[1,0,.05] 2x[-1,.5,.1]", ""),
                row("small", true, 7, 7, 500, "2x[1,0,.05] 2x[-1,.5,.1]", "9 25"),
                row("small-sparse", false, 5, 7, 50, "1x[1,1,1] 2x[-1,1,1]", ""),
                row("small-sparse", true, 7, 7, 50, "1x[1,1,1] 2x[-1,1,1]", ""),
                row("very-dense", false, 11, 11, 2000, "1x[1,0,1]", ""),
                row("very-dense", true, 11, 11, 2000, "1x[1,0,1]", ""));
    }

    private static Arguments row(
            String name, boolean groove, int width, int height, int limit, String objects, String walls) {
        return Arguments.of(name, groove, width, height, limit, objects, walls);
    }

    @ParameterizedTest(name = "{0}, GROOVE {1}")
    @MethodSource("table")
    void levelsAreThoseInPrint(
            String name, boolean groove, int width, int height, int limit, String objects, String walls) {
        NamedLevel named = NamedLevel.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
        List<Item> items = new ArrayList<>();
        Matcher kinds = Pattern.compile("(\\d+)x\\[(.+?),(.+?),(.+?)]").matcher(objects);
        while (kinds.find()) {
            Item item = new Item(
                    Double.parseDouble(kinds.group(2)),
                    Double.parseDouble(kinds.group(3)),
                    Double.parseDouble(kinds.group(4)));
            items.addAll(Collections.nCopies(Integer.parseInt(kinds.group(1)), item));
        }
        Set<Integer> cells = Stream.of(walls.split(" "))
                .filter(cell -> !cell.isEmpty())
                .map(Integer::valueOf)
                .collect(Collectors.toSet());
        assertThat(named.level(groove)).isEqualTo(new Level(width, height, limit, items, cells));
    }

    @Test
    void theTableHasAllLevels() {
        assertThat(table().count()).isEqualTo(2L * NamedLevel.values().length);
    }

    @Test
    void variedLevelsStayWithinTheirRanges() {
        SplittableRandom rng = new SplittableRandom(5);
        GridWorld varied = new GridWorld(new VariedLevels(), Moves.FIVE, Layout.FIXED, true);
        for (int i = 0; i < 200; i++) {
            Level level = new VariedLevels().draw(rng);
            assertThat(level.width()).isEqualTo(level.height()).isBetween(4, 10);
            assertThat(level.limit()).isBetween(20, 750);
            assertThat(level.items()).hasSizeBetween(1, 5).allMatch(item -> item.respawn() <= 0.1);
            assertThat(level.items().get(0).reward()).isBetween(0.0, 1.0);
            double[] given = new double[varied.given()];
            varied.draw(rng, given, 0);
            assertThat(varied.limit(given, 0)).isBetween(20, 750);
        }
        assertThatThrownBy(() -> new Level(2, 1, 5, List.of(new Item(1, 0, 0)), Set.of(0)))
                .hasMessageContaining("no room");
    }

    @Test
    void theOracleAgreesWithWhatCanBeWorkedOutByHand() {
        // One object, two cells away, that ends the episode and never comes back: it can be had in two steps.
        FixedGrid sparse = FixedGrid.of(level(new Item(1, 1, 0)));
        Life life = new Life(sparse, 0, 2);
        assertThat(values(sparse, life.given, 0, 1)[life.number()]).isZero();
        assertThat(values(sparse, life.given, 0, 2)[life.number()]).isEqualTo(1);
        assertThat(values(sparse, life.given, 0, 9)[life.number()]).isEqualTo(1);
        // Under the agent, coming back with probability p: collected in the first step; with k steps to go and the
        // object away, u_k = p w_{k-1} + (1 - p) u_{k-1} and w_k = 1 + u_{k-1}, staying where it is.
        double p = 0.3;
        FixedGrid waiting = FixedGrid.of(level(new Item(1, 0, p)));
        Life there = new Life(waiting, 1, 1);
        double u = 0;
        double w = 0;
        for (int k = 0; k < 6; k++) {
            double next = p * w + (1 - p) * u;
            w = 1 + u;
            u = next;
        }
        double[] values = values(waiting, there.given, 0, 6);
        assertThat(values[there.number()]).isCloseTo(w, within(1e-12));
        assertThat(values[1]).isCloseTo(u, within(1e-12));
        // What ends the episode half of the time halves what is to come: 1 + (1 - e) (1 + ...).
        FixedGrid ending = FixedGrid.of(level(new Item(1, 0.5, 1), new Item(-1, 0, 0)));
        Life short1 = new Life(ending, 1, 1, 5);
        double[] best = values(ending, short1.given, 0, 5);
        assertThat(best[short1.number()]).isCloseTo(1 + 0.5 * (1 + 0.5), within(1e-12));
    }

    @Test
    void actingByTheOracleEarnsWhatItSays() {
        Level level = new Level(3, 3, 8, List.of(new Item(1, 0.2, 0.2), new Item(-1, 0, 0.5)), Set.of());
        FixedGrid world = FixedGrid.of(level);
        Life life = new Life(world, 0, 4, 1);
        double[][] values = new double[9][];
        for (int k = 0; k <= 8; k++) {
            values[k] = values(world, life.given, 0, k);
        }
        double sum = 0;
        int episodes = 4000;
        for (int i = 0; i < episodes; i++) {
            world.begin(life.given, 0, life.state, 0, life.chance);
            for (int t = 0; t < 8 && !life.ended(); t++) {
                sum += life.step(best(world, life, values[8 - t - 1]));
            }
        }
        world.begin(life.given, 0, life.state, 0, life.chance);
        assertThat(sum / episodes).isCloseTo(values[8][life.number()], within(0.06));
    }

    /** Value iteration over so many steps by the tables of the grid. */
    private static double[] values(FixedGrid world, double[] given, int g, int steps) {
        int states = world.states();
        double[] values = new double[states];
        for (int k = 0; k < steps; k++) {
            double[] next = values;
            values = new double[states];
            for (int from = 0; from < states; from++) {
                double best = Double.NEGATIVE_INFINITY;
                for (int action = 0; action < world.shape().choices(); action++) {
                    double[] moves = new double[states];
                    double worth = world.row(given, g, from, action, moves, 0);
                    for (int to = 0; to < states; to++) {
                        worth += moves[to] * next[to];
                    }
                    best = Math.max(best, worth);
                }
                values[from] = best;
            }
        }
        return values;
    }

    /** The action after which the mean over many tries of reward and value is best. */
    private static int best(FixedGrid world, Life life, double[] next) {
        int best = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int action = 0; action < 5; action++) {
            double sum = 0;
            for (int i = 0; i < 12; i++) {
                double[] state = life.state.clone();
                sum += world.step(life.given, 0, state, 0, new double[] {action}, 0, life.chance);
                sum += world.terminated(life.given, 0, state, 0) ? 0 : next[world.number(life.given, 0, state, 0)];
            }
            if (sum > most) {
                most = sum;
                best = action;
            }
        }
        return best;
    }
}
