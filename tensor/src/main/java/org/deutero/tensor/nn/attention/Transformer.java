package org.deutero.tensor.nn.attention;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.CausalNetwork;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.LayerNorm;
import org.deutero.tensor.nn.Linear;

/**
 * A decoder-only transformer (Vaswani et al. 2017) whose blocks normalise what they are given, as the released code of Kirsch, Harrison, Sohl-Dickstein, Metz (2022, arXiv 2212.04458) has it:
 *
 * <pre>
 * h = embed(x) + position_t;  h += out(attention(norm0 h));  h += fc1(activation(fc0(norm1 h)));  outputs = head(final_norm h)
 * </pre>
 *
 * <p>Attention is causal, in heads that are consecutive slices of the projected vectors, each with a key size of its own, with biases, and scaled by 1/sqrt(key size).
 *
 * <p>Parameters: {@code embed}, {@code position} [positions, width], {@code block<l>} with {@code norm0}, {@code query}, {@code key}, {@code value}, {@code out}, {@code norm1}, {@code fc0}, {@code fc1}, then {@code final_norm} and {@code head}. Weights of blocks are normal with variance
 * 2/(layers * fan in) after truncation, those of embed and head with deviation 1/sqrt(fan in) before it, positions with one of their own, 0.1 in that code; all are drawn again beyond two deviations, biases are 0.
 *
 * <p>State: keys and values of all moments so far, {@code key<l>} and {@code value<l>} [tasks, heads, moments, key size].
 *
 * @param inputs numbers in an input
 * @param outputs numbers in an output
 * @param width numbers in h
 * @param layers number of blocks
 * @param heads of each
 * @param keySize numbers in a query, key and value of a head
 * @param hidden units of the perceptron in each block
 * @param positions the most moments
 * @param positionDeviation of what positions start from; beside inputs of size 1 a small one is hard to attend to
 * @param activation of that perceptron
 * @param normEpsilon added to variances
 */
public record Transformer(
        int inputs,
        int outputs,
        int width,
        int layers,
        int heads,
        int keySize,
        int hidden,
        int positions,
        double positionDeviation,
        Activation activation,
        double normEpsilon)
        implements CausalNetwork {
    /** Deviation of a normal distribution of deviation 1 that is cut off at two deviations. */
    private static final double TRUNCATED = 0.87962566103423978;

    private static final String EMBED = "embed";
    private static final String POSITION = "position";
    private static final String FINAL_NORM = "final_norm";
    private static final String HEAD = "head";

    @Override
    public Params init(RandomGenerator rng, DType dtype) {
        Initializer ends = Initializer.TRUNCATED_FAN_IN;
        Params.Builder params = Params.builder()
                .put(EMBED, new Linear(inputs, width, ends).init(rng, dtype))
                .put(
                        POSITION,
                        Tensors.truncatedNormal(rng, dtype, positions, width).mul(positionDeviation));
        int inner = heads * keySize;
        for (int l = 0; l < layers; l++) {
            params.put(
                    "block" + l,
                    Params.builder()
                            .put("norm0", norm().init(dtype))
                            .put("query", scaled(rng, dtype, width, inner))
                            .put("key", scaled(rng, dtype, width, inner))
                            .put("value", scaled(rng, dtype, width, inner))
                            .put("out", scaled(rng, dtype, inner, width))
                            .put("norm1", norm().init(dtype))
                            .put("fc0", scaled(rng, dtype, width, hidden))
                            .put("fc1", scaled(rng, dtype, hidden, width))
                            .build());
        }
        return params.put(FINAL_NORM, norm().init(dtype))
                .put(HEAD, new Linear(width, outputs, ends).init(rng, dtype))
                .build();
    }

    /** A layer of variance 2/(layers * fan in), so that what blocks add up to has the size of one. */
    private Params scaled(RandomGenerator rng, DType dtype, int in, int out) {
        double deviation = Math.sqrt(2.0 / layers / in) / TRUNCATED;
        return Params.builder()
                .put("weight", Tensors.truncatedNormal(rng, dtype, out, in).mul(deviation))
                .put("bias", Tensors.zeros(dtype, out))
                .build();
    }

    private LayerNorm norm() {
        return new LayerNorm(width, normEpsilon);
    }

    @Override
    public Params start(Params params, int tasks) {
        Tensor position = params.get(POSITION);
        Tensor nothing =
                Tensors.zeros(position.dtype(), tasks, heads, 0, keySize).to(position.device());
        Params.Builder state = Params.builder();
        for (int l = 0; l < layers; l++) {
            state.put("key" + l, nothing).put("value" + l, nothing);
        }
        return state.build();
    }

    @Override
    public Run run(Params params, Tensor x) {
        int time = (int) x.size(1);
        Tensor h = embedded(params, x, 0, time);
        Tensor mask = Attention.causalMask(time, x.dtype()).to(x.device());
        Params.Builder state = Params.builder();
        for (int l = 0; l < layers; l++) {
            Params block = params.child("block" + l);
            Tensor seen = norm().apply(block.child("norm0"), h);
            Tensor key = byHead(block, "key", seen);
            Tensor value = byHead(block, "value", seen);
            Tensor scores =
                    Attention.dotProduct(byHead(block, "query", seen), key).add(mask);
            h = grown(block, h, Attention.read(scores, value));
            state.put("key" + l, key).put("value" + l, value);
        }
        return new Run(answered(params, h), state.build());
    }

    @Override
    public Run step(Params params, Params state, Tensor x) {
        Params.Builder after = Params.builder();
        return new Run(next(params, state, x, after), after.build());
    }

    /** Without a copy of the past for each. */
    @Override
    public Tensor alternatives(Params params, boolean own, Params state, Tensor x) {
        return next(params, state, x, null);
    }

    /** @param after where the past and this moment go; null for none */
    private Tensor next(Params params, Params state, Tensor x, Params.Builder after) {
        int time = (int) state.get("key0").size(2);
        Tensor h = embedded(params, x, time, 1);
        for (int l = 0; l < layers; l++) {
            Params block = params.child("block" + l);
            Tensor seen = norm().apply(block.child("norm0"), h);
            Tensor query = byHead(block, "query", seen);
            Tensor key = byHead(block, "key", seen);
            Tensor value = byHead(block, "value", seen);
            Tensor pastKeys = state.get("key" + l);
            Tensor pastValues = state.get("value" + l);
            Tensor toItself = query.mul(key).sumKeep(3).div(Math.sqrt((double) keySize));
            Tensor weights =
                    Attention.weights(Tensors.cat(List.of(Attention.dotProduct(query, pastKeys), toItself), 3));
            Tensor read = weights.slice(3, 0, time)
                    .matmul(pastValues)
                    .add(weights.slice(3, time, time + 1L).mul(value));
            h = grown(block, h, read);
            if (after != null) {
                after.put("key" + l, Tensors.cat(List.of(pastKeys, key), 2))
                        .put("value" + l, Tensors.cat(List.of(pastValues, value), 2));
            }
        }
        return answered(params, h);
    }

    /** Inputs at so many positions from one on; if it is a single one, all are there. */
    private Tensor embedded(Params params, Tensor x, int from, int moments) {
        if (from + moments > positions) {
            throw new IllegalArgumentException("a transformer of " + positions + " positions cannot go through "
                    + (from + moments) + " moments; expected at least as many positions");
        }
        Tensor position = params.get(POSITION);
        int dim = position.rank() - 2;
        return Linear.apply(params.child(EMBED), x).add(position.slice(dim, from, (long) from + moments));
    }

    /** Projected, [tasks, n, width] as [tasks, heads, n, key size]. */
    private Tensor byHead(Params block, String name, Tensor x) {
        return Linear.apply(block.child(name), x)
                .reshape(x.size(0), x.size(1), heads, keySize)
                .transpose(1, 2);
    }

    /** What a block makes of h, given what its heads have read, [tasks, heads, n, key size]. */
    private Tensor grown(Params block, Tensor h, Tensor read) {
        Tensor attended =
                h.add(Linear.apply(block.child("out"), read.transpose(1, 2).flatten(2)));
        Tensor seen = norm().apply(block.child("norm1"), attended);
        Tensor inner = activation.apply(Linear.apply(block.child("fc0"), seen));
        return attended.add(Linear.apply(block.child("fc1"), inner));
    }

    private Tensor answered(Params params, Tensor h) {
        return Linear.apply(params.child(HEAD), norm().apply(params.child(FINAL_NORM), h));
    }

    @Override
    public int longest() {
        return positions;
    }

    @Override
    public long carried(int moments) {
        return 2L * layers * heads * keySize * moments;
    }
}
