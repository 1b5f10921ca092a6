package org.deutero.methods.plastic;

import org.deutero.tensor.DType;
import org.deutero.tensor.Functional;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * How a slow network programs a fast weight matrix W, and how that is read (Schmidhuber 1992; Schlag, Irie, Schmidhuber 2021, arXiv 2102.11174). The state holds {@code fast} W [tasks, values, features] and, where sums of keys normalise,
 * {@code key-sum} [tasks, 1, features].
 */
public enum FastWeightRule {
    /** W := W + v k', read W q / (q . sum of keys + 1e-6): linear attention. */
    ADDITIVE,
    /** W := W + beta (v - W k) k', keys and queries divided by their sums: what a key held before is taken back. */
    DELTA,
    /** The delta rule without normalised keys, W scaled down to norm 1 if above, outputs normalised (Schlag, Munkhdalai, Schmidhuber 2021). */
    MEMORY;

    static final String FAST = "fast";
    private static final String KEY_SUM = "key-sum";
    private static final double EPSILON = 1e-6;
    private static final double NORM_EPSILON = 1e-5;
    /** Keeps the slope of a norm finite at 0. */
    private static final double TINY = 1e-12;

    /** Zeros. */
    public Params start(DType dtype, int tasks, int values, int features) {
        Params empty = Params.of(FAST, Tensors.zeros(dtype, tasks, values, features));
        return this == ADDITIVE ? empty.with(Params.of(KEY_SUM, Tensors.zeros(dtype, tasks, 1, features))) : empty;
    }

    /**
     * The state after writing an association.
     *
     * @param key after the feature map, [tasks, 1, features]
     * @param value [tasks, 1, values]
     * @param strength beta in (0, 1), [tasks, 1, 1]; the additive rule has none
     */
    public Params write(Params state, Tensor key, Tensor value, Tensor strength) {
        Tensor fast = state.get(FAST);
        return switch (this) {
            case ADDITIVE ->
                Params.builder()
                        .put(FAST, fast.baddbmm(value.transpose(1, 2), key))
                        .put(KEY_SUM, state.get(KEY_SUM).add(key))
                        .build();
            case DELTA -> Params.of(FAST, corrected(fast, key.div(key.sumKeep(2)), value, strength));
            case MEMORY -> {
                Tensor next = corrected(fast, key, value, strength);
                Tensor excess =
                        next.square().sumKeep(1, 2).add(TINY).sqrt().sub(1).relu();
                yield Params.of(FAST, next.div(excess.add(1)));
            }
        };
    }

    private static Tensor corrected(Tensor fast, Tensor key, Tensor value, Tensor strength) {
        Tensor held = key.matmul(fast.transpose(1, 2));
        return fast.baddbmm(value.sub(held).mul(strength).transpose(1, 2), key);
    }

    /**
     * What queries recall.
     *
     * @param query after the feature map, [tasks, n, features]
     * @return [tasks, n, values]
     */
    public Tensor read(Params state, Tensor query) {
        Tensor recalled = query.matmul(state.get(FAST).transpose(1, 2));
        return switch (this) {
            case ADDITIVE ->
                recalled.div(query.matmul(state.get(KEY_SUM).transpose(1, 2)).add(EPSILON));
            case DELTA -> recalled.div(query.sumKeep(2).add(EPSILON));
            case MEMORY -> Functional.layerNorm(recalled, null, null, NORM_EPSILON);
        };
    }
}
