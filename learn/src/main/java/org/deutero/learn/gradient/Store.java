package org.deutero.learn.gradient;

/** Which states of the inner loop a sweep keeps. */
public enum Store {
    /** Every state. */
    ALL,
    /** Every sqrt(T)-th; those between are computed again, one more forward pass in all. */
    SQRT;

    /** Steps between stored states. */
    int interval(int steps) {
        return this == ALL ? 1 : Math.max(1, (int) Math.ceil(Math.sqrt(steps)));
    }
}
