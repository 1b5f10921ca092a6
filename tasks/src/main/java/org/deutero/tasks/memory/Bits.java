package org.deutero.tasks.memory;

import java.util.random.RandomGenerator;

/** Independent bits, +1 or -1. */
final class Bits {
    private Bits() {}

    /** Fills {@code number} places from {@code from} on. */
    static void draw(float[] target, int from, int number, RandomGenerator rng) {
        for (int i = from; i < from + number; i++) {
            target[i] = rng.nextBoolean() ? 1 : -1;
        }
    }
}
