package org.deutero.tasks.grid;

import java.util.List;
import java.util.Set;
import org.deutero.tasks.ArraySize;

/**
 * A grid and what lies on it. Cells are numbered row by row, y * width + x, with y from the top.
 *
 * @param width cells of a row
 * @param height rows
 * @param limit steps of an episode at most
 * @param items what there is to collect
 * @param walls cells that cannot be entered
 */
public record Level(int width, int height, int limit, List<Item> items, Set<Integer> walls) {
    /** Refuses a grid without time, or without room for an agent and all objects. */
    public Level {
        items = List.copyOf(items);
        walls = Set.copyOf(walls);
        if (width < 1 || height < 1 || limit < 1 || (long) width * height > ArraySize.MOST) {
            throw new IllegalArgumentException("a grid of " + width + " x " + height + " with at most " + limit
                    + " steps cannot be: expected at least 1 of each, and at most " + ArraySize.MOST + " cells");
        }
        for (int wall : walls) {
            if (wall < 0 || wall >= width * height) {
                throw new IllegalArgumentException(
                        "there is no cell " + wall + " for a wall on a grid of " + width + " x " + height);
            }
        }
        if (width * height - walls.size() <= items.size()) {
            throw new IllegalArgumentException("a grid of " + width + " x " + height + " with " + walls.size()
                    + " walls has no room for an agent and " + items.size() + " objects");
        }
    }

    /** Numbers of cells. */
    public int cells() {
        return width * height;
    }
}
