package org.deutero.methods.td3;

import java.util.List;
import org.deutero.tensor.DType;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * What agents remember: a {@link Ring} of the last steps of all their lives, rows [agents, copies, capacity, width], so that it can be part of a fast state. All lives of a batch step together, so the number of steps taken tells where the ring stands.
 *
 * <p>A row holds what was seen, the action, the reward, whether nothing more came, the number of the step in its episode, and what was seen afterwards.
 *
 * @param observations numbers that are seen
 * @param actions numbers of an action
 * @param capacity steps of a life that are remembered
 * @param steps T of a segment
 */
public record Replay(int observations, int actions, int capacity, int steps) {
    /** Refuses rings that hold no segment. */
    public Replay {
        if (capacity < steps || steps < 1) {
            throw new IllegalArgumentException(
                    "a memory of " + capacity + " steps holds no segment of " + steps + " steps, of at least 1");
        }
    }

    /** The same with another capacity. */
    public Replay holding(int most) {
        return most == capacity ? this : new Replay(observations, actions, most, steps);
    }

    private int rewardColumn() {
        return observations + actions;
    }

    private int timeColumn() {
        return rewardColumn() + 2;
    }

    private int nextColumn() {
        return rewardColumn() + 3;
    }

    private int width() {
        return nextColumn() + observations;
    }

    /** Before the first step. */
    public Ring empty(DType dtype, int agents, int copies) {
        return Ring.empty(dtype, agents, copies, capacity, width());
    }

    /**
     * One step of all lives, a row [agents, copies, 1, width].
     *
     * @param seen [agents, copies, observations]
     * @param action [agents, copies, numbers]
     * @param reward [agents, copies]
     * @param terminated [agents, copies]
     * @param time steps of its episode before it, [agents, copies]
     * @param next like {@code seen}
     */
    public static Tensor row(Tensor seen, Tensor action, Tensor reward, Tensor terminated, Tensor time, Tensor next) {
        return Tensors.cat(
                        List.of(seen, action, reward.unsqueeze(2), terminated.unsqueeze(2), time.unsqueeze(2), next), 2)
                .unsqueeze(2);
    }

    /**
     * The ring with new rows in the place of the oldest.
     *
     * @param rows [agents, copies, some, width], in order of time, no more than the capacity
     * @param before steps taken before them
     */
    public Ring write(Ring ring, Tensor rows, long before) {
        int at = (int) (before % capacity);
        int some = Math.toIntExact(rows.size(2));
        int fit = Math.min(some, capacity - at);
        Ring next = ring.with(rows.slice(2, 0, fit), at);
        // What goes round begins the ring.
        return fit < some ? next.with(rows.slice(2, fit, some), 0) : next;
    }

    /**
     * Rows in order of time as segments, n of them beside each other, one a copy.
     *
     * @param rows [agents, copies, T, width]
     */
    public Segments whole(Tensor rows) {
        Tensor mask = Tensors.ones(rows.dtype(), rows.size(0), rows.size(1), rows.size(2));
        return segments(rows, rows.slice(3, 0, observations), mask);
    }

    /**
     * Segments drawn from memory: a step is drawn from all that are remembered, and the segment is the T steps of its episode that lead to it; if its episode has not so many, the first T steps of the episode, or all that there are.
     *
     * @param taken steps of a life up to now, at least 1
     * @param uniform in [0, 1), [agents, n, 2]
     */
    public Segments sample(Ring ring, long taken, Tensor uniform) {
        int agents = Math.toIntExact(ring.first().size(0));
        int n = Math.toIntExact(uniform.size(1));
        Draws draws = new Draws(this, Math.toIntExact(ring.first().size(1)), taken, uniform.doubles(), n);
        draws.times(times(ring, draws.ends()), times(ring, draws.later()));
        Tensor rows = ring.rows(draws.rows()).reshape(agents, n, steps, width());
        Tensor mask = Tensor.of(draws.mask(), agents, n, steps).to(rows.dtype());
        Tensor beyond = Tensor.of(draws.beyond(), agents, n, steps, 1).to(rows.dtype());
        Tensor column = mask.unsqueeze(3);
        // Where a shorter segment ends, what was seen there stands once; the rest of the padding is 0.
        Tensor seen = rows.slice(3, 0, observations)
                .mul(column)
                .add(rows.slice(3, nextColumn(), width()).mul(beyond));
        return segments(rows, seen, mask);
    }

    private float[] times(Ring ring, long[] at) {
        int column = timeColumn();
        return ring.rows(at).slice(1, column, column + 1).to(DType.FLOAT32).floats();
    }

    private Segments segments(Tensor rows, Tensor seen, Tensor mask) {
        int reward = rewardColumn();
        return new Segments(
                seen,
                rows.slice(3, observations, reward).mul(mask.unsqueeze(3)),
                rows.select(3, reward).mul(mask),
                rows.select(3, reward + 1).mul(mask),
                mask,
                rows.select(2, rows.size(2) - 1).slice(2, nextColumn(), width()));
    }
}
