package org.deutero.tasks.room;

import org.deutero.tasks.ArraySize;
import org.deutero.tasks.world.Actions;
import org.deutero.tasks.world.Canvas;
import org.deutero.tasks.world.WorldShape;

/**
 * A square of cells, with a place where episodes begin. Actions are a step forth and back along x, a step forth and back along y, and none; walls stop who would leave.
 *
 * @param size cells along each side
 * @param start the cell, x + size * y
 * @param sight what is shown
 */
public record Room(int size, int start, Sight sight) {
    /** How an agent is shown where it is. */
    public enum Sight {
        /** A unit vector with a number for every cell. */
        CELL,
        /** x and y, from 0 to size - 1. */
        PLACE
    }

    /** Refuses rooms without a cell. */
    public Room {
        if (size < 1 || (long) size * size > ArraySize.MOST || start < 0 || start >= size * size) {
            throw new IllegalArgumentException(
                    "a room needs at least 1 cell and a start among them, not " + size + " and " + start);
        }
    }

    /** Where the middle is, or the cell after it. */
    static int center(int size) {
        return size / 2 * (size + 1);
    }

    int cells() {
        return size * size;
    }

    WorldShape shape(int horizon) {
        return new WorldShape(sight == Sight.CELL ? cells() : 2, new Actions.Discrete(5), horizon);
    }

    /** The cell after an action. */
    int moved(int cell, int action) {
        int x = cell % size;
        int y = cell / size;
        return switch (action) {
            case 0 -> x < size - 1 ? cell + 1 : cell;
            case 1 -> x > 0 ? cell - 1 : cell;
            case 2 -> y < size - 1 ? cell + size : cell;
            case 3 -> y > 0 ? cell - size : cell;
            default -> cell;
        };
    }

    /** An empty picture of it on which an agent stands in a cell, x to the right and y down. */
    Canvas picture(int cell) {
        return Canvas.board(size, size).token(cell / size, cell % size, Canvas.AGENT);
    }

    /** Marks a cell, but for its middle. */
    Canvas mark(Canvas canvas, int cell, int colour, int agent) {
        canvas.cell(cell / size, cell % size, colour);
        return cell == agent ? canvas.token(cell / size, cell % size, Canvas.AGENT) : canvas;
    }

    /** Writes what is seen in a cell. */
    void show(int cell, double[] seen, int o) {
        if (sight == Sight.PLACE) {
            seen[o] = cell % size;
            seen[o + 1] = Math.floorDiv(cell, size);
            return;
        }
        for (int i = 0; i < cells(); i++) {
            seen[o + i] = i == cell ? 1 : 0;
        }
    }
}
