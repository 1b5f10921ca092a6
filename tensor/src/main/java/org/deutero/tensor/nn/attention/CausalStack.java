package org.deutero.tensor.nn.attention;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.Initializer;

/**
 * Causal layers one after the other, {@code l0, l1, ...}. Since each hands its input on, the input of the last holds the inputs of all: it is all that {@link #next} needs of the past.
 *
 * @param layers each of which takes what the one before puts out
 */
public record CausalStack(List<CausalLayer> layers) implements CausalLayer {
    /** Refuses layers that do not fit. */
    public CausalStack {
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("expected at least one layer");
        }
        for (int i = 1; i < layers.size(); i++) {
            if (layers.get(i).in() != layers.get(i - 1).out()) {
                throw new IllegalArgumentException("layer l" + i + " takes "
                        + layers.get(i).in() + " channels, but the one before has "
                        + layers.get(i - 1).out());
            }
        }
    }

    /**
     * A temporal convolution block (Mishra et al. 2018): dense blocks whose dilations double until they span a course of so many moments, ceil(log2 moments) of them.
     *
     * @param firstDilation 1, or 2 as printed, where the moment before is never seen
     */
    public static CausalStack temporalConvolution(
            int in, int filters, int moments, int firstDilation, Initializer initializer) {
        List<CausalLayer> blocks = new ArrayList<>();
        int width = in;
        for (int span = 1; span < moments || blocks.isEmpty(); span *= 2) {
            blocks.add(new DenseBlock(width, filters, span * firstDilation, initializer));
            width += filters;
        }
        return new CausalStack(blocks);
    }

    @Override
    public int in() {
        return layers.get(0).in();
    }

    @Override
    public int out() {
        return layers.get(layers.size() - 1).out();
    }

    @Override
    public Params init(RandomGenerator rng, DType dtype) {
        Params.Builder params = Params.builder();
        for (int i = 0; i < layers.size(); i++) {
            params.put("l" + i, layers.get(i).init(rng, dtype));
        }
        return params.build();
    }

    @Override
    public Tensor sequence(Params params, Tensor x) {
        return sequence(params, x, layers.size());
    }

    /** Inputs of all layers for a course of time, [tasks, time, width]: what {@link #continued} starts from. */
    public Tensor remembered(Params params, Tensor x) {
        int last = layers.size() - 1;
        Tensor before = sequence(params, x, last);
        return layers.get(last) instanceof CausalStack stack
                ? stack.remembered(params.child("l" + last), before)
                : before;
    }

    private Tensor sequence(Params params, Tensor x, int upTo) {
        Tensor h = x;
        for (int i = 0; i < upTo; i++) {
            h = layers.get(i).sequence(params.child("l" + i), h);
        }
        return h;
    }

    @Override
    public Tensor next(Params params, Tensor past, Tensor x) {
        return continued(params, remembered(params, past), x);
    }

    /**
     * {@link #next} of a past that was gone through before.
     *
     * @param remembered as {@link #remembered} made it
     */
    public Tensor continued(Params params, Tensor remembered, Tensor x) {
        Tensor h = x;
        for (int i = 0; i < layers.size(); i++) {
            CausalLayer layer = layers.get(i);
            Params own = params.child("l" + i);
            h = layer instanceof CausalStack stack
                    ? stack.continued(own, remembered, h)
                    : layer.next(own, remembered.slice(2, 0, layer.in()), h);
        }
        return h;
    }
}
