package org.deutero.tasks.grid;

/** What an agent on a grid can do. */
public enum Moves {
    /** Up, down, left, right, stay; what lies where it arrives is collected. */
    FIVE(5),
    /** Up, down, left, right, the four diagonals, stay; what lies where it arrives is collected. */
    NINE(9),
    /** Nine moves that collect nothing, and nine that collect what lies that way, without moving. */
    EIGHTEEN(18);

    private static final int[] RIGHT = {0, 0, -1, 1, -1, 1, -1, 1, 0};
    private static final int[] DOWN = {-1, 1, 0, 0, -1, -1, 1, 1, 0};
    private final int number;

    Moves(int number) {
        this.number = number;
    }

    /** How many. */
    public int number() {
        return number;
    }

    /** Whether an action reaches out instead of moving. */
    boolean reaches(int action) {
        return this == EIGHTEEN && action >= RIGHT.length;
    }

    /** Whether what lies where the agent arrives is collected. */
    boolean collectsOnArrival() {
        return this != EIGHTEEN;
    }

    /** Cells to the right. */
    int right(int action) {
        return RIGHT[direction(action)];
    }

    /** Cells down. */
    int down(int action) {
        return DOWN[direction(action)];
    }

    private int direction(int action) {
        int last = RIGHT.length - 1;
        return switch (this) {
            case FIVE -> action == FIVE.number - 1 ? last : action;
            case NINE -> action;
            case EIGHTEEN -> action % RIGHT.length;
        };
    }
}
