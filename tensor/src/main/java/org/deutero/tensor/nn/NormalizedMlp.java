package org.deutero.tensor.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Functional;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * A perceptron with batch normalisation of every hidden unit before its non-linearity (Ioffe, Szegedy 2015). Layers are {@code l0, norm0, l1, norm1, ...}, the last one linear.
 *
 * @param plain the perceptron without normalisation
 */
public record NormalizedMlp(Mlp plain) implements Network {
    private static final double EPSILON = 1e-5;

    private int hidden() {
        return plain.sizes().size() - 2;
    }

    private BatchNorm norm(int layer) {
        return new BatchNorm(plain.sizes().get(layer + 1), true, EPSILON);
    }

    @Override
    public Params init(RandomGenerator rng, DType dtype) {
        Params.Builder params = Params.builder().put("", plain.init(rng, dtype));
        for (int i = 0; i < hidden(); i++) {
            params.put("norm" + i, norm(i).init(dtype));
        }
        return params.build();
    }

    @Override
    public Params initialMoments(DType dtype) {
        Params.Builder moments = Params.builder();
        for (int i = 0; i < hidden(); i++) {
            int units = plain.sizes().get(i + 1);
            moments.put("norm" + i + ".mean", Tensors.zeros(dtype, units));
            moments.put("norm" + i + ".variance", Tensors.ones(dtype, units));
        }
        return moments.build();
    }

    @Override
    public List<String> layers() {
        List<String> layers = new ArrayList<>();
        for (int i = 0; i < hidden(); i++) {
            layers.add("l" + i);
            layers.add("norm" + i);
        }
        layers.add(plain.headLayer());
        return layers;
    }

    @Override
    public Tensor features(Params params, Tensor x, Normalization normalization) {
        Tensor h = Functional.vectors(x);
        for (int i = 0; i < hidden(); i++) {
            Tensor sum = Linear.apply(params.child("l" + i), h);
            h = plain.activation().apply(norm(i).apply("norm" + i, params.child("norm" + i), sum, normalization));
        }
        return h;
    }

    @Override
    public Tensor head(Params params, Tensor features) {
        return plain.head(params, features);
    }
}
