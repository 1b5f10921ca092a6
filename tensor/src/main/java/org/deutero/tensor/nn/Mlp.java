package org.deutero.tensor.nn;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.deutero.tensor.DType;
import org.deutero.tensor.Functional;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * A multilayer perceptron with layers {@code l0, l1, ...}, the last one linear.
 *
 * @param sizes units of input, hidden layers and output
 * @param activation between layers
 * @param initializer how weights start
 */
public record Mlp(List<Integer> sizes, Activation activation, Initializer initializer) implements BlockNetwork {
    /** Checks that there are an input and an output. */
    public Mlp {
        sizes = List.copyOf(sizes);
        if (sizes.size() < 2) {
            throw new IllegalArgumentException("a perceptron needs at least an input and an output size, not " + sizes);
        }
    }

    /** A ReLU perceptron with PyTorch's default initialisation. */
    public static Mlp of(Integer... sizes) {
        return new Mlp(List.of(sizes), Activation.RELU, Initializer.FAN_IN_UNIFORM);
    }

    @Override
    public Params init(RandomGenerator rng, DType dtype) {
        Params.Builder params = Params.builder();
        for (int i = 0; i + 1 < sizes.size(); i++) {
            params.put("l" + i, new Linear(sizes.get(i), sizes.get(i + 1), initializer).init(rng, dtype));
        }
        return params.build();
    }

    @Override
    public List<String> layers() {
        return IntStream.range(0, sizes.size() - 1).mapToObj(i -> "l" + i).toList();
    }

    @Override
    public List<Integer> blockWidths() {
        return sizes.subList(1, sizes.size() - 1);
    }

    @Override
    public boolean maps() {
        return false;
    }

    @Override
    public int outputs() {
        return sizes.get(sizes.size() - 1);
    }

    @Override
    public Tensor features(Params params, Tensor x, Normalization normalization, Between between) {
        Tensor h = Functional.vectors(x);
        for (int i = 0; i + 2 < sizes.size(); i++) {
            h = between.apply(i, Between.ALL, activation.apply(Linear.apply(params.child("l" + i), h)));
        }
        return h;
    }

    @Override
    public Tensor head(Params params, Tensor features) {
        return Linear.apply(params.child(headLayer()), features);
    }
}
