package org.deutero.tasks.grid;

import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.world.Actions;
import org.deutero.tasks.world.Canvas;
import org.deutero.tasks.world.Dynamics;
import org.deutero.tasks.world.Frame;
import org.deutero.tasks.world.WorldShape;

/**
 * Grids with objects to collect (Oh et al. 2020, arXiv 2007.08794; step order of EmptyJackson/groove). A step: the agent moves, unless a wall or the edge is there; what exists where it stands is collected; every object may come back, those that were just collected excepted; the step pays the rewards of what was collected, and the
 * episode ends with the sum of their probabilities.
 *
 * <p>{@link Layout#FIXED}: objects and the start have cells of the lifetime's own, and states are numbered, cell + cells * sum over existing objects of 2^i. {@link Layout#RANDOM}: cells are drawn in every episode, and again when an object comes back; what is seen are planes of the grid, one for the agent and one for each object.
 * Objects are drawn on cells without a wall, an agent or another object; all exist when an episode begins.
 *
 * @param levels of lifetimes
 * @param moves what can be done
 * @param layout whether objects keep their cells
 * @param wandering whether episodes begin in a random cell, in a fixed layout
 */
public record GridWorld(Levels levels, Moves moves, Layout layout, boolean wandering) implements Dynamics {
    private static final int LARGEST = 10_000_000;
    private static final int WIDTH = 0;
    private static final int HEIGHT = 1;
    private static final int LIMIT = 2;
    private static final int ITEMS = 3;
    private static final int START = 4;
    private static final int WALLS = 5;
    private static final int OF_ITEM = 4;
    private static final int CELL = 0;
    private static final int ENDED = 1;
    private static final int EXISTS = 2;

    /** Whether objects keep their cells. */
    public enum Layout {
        /** For a lifetime. */
        FIXED,
        /** Not even for an episode. */
        RANDOM
    }

    /** Refuses tables that nobody can hold. */
    public GridWorld {
        // With more objects than an int has bits, a shift would begin again from none.
        boolean many = levels.items() >= Integer.SIZE - 1 || ((long) levels.cells() << levels.items()) > LARGEST;
        if (layout == Layout.FIXED && many) {
            throw new IllegalArgumentException(levels.cells() + " cells with " + levels.items()
                    + " objects have more states than a table can hold, which is " + LARGEST);
        }
        ArraySize.of(levels.cells(), 1 + (long) levels.items());
    }

    @Override
    public WorldShape shape() {
        int seen = layout == Layout.FIXED ? levels.cells() << levels.items() : levels.cells() * (1 + levels.items());
        return new WorldShape(seen, new Actions.Discrete(moves.number()), levels.limit());
    }

    @Override
    public int given() {
        return WALLS + levels.cells() + OF_ITEM * levels.items();
    }

    /** The agent's cell, whether the episode has ended, which objects exist, and their cells. */
    @Override
    public int state() {
        return EXISTS + 2 * levels.items();
    }

    private int at(int g, int i) {
        return g + WALLS + levels.cells() + OF_ITEM * i;
    }

    private int place(int s, int i) {
        return s + EXISTS + levels.items() + i;
    }

    @Override
    public void draw(RandomGenerator rng, double[] given, int g) {
        write(levels.draw(rng), given, g);
        int[] cells = new int[1 + (int) given[g + ITEMS]];
        for (int i = 0; i < cells.length; i++) {
            int cell = free(given, g, cells, i, rng);
            cells[i] = cell;
            if (i == 0) {
                given[g + START] = cell;
            } else {
                given[at(g, i - 1) + 3] = cell;
            }
        }
    }

    private void write(Level level, double[] given, int g) {
        given[g + WIDTH] = level.width();
        given[g + HEIGHT] = level.height();
        given[g + LIMIT] = level.limit();
        given[g + ITEMS] = level.items().size();
        for (int cell = 0; cell < levels.cells(); cell++) {
            given[g + WALLS + cell] = level.walls().contains(cell) ? 1 : 0;
        }
        for (int i = 0; i < level.items().size(); i++) {
            Item item = level.items().get(i);
            int at = at(g, i);
            given[at] = item.reward();
            given[at + 1] = item.end();
            given[at + 2] = item.respawn();
        }
    }

    /** A cell without a wall that is none of the first {@code number} taken ones. */
    private static int free(double[] given, int g, int[] taken, int number, RandomGenerator rng) {
        int cells = (int) (given[g + WIDTH] * given[g + HEIGHT]);
        while (true) {
            int cell = rng.nextInt(cells);
            boolean good = given[g + WALLS + cell] == 0;
            for (int i = 0; i < number && good; i++) {
                good = taken[i] != cell;
            }
            if (good) {
                return cell;
            }
        }
    }

    @Override
    public void begin(double[] given, int g, double[] state, int s, RandomGenerator chance) {
        int items = (int) given[g + ITEMS];
        int[] cells = new int[1 + items];
        for (int i = 0; i <= items; i++) {
            boolean fixed = layout == Layout.FIXED && !(i == 0 && wandering);
            double own = i == 0 ? given[g + START] : given[at(g, i - 1) + 3];
            cells[i] = fixed ? (int) own : free(given, g, cells, layout == Layout.FIXED ? 0 : i, chance);
        }
        Arrays.fill(state, s, s + state(), 0);
        state[s + CELL] = cells[0];
        for (int i = 0; i < items; i++) {
            state[s + EXISTS + i] = 1;
            state[place(s, i)] = cells[1 + i];
        }
    }

    @Override
    public double step(double[] given, int g, double[] state, int s, double[] action, int a, RandomGenerator chance) {
        int chosen = (int) action[a];
        int there = neighbour(given, g, (int) state[s + CELL], chosen);
        if (!moves.reaches(chosen)) {
            state[s + CELL] = there;
        }
        boolean collects = moves.collectsOnArrival() || moves.reaches(chosen);
        double reward = 0;
        double end = 0;
        int items = (int) given[g + ITEMS];
        boolean[] returned = new boolean[items];
        for (int i = 0; i < items; i++) {
            int at = at(g, i);
            boolean exists = state[s + EXISTS + i] == 1;
            boolean collected = collects && exists && state[place(s, i)] == there;
            // Drawn whether or not it matters, so that other actions meet the same luck.
            boolean back = chance.nextDouble() < given[at + 2];
            if (collected) {
                reward += given[at];
                end += given[at + 1];
            }
            returned[i] = back && !exists;
            state[s + EXISTS + i] = (exists || back) && !collected ? 1 : 0;
        }
        state[s + ENDED] = chance.nextDouble() < end ? 1 : 0;
        if (layout == Layout.RANDOM) {
            relocate(given, g, state, s, returned, chance);
        }
        return reward;
    }

    /** Whether there is such a cell, without a wall. */
    boolean free(double[] given, int g, int cell) {
        return cell < given[g + WIDTH] * given[g + HEIGHT] && given[g + WALLS + cell] == 0;
    }

    /** How many objects a lifetime has. */
    int items(double[] given, int g) {
        return (int) given[g + ITEMS];
    }

    /** An object of a lifetime. */
    Item item(double[] given, int g, int i) {
        int at = at(g, i);
        return new Item(given[at], given[at + 1], given[at + 2]);
    }

    /** The cell of an object, in a fixed layout. */
    int place(double[] given, int g, int i) {
        return (int) given[at(g, i) + 3];
    }

    /** Objects that pay are green, those that cost red; walls are dark. */
    @Override
    public Optional<Frame> picture(double[] given, int g, double[] state, int s) {
        int width = (int) given[g + WIDTH];
        Canvas canvas = Canvas.board((int) given[g + HEIGHT], width);
        for (int cell = 0; cell < width * (int) given[g + HEIGHT]; cell++) {
            if (given[g + WALLS + cell] == 1) {
                canvas.cell(cell / width, cell % width, Canvas.INK);
            }
        }
        for (int i = 0; i < (int) given[g + ITEMS]; i++) {
            int cell = (int) state[place(s, i)];
            if (state[s + EXISTS + i] == 1) {
                canvas.cell(cell / width, cell % width, item(given, g, i).reward() > 0 ? Canvas.GOAL : Canvas.HARM);
            }
        }
        int cell = (int) state[s + CELL];
        return Optional.of(
                canvas.token(cell / width, cell % width, Canvas.AGENT).frame());
    }

    /** The cell that an action leads to: the same one where a wall or the edge is in the way. */
    int neighbour(double[] given, int g, int cell, int action) {
        int width = (int) given[g + WIDTH];
        int x = cell % width + moves.right(action);
        int y = cell / width + moves.down(action);
        if (x < 0 || x >= width || y < 0 || y >= given[g + HEIGHT]) {
            return cell;
        }
        int there = y * width + x;
        return given[g + WALLS + there] == 0 ? there : cell;
    }

    /** Objects that have come back lie somewhere else. */
    private void relocate(double[] given, int g, double[] state, int s, boolean[] returned, RandomGenerator chance) {
        for (int i = 0; i < returned.length; i++) {
            if (returned[i]) {
                int[] taken = new int[returned.length];
                int number = 0;
                taken[number++] = (int) state[s + CELL];
                for (int j = 0; j < returned.length; j++) {
                    if (j != i && state[s + EXISTS + j] == 1) {
                        taken[number++] = (int) state[place(s, j)];
                    }
                }
                state[place(s, i)] = free(given, g, taken, number, chance);
            }
        }
    }

    @Override
    public boolean terminated(double[] given, int g, double[] state, int s) {
        return state[s + ENDED] == 1;
    }

    @Override
    public int limit(double[] given, int g) {
        return (int) given[g + LIMIT];
    }

    @Override
    public int numberedStates() {
        return layout == Layout.FIXED ? levels.cells() << levels.items() : 0;
    }

    @Override
    public int number(double[] given, int g, double[] state, int s) {
        return number(state, s);
    }

    int number(double[] state, int s) {
        int existing = 0;
        for (int i = 0; i < levels.items(); i++) {
            existing += state[s + EXISTS + i] == 1 ? 1 << i : 0;
        }
        return (int) state[s + CELL] + levels.cells() * existing;
    }

    @Override
    public void observe(double[] given, int g, double[] state, int s, double[] seen, int o) {
        Arrays.fill(seen, o, o + shape().observations(), 0);
        if (layout == Layout.FIXED) {
            seen[o + number(state, s)] = 1;
            return;
        }
        seen[o + (int) state[s + CELL]] = 1;
        for (int i = 0; i < levels.items(); i++) {
            if (state[s + EXISTS + i] == 1) {
                seen[o + levels.cells() * (1 + i) + (int) state[place(s, i)]] = 1;
            }
        }
    }
}
