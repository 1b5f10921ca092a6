package org.deutero.methods.warpgrad;

import java.util.Optional;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.BlockNetwork;
import org.deutero.tensor.nn.Network;
import org.deutero.tensor.nn.Warp;
import org.deutero.tensor.nn.WarpedNetwork;

/** What the {@code method} section of a recipe says about warps. */
final class WarpOptions {
    private WarpOptions() {}

    private enum NonLinearity {
        NONE,
        RELU,
        LEAKY_RELU,
        TANH,
        SOFTPLUS;

        Optional<Activation> activation() {
            return this == NONE ? Optional.empty() : Optional.of(Activation.valueOf(name()));
        }
    }

    /** The network with warps. */
    static Network warped(Options o, Network plain) {
        int layers = o.integer("warp-layers", 1, 0, 100, "layers of a warp after each block; 0 for no warps");
        if (layers == 0) {
            return plain;
        }
        if (!(plain instanceof BlockNetwork blocks)) {
            throw new OptionsException(
                    o.path("warp-layers")
                            + ": warps come between the blocks of a network, which this one has not; expected network.type conv4 or mlp");
        }
        int widest =
                blocks.blockWidths().stream().mapToInt(Integer::intValue).max().orElse(1);
        Warp warp = new Warp(
                layers,
                o.integer("warp-width", widest, 1, 100_000, "channels or units between two layers of a warp"),
                o.flag("warp-residual", false, "whether each layer of a warp is added to what it gets"),
                o.flag("warp-norm-before", false, "batch normalisation of what a layer of a warp gets"),
                o.flag("warp-norm-after", false, "batch normalisation of what a layer of a warp puts out"),
                o.choice("warp-activation", NonLinearity.NONE, "non-linearity of each layer of a warp")
                        .activation(),
                o.choice(
                        "warp-start",
                        Warp.Start.IDENTITY,
                        "warps start as the identity, so that they change nothing at first, or at random"));
        try {
            return new WarpedNetwork(
                    blocks, warp, o.flag("warp-head", false, "whether the outputs of the head are warped, too"));
        } catch (IllegalArgumentException e) {
            throw new OptionsException(o.path("warp-start") + ": " + e.getMessage(), e);
        }
    }
}
