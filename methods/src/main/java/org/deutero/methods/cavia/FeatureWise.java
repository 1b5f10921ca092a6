package org.deutero.methods.cavia;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.ChannelModulation;
import org.deutero.tensor.nn.ConvNet;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Linear;
import org.deutero.tensor.nn.Normalization;

/**
 * A convolutional network in one block of which the context scales and shifts channels (FiLM, section 3.2 of the paper): [gamma, beta] = W c +
 * b, h = gamma o h + beta after normalisation and pooling, before the activation.
 *
 * <p>Parameters: those of the network, and {@code film.weight} [2 filters, context] and {@code film.bias} [2 filters], gamma's half first. They start as
 * PyTorch's linear layers do. With c = 0 gamma is its bias, of which the released code leaves the default: half the channels start with
 * their sign turned and all of them close to zero. Here gamma's bias starts at 1 unless told otherwise.
 *
 * @param network the network
 * @param context the number of context numbers
 * @param block number of the block, from 0
 * @param unitGamma whether gamma's bias starts at 1
 */
public record FeatureWise(ConvNet network, int context, int block, boolean unitGamma) implements ContextNetwork {
    private static final String FILM = "film";

    /** Checks that there is such a block. */
    public FeatureWise {
        if (block < 0 || block >= network.blocks()) {
            throw new IllegalArgumentException(
                    "there is no block " + block + " to modulate: expected 0 to " + (network.blocks() - 1));
        }
    }

    @Override
    public Params init(RandomGenerator rng, DType dtype) {
        int filters = network.filters();
        Params params = network.init(rng, dtype);
        Params film = new Linear(context, 2 * filters, Initializer.FAN_IN_UNIFORM).init(rng, dtype);
        if (unitGamma) {
            Tensor beta = film.get("bias").slice(0, filters, 2L * filters);
            film = film.with(Params.of("bias", Tensors.cat(List.of(Tensors.ones(dtype, filters), beta), 0)));
        }
        return params.with(film.under(FILM));
    }

    @Override
    public Tensor apply(Params params, Tensor context, Tensor x, Normalization normalization) {
        int filters = network.filters();
        Tensor both = Linear.apply(params.child(FILM), context.unsqueeze(1)).squeeze(1);
        ChannelModulation film =
                ChannelModulation.film(block, both.slice(1, 0, filters), both.slice(1, filters, 2L * filters));
        return network.head(params, network.features(params, x, normalization, film));
    }
}
