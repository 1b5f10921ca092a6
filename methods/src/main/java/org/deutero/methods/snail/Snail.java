package org.deutero.methods.snail;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.methods.metric.Head;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Linear;
import org.deutero.tensor.nn.Normalization;
import org.deutero.tensor.nn.attention.CausalAttention;
import org.deutero.tensor.nn.attention.CausalLayer;
import org.deutero.tensor.nn.attention.CausalStack;

/**
 * SNAIL (Mishra, Rohaninejad, Chen, Abbeel 2018, arXiv 1707.03141): shots and their labels are a sequence, a query without a label is its next item, and what a network of causal convolutions and attention puts out there is the answer.
 *
 * <p>The past of a causal network does not depend on what follows, so the support set is gone through once, and each query is the next item by itself: the same numbers as one sequence a query. Attention and temporal convolution blocks take turns,
 * attention first and last, then a linear layer.
 *
 * <p>Parameters: {@code layers} and {@code out}. Memory: {@code context} [tasks, n, channels], all activations of the support set that queries see.
 *
 * @param layers on items of features and a label as a unit vector
 * @param way number of classes
 */
public record Snail(CausalStack layers, int way) implements Head {
    private static final String CONTEXT = "context";
    private static final String LAYERS = "layers";
    private static final String OUT = "out";

    /**
     * Sizes of the network.
     *
     * @param keys of the attention blocks, in order
     * @param values of the attention blocks, one for each of {@code keys}
     * @param filters channels that each convolution adds
     * @param moments that temporal convolution blocks span
     * @param firstDilation of each such block; see {@link CausalStack#temporalConvolution}
     */
    public record Sizes(List<Integer> keys, List<Integer> values, int filters, int moments, int firstDilation) {
        /** Refuses keys without values. */
        public Sizes {
            keys = List.copyOf(keys);
            values = List.copyOf(values);
            if (keys.isEmpty() || keys.size() != values.size()) {
                throw new IllegalArgumentException("expected as many sizes of keys as of values, and at least one, not "
                        + keys + " and " + values);
            }
        }
    }

    /** The network for features of a width and so many classes, PyTorch's default initialisation. */
    public static Snail of(int width, int way, Sizes sizes) {
        Initializer initializer = Initializer.FAN_IN_UNIFORM;
        List<CausalLayer> layers = new ArrayList<>();
        int channels = width + way;
        for (int i = 0; i < sizes.keys().size(); i++) {
            if (i > 0) {
                layers.add(CausalStack.temporalConvolution(
                        channels, sizes.filters(), sizes.moments(), sizes.firstDilation(), initializer));
                channels = layers.get(layers.size() - 1).out();
            }
            layers.add(new CausalAttention(
                    channels, sizes.keys().get(i), sizes.values().get(i), initializer));
            channels = layers.get(layers.size() - 1).out();
        }
        return new Snail(new CausalStack(layers), way);
    }

    @Override
    public Params init(RandomGenerator rng, DType dtype) {
        return Params.builder()
                .put(LAYERS, layers.init(rng, dtype))
                .put(OUT, new Linear(layers.out(), way, Initializer.FAN_IN_UNIFORM).init(rng, dtype))
                .build();
    }

    @Override
    public Params memory(Params own, Tensor support, Tensor labels, int classes) {
        if (classes > way) {
            throw new IllegalArgumentException(
                    "a task of " + classes + " classes for a network of " + way + " outputs");
        }
        Tensor items = Tensors.cat(List.of(support, labels.oneHot(way, support.dtype())), 2);
        return Params.of(CONTEXT, layers.remembered(own.child(LAYERS), items));
    }

    @Override
    public Tensor logits(Params own, Params memory, Tensor queries, Normalization normalization) {
        Tensor unknown = Tensors.zeros(queries.dtype(), queries.size(0), queries.size(1), way)
                .to(queries.device());
        Tensor items = Tensors.cat(List.of(queries, unknown), 2);
        return Linear.apply(own.child(OUT), layers.continued(own.child(LAYERS), memory.get(CONTEXT), items));
    }

    @Override
    public boolean sequential() {
        return true;
    }

    @Override
    public boolean fixedClasses() {
        return true;
    }
}
