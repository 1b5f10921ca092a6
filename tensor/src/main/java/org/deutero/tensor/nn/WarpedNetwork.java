package org.deutero.tensor.nn;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * A network with a {@link Warp} after each of its blocks, and after its head if wanted: f = w_L o h_L o ... o w_1 o h_1, where h are the blocks of the network, under their own names, and w the warps, under
 * {@code warp.<block>} and {@code warp.head} (Flennerhag and others 2020, arXiv 1909.00025, equation 4).
 *
 * @param plain the network that is warped
 * @param warp what comes after each block
 * @param afterHead whether the outputs of the head are warped, too, by a linear map of their own
 */
public record WarpedNetwork(BlockNetwork plain, Warp warp, boolean afterHead) implements Network {
    /** What names of parameters of warps begin with. */
    public static final String PREFIX = "warp.";

    private static final String HEAD = "head";

    /** Refuses warps that cannot start as they are asked to. */
    public WarpedNetwork {
        if (warp.start() == Warp.Start.IDENTITY) {
            for (int width : plain.blockWidths()) {
                warp.noIdentity(width, plain.activation()).ifPresent(reason -> {
                    throw new IllegalArgumentException(
                            "this warp cannot start as the identity, since " + reason + "; expected a random start");
                });
            }
        }
    }

    /** Whether a parameter belongs to a warp. */
    public static boolean isWarp(String parameter) {
        return parameter.startsWith(PREFIX);
    }

    @Override
    public Params init(RandomGenerator rng, DType dtype) {
        Params.Builder params = Params.builder().put("", plain.init(rng, dtype));
        List<Integer> widths = plain.blockWidths();
        for (int i = 0; i < widths.size(); i++) {
            params.put(PREFIX + i, warp.init(rng, dtype, widths.get(i), plain.maps()));
        }
        if (afterHead) {
            params.put(PREFIX + HEAD, Warp.AFFINE.init(rng, dtype, plain.outputs(), false));
        }
        return params.build();
    }

    @Override
    public Params initialMoments(DType dtype) {
        Params.Builder moments = Params.builder().put("", plain.initialMoments(dtype));
        List<Integer> widths = plain.blockWidths();
        for (int i = 0; i < widths.size(); i++) {
            moments.put(PREFIX + i, warp.initialMoments(dtype, widths.get(i)));
        }
        return moments.build();
    }

    @Override
    public List<String> layers() {
        return plain.layers();
    }

    @Override
    public Tensor features(Params params, Tensor x, Normalization normalization) {
        Params warps = params.filter(WarpedNetwork::isWarp);
        Params own = params.filter(name -> !isWarp(name));
        if (!plain.maps()) {
            return plain.features(
                    own,
                    x,
                    normalization,
                    (block, task, h) -> warp.vectors(PREFIX + block, warps.child(PREFIX + block), h, normalization));
        }
        boolean owned = TaskLoop.anyOwned(warps.filter(name -> !name.startsWith(PREFIX + HEAD)));
        // Warps of each task's own, as evolution has them, need tasks one by one.
        Params body = owned && !TaskLoop.anyOwned(own) ? own.expand((int) x.size(0)) : own;
        return plain.features(body, x, normalization, (block, task, h) -> {
            Params layers = warps.child(PREFIX + block);
            return warp.maps(
                    PREFIX + block, owned ? layers.map(t -> t.select(0, task)) : layers, task, h, normalization);
        });
    }

    @Override
    public Tensor head(Params params, Tensor features) {
        Tensor outputs = plain.head(params, features);
        return afterHead ? Linear.apply(params.child(PREFIX + HEAD + ".0.map"), outputs) : outputs;
    }
}
