package org.deutero.tasks.world;

/** What can be done in a world. */
public sealed interface Actions permits Actions.Discrete, Actions.Box {
    /** Numbers that an agent puts out: a preference for each action, or the numbers of one. */
    int outputs();

    /**
     * One of so many; an action is its number, int64.
     *
     * @param number of actions, at least 1
     */
    record Discrete(int number) implements Actions {
        /** Refuses no choice. */
        public Discrete {
            if (number < 1) {
                throw new IllegalArgumentException("a world needs at least 1 action, not " + number);
            }
        }

        @Override
        public int outputs() {
            return number;
        }
    }

    /**
     * Vectors; what lies outside of the bounds counts as the nearest within.
     *
     * @param numbers of a vector
     * @param bound largest absolute value of each
     */
    record Box(int numbers, double bound) implements Actions {
        /** Refuses empty vectors and bounds. */
        public Box {
            if (numbers < 1 || !(bound > 0)) {
                throw new IllegalArgumentException(
                        "actions need at least 1 number within a positive bound, not " + numbers + " and " + bound);
            }
        }

        @Override
        public int outputs() {
            return numbers;
        }
    }
}
