package org.deutero.learn.gradient.adjoint;

/** Which states of the inner loop a sweep keeps. */
public enum Store {
    /** Every state while there are at most 16 steps, otherwise as {@link #SQRT}. */
    AUTO,
    /** Every state. */
    ALL,
    /** Every sqrt(T)-th; those between are computed again, one more forward pass in all. */
    SQRT;

    /** Up to here storing costs less than the graph of a step. */
    private static final int FEW = 16;

    /** Steps between stored states. */
    int interval(int steps) {
        boolean all = this == ALL || (this == AUTO && steps <= FEW);
        return all ? 1 : Math.max(1, (int) Math.ceil(Math.sqrt(steps)));
    }
}
