package org.deutero.tasks.grid;

import org.deutero.tasks.grid.GridWorld.Layout;

/**
 * The best return that an episode in a fixed layout can be expected to pay, by value iteration over a finite horizon: v_0 = 0, v_{k+1}(s) = max over actions of the expected reward and, unless the episode ends, of v_k of the next state. States are cells and which objects exist.
 */
public final class GridOracle {
    private GridOracle() {}

    /**
     * Value iteration. Time is proportional to steps, cells, actions and 4^objects.
     *
     * @param world of a fixed layout
     * @param given numbers of lifetimes, as {@link GridWorld#draw} writes them
     * @param g where those of the lifetime begin
     * @param steps of the episode
     * @return the value of every numbered state with so many steps to go
     */
    public static double[] values(GridWorld world, double[] given, int g, int steps) {
        if (world.layout() != Layout.FIXED) {
            throw new IllegalArgumentException("value iteration needs a grid whose objects keep their cells");
        }
        Sweep sweep = new Sweep(world, given, g);
        double[] values = new double[world.numberedStates()];
        for (int i = 0; i < steps; i++) {
            values = sweep.over(values);
        }
        return values;
    }

    /** One backup of all states, in closed form: it knows nothing of how a step is simulated. */
    private static final class Sweep {
        private final GridWorld world;
        private final double[] given;
        private final int g;
        private final int stride;
        private final int width;
        private final int height;
        private final int items;
        private final int[] place;

        Sweep(GridWorld world, double[] given, int g) {
            this.world = world;
            this.given = given;
            this.g = g;
            this.stride = world.levels().cells();
            this.width = (int) given[g];
            this.height = (int) given[g + 1];
            this.items = (int) given[g + 3];
            this.place = new int[items];
            for (int i = 0; i < items; i++) {
                place[i] = (int) of(i, 3);
            }
        }

        /** Reward, probability of an end, probability of coming back, cell. */
        private double of(int item, int field) {
            return given[g + 5 + stride + 4 * item + field];
        }

        double[] over(double[] next) {
            double[] values = new double[next.length];
            for (int mask = 0; mask < 1 << items; mask++) {
                for (int cell = 0; cell < width * height; cell++) {
                    if (given[g + 5 + cell] != 0) {
                        continue;
                    }
                    double best = Double.NEGATIVE_INFINITY;
                    for (int action = 0; action < world.moves().number(); action++) {
                        best = Math.max(best, after(cell, mask, action, next));
                    }
                    values[cell + stride * mask] = best;
                }
            }
            return values;
        }

        private double after(int cell, int mask, int action, double[] next) {
            int x = cell % width + world.moves().right(action);
            int y = cell / width + world.moves().down(action);
            boolean blocked = x < 0 || y < 0 || x >= width || y >= height || given[g + 5 + y * width + x] != 0;
            int there = blocked ? cell : y * width + x;
            boolean reaches = world.moves().reaches(action);
            int collected = 0;
            double reward = 0;
            double end = 0;
            for (int i = 0; i < items; i++) {
                boolean here = (reaches || world.moves().collectsOnArrival()) && place[i] == there;
                if (here && (mask & 1 << i) != 0) {
                    collected |= 1 << i;
                    reward += of(i, 0);
                    end += of(i, 1);
                }
            }
            return reward + (1 - Math.min(1, end)) * expected(reaches ? cell : there, mask, collected, next);
        }

        /** The mean over which absent objects come back. */
        private double expected(int cell, int mask, int collected, double[] next) {
            int stay = mask & ~collected;
            int absent = ((1 << items) - 1) & ~mask;
            double sum = 0;
            int back = absent;
            while (true) {
                double probability = 1;
                for (int i = 0; i < items; i++) {
                    if ((absent & 1 << i) != 0) {
                        probability *= (back & 1 << i) != 0 ? of(i, 2) : 1 - of(i, 2);
                    }
                }
                sum += probability * next[cell + stride * (stay | back)];
                if (back == 0) {
                    return sum;
                }
                back = (back - 1) & absent;
            }
        }
    }
}
