package org.deutero.tasks.grid;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Levels drawn from a wide range: the distribution "all" of GROOVE (Jackson et al. 2023, arXiv 2310.02782). Squares of 4 to 10 cells a side, 1 to 5 objects, the first with a reward in [0, 1), others in [-1, 1), probabilities of an end log-uniform in [0.01, 1] and of coming back in [0.001, 0.1],
 * 20 to 750 steps log-uniform, and 15 walls.
 *
 * <p>Walls lie on cells of the grid at hand, as many as leave room. In the authors' code they are drawn on the largest grid and read with another width, so that other cells are walls.
 */
public record VariedLevels() implements Levels {
    private static final int LEAST = 4;
    private static final int MOST = 10;
    private static final int ITEMS = 5;
    private static final int WALLS = 15;
    private static final int SHORTEST = 20;
    private static final int LONGEST = 750;

    @Override
    public int cells() {
        return MOST * MOST;
    }

    @Override
    public int items() {
        return ITEMS;
    }

    @Override
    public int limit() {
        return LONGEST;
    }

    @Override
    public Level draw(RandomGenerator rng) {
        int side = LEAST + rng.nextInt(MOST - LEAST + 1);
        int number = 1 + rng.nextInt(ITEMS);
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            double reward = i == 0 ? rng.nextDouble() : 2 * rng.nextDouble() - 1;
            items.add(new Item(reward, logUniform(rng, 0.01, 1), logUniform(rng, 0.001, 0.1)));
        }
        int limit = (int) logUniform(rng, SHORTEST, LONGEST + 1.0);
        Set<Integer> walls = new HashSet<>();
        // A wall drawn twice is one wall; half of the grid stays free.
        for (int i = 0; i < Math.min(WALLS, side * side / 2); i++) {
            walls.add(rng.nextInt(side * side));
        }
        return new Level(side, side, Math.min(LONGEST, limit), items, walls);
    }

    private static double logUniform(RandomGenerator rng, double low, double high) {
        return Math.exp(Math.log(low) + rng.nextDouble() * Math.log(high / low));
    }
}
