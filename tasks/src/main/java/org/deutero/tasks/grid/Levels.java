package org.deutero.tasks.grid;

import java.util.random.RandomGenerator;

/** Where the levels of lifetimes come from. */
public interface Levels {
    /** Cells of the largest grid. */
    int cells();

    /** Objects at most. */
    int items();

    /** Steps of an episode at most. */
    int limit();

    /** The level of a lifetime. */
    Level draw(RandomGenerator rng);

    /** The same level for all lifetimes. */
    static Levels of(Level level) {
        return new Same(level);
    }

    /**
     * The same level for all lifetimes.
     *
     * @param level the one
     */
    record Same(Level level) implements Levels {
        @Override
        public int cells() {
            return level.cells();
        }

        @Override
        public int items() {
            return level.items().size();
        }

        @Override
        public int limit() {
            return level.limit();
        }

        @Override
        public Level draw(RandomGenerator rng) {
            return level;
        }
    }
}
