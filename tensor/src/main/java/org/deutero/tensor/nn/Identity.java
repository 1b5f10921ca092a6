package org.deutero.tensor.nn;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Functional;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/** The network that hands on its input, features flattened: [tasks, n, features...] to [tasks, n, width]. It has no parameters. */
public record Identity() implements Network {
    @Override
    public Params init(RandomGenerator rng, DType dtype) {
        return Params.EMPTY;
    }

    @Override
    public List<String> layers() {
        return List.of("input");
    }

    @Override
    public Tensor features(Params params, Tensor x, Normalization normalization) {
        return Functional.vectors(x);
    }

    @Override
    public Tensor head(Params params, Tensor features) {
        return features;
    }
}
