package org.deutero.methods.mann;

import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.attention.Attention;

/**
 * An external memory with least recently used access (Santoro, Bartunov, Botvinick, Wierstra, Lillicrap 2016, arXiv 1605.06065). Head r writes where it read last or to a slot that has not been used for long, and reads by content:
 *
 * <pre>
 * w^w_r = sig(alpha_r) w^r_r(before) + (1 - sig(alpha_r)) w^lu_r;  M' = M with the least used slot 0;  M(i) = M'(i) + sum_r w^w_r(i) a_r
 * w^r_r = softmax_i(beta_r cos(k_r, M(i)));  read_r = sum_i w^r_r(i) M(i);  w^u = gamma w^u(before) + sum_r w^r_r + sum_r w^w_r
 * </pre>
 *
 * <p>Which slots are least used is a constant for differentiation; among equals the lowest slot is. The state holds {@code memory} [tasks, slots, width], {@code read_weights} [tasks, heads, slots] and {@code usage}
 * [tasks, slots], which has no gradient.
 *
 * @param slots N, at least as many as heads
 * @param width W, numbers in a slot
 * @param heads R
 * @param decay gamma of the usage; 0.99 in print, 0.95 in the released re-implementation
 * @param ranked whether head r has the r-th least used slot for itself, or else, as printed, all heads have the {@code heads} least used ones in common
 */
public record LeastRecentlyUsed(int slots, int width, int heads, double decay, boolean ranked) {
    static final String MEMORY = "memory";
    static final String READ_WEIGHTS = "read_weights";
    static final String USAGE = "usage";
    /** What every number of the memory is before anything was written. */
    private static final double EMPTY = 1e-6;
    /** Added to products of squared norms; a slot of zeros is like nothing. */
    static final double EPSILON = 1e-6;

    /** Refuses heads without a slot. */
    public LeastRecentlyUsed {
        if (heads < 1 || width < 1 || slots < heads) {
            throw new IllegalArgumentException("a memory needs a slot for each of its heads, not " + slots
                    + " slots of " + width + " numbers for " + heads + " heads");
        }
    }

    /**
     * What heads ask for.
     *
     * @param key what to read by, [tasks, heads, width]
     * @param value what to write, likewise
     * @param alpha [tasks, heads], before the sigmoid; large to write where was read last
     * @param strength beta [tasks, heads]; null for 1
     */
    record Request(Tensor key, Tensor value, Tensor alpha, Tensor strength) {}

    /**
     * What one access does.
     *
     * @param state after it
     * @param read [tasks, heads, width]
     * @param writeWeights [tasks, heads, slots]
     * @param leastUsed before it, likewise
     */
    record Access(Params state, Tensor read, Tensor writeWeights, Tensor leastUsed) {}

    /** An empty memory, all heads at slot 0. */
    Params start(DType dtype, int tasks) {
        Tensor first = Tensors.zeros(DType.INT64, tasks, heads).oneHot(slots, dtype);
        return Params.builder()
                .put(MEMORY, Tensors.full(EMPTY, dtype, tasks, slots, width))
                .put(READ_WEIGHTS, first)
                .put(USAGE, first.select(1, 0))
                .build();
    }

    /** Writes, then reads. */
    Access access(Params before, Request request) {
        Tensor usage = before.get(USAGE);
        Tensor rank = ranking(usage); // [tasks, heads, slots]
        Tensor leastUsed = ranked ? rank : rank.sumKeep(1).expand(-1, heads, -1);
        Tensor gate = request.alpha().sigmoid().unsqueeze(2);
        Tensor written = leastUsed.add(gate.mul(before.get(READ_WEIGHTS).sub(leastUsed)));
        Tensor kept = rank.select(1, 0).neg().add(1).unsqueeze(2);
        Tensor memory = before.get(MEMORY).mul(kept).baddbmm(written.transpose(1, 2), request.value());
        Tensor scores = Attention.cosine(request.key(), memory, EPSILON);
        Tensor weights = Attention.weights(
                request.strength() == null
                        ? scores
                        : scores.mul(request.strength().unsqueeze(2)));
        Tensor used = usage.mul(decay)
                .add(weights.detach().sum(1))
                .add(written.detach().sum(1));
        Params after = Params.builder()
                .put(MEMORY, memory)
                .put(READ_WEIGHTS, weights)
                .put(USAGE, used)
                .build();
        return new Access(after, weights.matmul(memory), written, leastUsed);
    }

    /** Unit vectors at the least used slot, the second least used, ..., [tasks, heads, slots]. */
    private Tensor ranking(Tensor usage) {
        double[] values = usage.detach().doubles();
        int tasks = values.length / slots;
        long[] chosen = new long[tasks * heads];
        for (int t = 0; t < tasks; t++) {
            for (int r = 0; r < heads; r++) {
                int least = 0;
                for (int i = 1; i < slots; i++) {
                    if (values[t * slots + i] < values[t * slots + least]) {
                        least = i;
                    }
                }
                values[t * slots + least] = Double.POSITIVE_INFINITY;
                chosen[t * heads + r] = least;
            }
        }
        return Tensor.of(chosen, tasks, heads).oneHot(slots, usage.dtype()).to(usage.device());
    }
}
