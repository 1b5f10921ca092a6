package org.deutero.tensor.nn.attention;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Linear;

/**
 * A gated causal convolution that adds to its input (Mishra, Rohaninejad, Chen, Abbeel 2018, arXiv 1707.03141): concat(x, tanh(filter) sigmoid(gate)), where filter and gate see the input now and {@code dilation} moments ago, zeros before the start.
 *
 * <p>Parameters: {@code filter} and {@code gate}, each with {@code weight} [filters, in, 2], of which [:, :, 0] acts on the earlier moment, and {@code bias} [filters].
 *
 * @param in channels of an input
 * @param filters channels that are added
 * @param dilation moments between the two that are seen
 * @param initializer how weights and biases start
 */
public record DenseBlock(int in, int filters, int dilation, Initializer initializer) implements CausalLayer {
    private static final String FILTER = "filter";
    private static final String GATE = "gate";
    private static final int WIDTH = 2;

    @Override
    public int out() {
        return in + filters;
    }

    @Override
    public Params init(RandomGenerator rng, DType dtype) {
        return Params.builder()
                .put(FILTER, convolution(rng, dtype))
                .put(GATE, convolution(rng, dtype))
                .build();
    }

    private Params convolution(RandomGenerator rng, DType dtype) {
        return Params.builder()
                .put("weight", initializer.weight(rng, dtype, filters, in, WIDTH))
                .put("bias", initializer.bias(rng, dtype, (long) in * WIDTH, filters))
                .build();
    }

    @Override
    public Tensor sequence(Params params, Tensor x) {
        long time = x.size(1);
        long shift = Math.min(dilation, time);
        Tensor start = Tensors.zeros(x.dtype(), x.size(0), shift, in).to(x.device());
        Tensor earlier = Tensors.cat(List.of(start, x.slice(1, 0, time - shift)), 1);
        return grown(params, earlier, x);
    }

    @Override
    public Tensor next(Params params, Tensor past, Tensor x) {
        long at = past.size(1) - dilation;
        Tensor earlier = at >= 0
                ? past.slice(1, at, at + 1)
                : Tensors.zeros(x.dtype(), x.size(0), 1, in).to(x.device());
        return grown(params, earlier, x);
    }

    /** The input and what is added, given what was seen earlier: [tasks, n, in], or [tasks, 1, in] for all. */
    private static Tensor grown(Params params, Tensor earlier, Tensor x) {
        Tensor filter = convolved(params.child(FILTER), earlier, x).tanh();
        Tensor gate = convolved(params.child(GATE), earlier, x).sigmoid();
        return Tensors.cat(List.of(x, filter.mul(gate)), 2);
    }

    private static Tensor convolved(Params convolution, Tensor earlier, Tensor x) {
        Tensor weight = convolution.get("weight");
        Params now = convolution.with(Params.of("weight", weight.select(-1, 1)));
        return Linear.apply(now, x).add(earlier.matmul(weight.select(-1, 0).transpose(-2, -1)));
    }
}
