package org.deutero.methods.cavia;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Functional;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.nn.Normalization;

/**
 * A perceptron whose input is an example followed by the context (section 3.1 of the paper).
 *
 * @param network with inputs for both
 * @param context the number of context numbers
 */
public record Concatenated(Mlp network, int context) implements ContextNetwork {
    /** A perceptron with inputs added for the context. */
    public static Concatenated widening(Mlp network, int context) {
        List<Integer> sizes = new ArrayList<>(network.sizes());
        sizes.set(0, sizes.get(0) + context);
        return new Concatenated(new Mlp(sizes, network.activation(), network.initializer()), context);
    }

    @Override
    public Params init(RandomGenerator rng, DType dtype) {
        return network.init(rng, dtype);
    }

    @Override
    public Tensor apply(Params params, Tensor context, Tensor x, Normalization normalization) {
        Tensor flat = Functional.vectors(x);
        Tensor everywhere = context.unsqueeze(1).expand(-1, flat.size(1), -1);
        return network.apply(params, Tensors.cat(List.of(flat, everywhere), 2), normalization);
    }
}
