package org.deutero.tasks.grid;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The levels of Oh et al. 2020 (arXiv 2007.08794, appendix), as GROOVE's paper and code and another transcription tell them. The paper's own drawings of walls are pictures that were not at hand; walls are GROOVE's.
 */
public enum NamedLevel {
    /** 11 x 11, 500 steps. */
    DENSE {
        @Override
        public Level level(boolean groove) {
            return open(11, 11, 500, items(2, 1, 0, 0.05), items(1, -1, 0.5, 0.1), items(1, -1, 0, 0.5));
        }
    },
    /** 13 x 13, 50 steps: one object of either kind ends the episode. */
    SPARSE {
        @Override
        public Level level(boolean groove) {
            return open(13, 13, 50, items(1, 1, 1, 0), items(1, -1, 1, 0));
        }
    },
    /** 11 x 11, 1000 steps. */
    LONG {
        @Override
        public Level level(boolean groove) {
            return open(11, 11, 1000, items(2, 1, 0, 0.01), items(2, -1, 0.5, 1));
        }
    },
    /** 7 x 9, 2000 steps, a wall in the middle column with two gaps; 9 x 9 with fewer bad objects in GROOVE. */
    LONGER {
        @Override
        public Level level(boolean groove) {
            int width = groove ? 9 : 7;
            Set<Integer> walls = column(width, 9, width / 2, Set.of(1, 7));
            return new Level(width, 9, 2000, join(items(2, 1, 0.1, 0.01), items(groove ? 3 : 5, -1, 0.8, 1)), walls);
        }
    },
    /** 11 x 11, 2000 steps, four rooms. */
    LONG_DENSE {
        @Override
        public Level level(boolean groove) {
            Set<Integer> walls = new HashSet<>(column(11, 11, 5, Set.of(0, 7)));
            for (int x = 0; x < 11; x++) {
                if (x != 2 && x != 8) {
                    walls.add(4 * 11 + x);
                }
            }
            return new Level(11, 11, 2000, items(4, 1, 0, 0.005), walls);
        }
    },
    /** 5 x 7, 500 steps; 7 x 7 with two walls in GROOVE. */
    SMALL {
        @Override
        public Level level(boolean groove) {
            List<Item> items = join(items(2, 1, 0, 0.05), items(2, -1, 0.5, 0.1));
            return groove ? new Level(7, 7, 500, items, Set.of(9, 25)) : new Level(5, 7, 500, items, Set.of());
        }
    },
    /** 5 x 7, 50 steps; 7 x 7 in GROOVE. */
    SMALL_SPARSE {
        @Override
        public Level level(boolean groove) {
            return open(groove ? 7 : 5, 7, 50, items(1, 1, 1, 1), items(2, -1, 1, 1));
        }
    },
    /** 11 x 11, 2000 steps, one object that is back at once. */
    VERY_DENSE {
        @Override
        public Level level(boolean groove) {
            return open(11, 11, 2000, items(1, 1, 0, 1));
        }
    };

    /**
     * The level.
     *
     * @param groove whether as in GROOVE, where that differs
     */
    public abstract Level level(boolean groove);

    private static List<Item> items(int number, double reward, double end, double respawn) {
        return Collections.nCopies(number, new Item(reward, end, respawn));
    }

    @SafeVarargs
    private static List<Item> join(List<Item>... parts) {
        List<Item> all = new ArrayList<>();
        for (List<Item> part : parts) {
            all.addAll(part);
        }
        return all;
    }

    @SafeVarargs
    private static Level open(int width, int height, int limit, List<Item>... items) {
        return new Level(width, height, limit, join(items), Set.of());
    }

    private static Set<Integer> column(int width, int height, int x, Set<Integer> gaps) {
        Set<Integer> walls = new HashSet<>();
        for (int y = 0; y < height; y++) {
            if (!gaps.contains(y)) {
                walls.add(y * width + x);
            }
        }
        return walls;
    }
}
