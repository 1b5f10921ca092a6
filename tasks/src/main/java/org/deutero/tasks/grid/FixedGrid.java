package org.deutero.tasks.grid;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deutero.tasks.world.Frame;
import org.deutero.tasks.world.TabularDynamics;
import org.deutero.tasks.world.WorldShape;

/**
 * A grid of a fixed layout that can be written down as tables: what an action in a state pays and where it leads, in closed form and without a look at how a step is simulated. States are cells and which objects exist.
 *
 * @param grid of a fixed layout
 */
public record FixedGrid(GridWorld grid) implements TabularDynamics {
    /** Refuses objects that do not keep their cells. */
    public FixedGrid {
        if (grid.layout() != GridWorld.Layout.FIXED) {
            throw new IllegalArgumentException("a grid whose objects do not keep their cells is no table");
        }
    }

    /** A level with fixed objects and start, and five moves. */
    public static FixedGrid of(Level level) {
        return new FixedGrid(new GridWorld(Levels.of(level), Moves.FIVE, GridWorld.Layout.FIXED, false));
    }

    @Override
    public int states() {
        return grid.numberedStates();
    }

    @Override
    public int number(double[] state, int s) {
        return grid.number(state, s);
    }

    @Override
    public double row(double[] given, int g, int from, int action, double[] moves, int m) {
        int cells = grid.levels().cells();
        int cell = from % cells;
        int mask = from / cells;
        if (!grid.free(given, g, cell)) {
            moves[m + from] = 1; // nobody is ever there
            return 0;
        }
        int there = grid.neighbour(given, g, cell, action);
        boolean reaches = grid.moves().reaches(action);
        boolean collects = reaches || grid.moves().collectsOnArrival();
        int items = grid.items(given, g);
        int collected = 0;
        double reward = 0;
        double end = 0;
        for (int i = 0; i < items; i++) {
            if (collects && (mask & 1 << i) != 0 && grid.place(given, g, i) == there) {
                Item item = grid.item(given, g, i);
                collected |= 1 << i;
                reward += item.reward();
                end += item.end();
            }
        }
        double goesOn = 1 - Math.min(1, end);
        int absent = ((1 << items) - 1) & ~mask;
        int stay = mask & ~collected;
        int arrived = reaches ? cell : there;
        // All subsets of what is away may come back.
        for (int back = absent; ; back = (back - 1) & absent) {
            double probability = goesOn;
            for (int i = 0; i < items; i++) {
                if ((absent & 1 << i) != 0) {
                    double respawn = grid.item(given, g, i).respawn();
                    probability *= (back & 1 << i) != 0 ? respawn : 1 - respawn;
                }
            }
            moves[m + arrived + cells * (stay | back)] += probability;
            if (back == 0) {
                return reward;
            }
        }
    }

    @Override
    public WorldShape shape() {
        return grid.shape();
    }

    @Override
    public int given() {
        return grid.given();
    }

    @Override
    public int state() {
        return grid.state();
    }

    @Override
    public void draw(RandomGenerator rng, double[] given, int g) {
        grid.draw(rng, given, g);
    }

    @Override
    public void begin(double[] given, int g, double[] state, int s, RandomGenerator chance) {
        grid.begin(given, g, state, s, chance);
    }

    @Override
    public void observe(double[] given, int g, double[] state, int s, double[] seen, int o) {
        grid.observe(given, g, state, s, seen, o);
    }

    @Override
    public double step(double[] given, int g, double[] state, int s, double[] action, int a, RandomGenerator chance) {
        return grid.step(given, g, state, s, action, a, chance);
    }

    @Override
    public boolean terminated(double[] given, int g, double[] state, int s) {
        return grid.terminated(given, g, state, s);
    }

    @Override
    public int limit(double[] given, int g) {
        return grid.limit(given, g);
    }

    @Override
    public Optional<Frame> picture(double[] given, int g, double[] state, int s) {
        return grid.picture(given, g, state, s);
    }

    @Override
    public int numberedStates() {
        return grid.numberedStates();
    }

    @Override
    public int number(double[] given, int g, double[] state, int s) {
        return grid.number(state, s);
    }
}
