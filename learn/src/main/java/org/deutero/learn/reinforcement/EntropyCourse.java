package org.deutero.learn.reinforcement;

/**
 * How the weight of entropy goes on over meta-training: from one number to another in a straight line, then it stays.
 *
 * @param start weight in the first iteration
 * @param end weight at last
 * @param iterations until then; 0 for the end from the first on
 */
public record EntropyCourse(double start, double end, long iterations) {
    /** Refuses negative weights. */
    public EntropyCourse {
        if (!(start >= 0 && end >= 0 && iterations >= 0)) {
            throw new IllegalArgumentException(
                    "weights of entropy are at least 0, unlike " + start + " and " + end + " over " + iterations);
        }
    }

    /** The weight in an iteration, counted from 0. */
    public double at(long iteration) {
        return iteration >= iterations ? end : start + (end - start) * iteration / iterations;
    }
}
