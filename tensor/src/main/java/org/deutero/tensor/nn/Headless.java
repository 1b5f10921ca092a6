package org.deutero.tensor.nn;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * A network all of which makes features, its last layer included: a perceptron as an encoder.
 *
 * @param whole the network
 */
public record Headless(Network whole) implements Network {
    @Override
    public Params init(RandomGenerator rng, DType dtype) {
        return whole.init(rng, dtype);
    }

    @Override
    public Params initialMoments(DType dtype) {
        return whole.initialMoments(dtype);
    }

    @Override
    public List<String> layers() {
        return whole.layers();
    }

    @Override
    public Tensor features(Params params, Tensor x, Normalization normalization) {
        return whole.apply(params, x, normalization);
    }

    @Override
    public Tensor head(Params params, Tensor features) {
        return features;
    }
}
