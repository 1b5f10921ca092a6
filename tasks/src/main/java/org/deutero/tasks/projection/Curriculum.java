package org.deutero.tasks.projection;

/**
 * Tasks that grow in the course of meta-training, from a start to their full size.
 *
 * @param iterations of growth
 * @param way classes of a task at the start
 * @param length items of a sequence at the start
 * @param seen tasks at the start; grows by factors
 */
public record Curriculum(long iterations, int way, int length, long seen) {
    /** Refuses growth in no time. */
    public Curriculum {
        if (iterations < 1 || way < 2 || length < 1 || seen < 1) {
            throw new IllegalArgumentException("a curriculum needs at least 1 iteration, 2 classes, 1 item and 1 task,"
                    + " not " + iterations + ", " + way + ", " + length + " and " + seen);
        }
    }

    private double done(long iteration) {
        return Math.min(1, iteration / (double) iterations);
    }

    private static double between(double from, double to, double share) {
        return from + (to - from) * share;
    }

    int way(long iteration, int full) {
        return (int) Math.round(between(Math.min(way, full), full, done(iteration)));
    }

    int length(long iteration, int full) {
        return (int) Math.round(between(Math.min(length, full), full, done(iteration)));
    }

    /** @param full 0 for any number, which is there at the end only */
    long seen(long iteration, long full) {
        double share = done(iteration);
        if (share == 1 || full > 0 && seen >= full) {
            return full;
        }
        double end = full > 0 ? full : 1L << 40;
        return Math.round(Math.exp(between(Math.log(seen), Math.log(end), share)));
    }
}
