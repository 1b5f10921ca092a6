package org.deutero.methods.td3;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.LayerNorm;
import org.deutero.tensor.nn.Linear;

/**
 * A perceptron whose hidden layers may be normalised <em>after</em> their non-linearity (Ba, Kiros, Hinton 2016), as in the agents and the objective of MetaGenRL. Parameters: {@code l0, l1, ...}, and {@code n0, n1, ...} of hidden layers.
 *
 * @param sizes of input, hidden layers and output
 * @param hidden non-linearity of hidden layers
 * @param norm whether hidden layers are normalised
 * @param linear whether the last layer is linear; otherwise it is one more hidden layer
 * @param epsilon added to variances
 * @param initializer how weights start; norms start at the identity
 */
public record PostNormMlp(
        List<Integer> sizes, Hidden hidden, boolean norm, boolean linear, double epsilon, Initializer initializer) {
    /** Non-linearities of hidden layers. */
    public enum Hidden {
        /** max(0, x). */
        RELU {
            @Override
            Tensor apply(Tensor x) {
                return x.relu();
            }
        },
        /** max(0, x) in the first half of the units, x^2 in the second. */
        HALF_SQUARED {
            @Override
            Tensor apply(Tensor x) {
                int last = x.rank() - 1;
                long units = x.size(last);
                return Tensors.cat(
                        List.of(
                                x.slice(last, 0, units / 2).relu(),
                                x.slice(last, units / 2, units).square()),
                        last);
            }
        };

        abstract Tensor apply(Tensor x);
    }

    /** Weights that start as in the program of MetaGenRL, by Glorot and Bengio. */
    public PostNormMlp(List<Integer> sizes, Hidden hidden, boolean norm, boolean linear, double epsilon) {
        this(sizes, hidden, norm, linear, epsilon, Initializer.XAVIER_UNIFORM);
    }

    /** Refuses perceptrons without a layer, and halves of an odd number of units. */
    public PostNormMlp {
        sizes = List.copyOf(sizes);
        if (sizes.size() < 2) {
            throw new IllegalArgumentException("a perceptron needs at least an input and an output size, not " + sizes);
        }
        List<Integer> halved = sizes.subList(1, linear ? sizes.size() - 1 : sizes.size());
        if (hidden == Hidden.HALF_SQUARED && halved.stream().anyMatch(units -> units % 2 != 0)) {
            throw new IllegalArgumentException(
                    "layers that are squared by half have even numbers of units, unlike " + halved);
        }
    }

    private boolean isHidden(int layer) {
        return !linear || layer + 2 < sizes.size();
    }

    /** Fresh parameters. */
    public Params init(RandomGenerator rng, DType dtype) {
        Params.Builder params = Params.builder();
        for (int i = 0; i + 1 < sizes.size(); i++) {
            params.put("l" + i, new Linear(sizes.get(i), sizes.get(i + 1), initializer).init(rng, dtype));
        }
        for (int i = 0; norm && i + 1 < sizes.size(); i++) {
            if (isHidden(i)) {
                params.put("n" + i, norm(i).init(dtype));
            }
        }
        return params.build();
    }

    private LayerNorm norm(int layer) {
        return new LayerNorm(sizes.get(layer + 1), epsilon);
    }

    /**
     * Applies the network.
     *
     * @param params as {@link #init} makes them, or each with a leading task dimension
     * @param x [tasks, n, inputs]
     * @return [tasks, n, outputs]
     */
    public Tensor apply(Params params, Tensor x) {
        Tensor h = x;
        for (int i = 0; i + 1 < sizes.size(); i++) {
            h = Linear.apply(params.child("l" + i), h);
            if (isHidden(i)) {
                h = hidden.apply(h);
                h = norm ? norm(i).apply(params.child("n" + i), h) : h;
            }
        }
        return h;
    }
}
