package org.deutero.methods.td3;

/** Which rows of a {@link Replay} make up segments: numbers through a ring of all agents and copies. */
final class Draws {
    private final Replay replay;
    private final int copies;
    private final int n;
    private final long taken;
    private final long oldest;
    private final long[] end;
    private final long[] lives;
    private final long[] rows;
    private final float[] mask;
    private final float[] beyond;

    /**
     * Steps drawn uniformly.
     *
     * @param taken steps of a life up to now
     * @param uniform pairs in [0, 1), n for each agent
     */
    Draws(Replay replay, int copies, long taken, double[] uniform, int n) {
        this.replay = replay;
        this.copies = copies;
        this.n = n;
        this.taken = taken;
        this.oldest = Math.max(0, taken - replay.capacity());
        int number = uniform.length / 2;
        end = new long[number];
        lives = new long[number];
        for (int i = 0; i < number; i++) {
            lives[i] = (long) (i / n) * copies + (long) (uniform[2 * i] * copies);
            end[i] = oldest + (long) (uniform[2 * i + 1] * (taken - oldest));
        }
        rows = new long[number * replay.steps()];
        mask = new float[rows.length];
        beyond = new float[rows.length];
    }

    private long row(int segment, long step) {
        return lives[segment] * replay.capacity() + step % replay.capacity();
    }

    /** Rows of the steps drawn. */
    long[] ends() {
        long[] all = new long[end.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = row(i, end[i]);
        }
        return all;
    }

    /** Rows where segments would end that had T steps from the first step of an episode, for any place that the steps drawn may have in it: T - 1 later at most. */
    long[] later() {
        int most = replay.steps();
        long[] all = new long[end.length * most];
        for (int i = 0; i < end.length; i++) {
            for (int k = 0; k < most; k++) {
                all[i * most + k] = row(i, Math.min(end[i] + k, taken - 1));
            }
        }
        return all;
    }

    /**
     * Settles where segments begin and end.
     *
     * @param at numbers in their episodes of the steps drawn
     * @param later the same of {@link #later}
     */
    void times(float[] at, float[] later) {
        int most = replay.steps();
        for (int i = 0; i < end.length; i++) {
            int time = (int) at[i];
            long stop = end[i];
            // The episode goes on for as long as the numbers count up.
            for (int k = 1; time < most - 1 && end[i] + k < taken && (int) later[i * most + k] == time + 1; k++) {
                time++;
                stop = end[i] + k;
            }
            int length = (int) Math.min(Math.min(time + 1, most), stop - oldest + 1);
            fill(i, stop - length + 1, length);
        }
    }

    private void fill(int segment, long start, int length) {
        for (int t = 0; t < replay.steps(); t++) {
            int at = segment * replay.steps() + t;
            rows[at] = row(segment, start + Math.min(t, length - 1));
            mask[at] = t < length ? 1 : 0;
            beyond[at] = t == length ? 1 : 0;
        }
    }

    /** Numbers of rows, T for each segment; those of padding are the last row's. */
    long[] rows() {
        return rows;
    }

    /** 1 for steps, 0 for padding. */
    float[] mask() {
        return mask;
    }

    /** 1 for the first padding of a segment. */
    float[] beyond() {
        return beyond;
    }
}
