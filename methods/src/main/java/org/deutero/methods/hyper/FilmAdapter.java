package org.deutero.methods.hyper;

import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.ChannelModulation;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Linear;

/**
 * Scales and shifts of all channels of all blocks, generated from a code (CNAPs; Requeima, Gordon, Bronskill, Nowozin, Turner 2019, arXiv 1906.07697): gamma = 1 + rho o P(ReLU(L z)), beta = rho' o P'(ReLU(L z)), for every block by itself. P and P' are three residual layers, here h + ReLU(W h + b).
 *
 * <p>Parameters, for every {@code block}: {@code shared} (L), and under {@code gamma} and {@code beta} {@code l0}, {@code l1}, {@code l2} (P) and {@code rho} [channels].
 *
 * @param code numbers in z
 * @param blocks number of blocks
 * @param channels of every block
 */
record FilmAdapter(int code, int blocks, int channels) {
    private static final int LAYERS = 3;
    private static final double RHO = 1e-3;
    private static final String GAMMA = "gamma";
    private static final String BETA = "beta";

    Params init(RandomGenerator rng, DType dtype) {
        Params.Builder params = Params.builder();
        for (int i = 0; i < blocks; i++) {
            params.put(block(i) + ".shared", new Linear(code, channels, Initializer.FAN_IN_UNIFORM).init(rng, dtype));
            for (String what : new String[] {GAMMA, BETA}) {
                for (int l = 0; l < LAYERS; l++) {
                    Linear layer = new Linear(channels, channels, Initializer.FAN_IN_UNIFORM);
                    params.put(block(i) + "." + what + ".l" + l, layer.init(rng, dtype));
                }
                params.put(
                        block(i) + "." + what + ".rho",
                        Tensors.normal(rng, dtype, channels).mul(RHO));
            }
        }
        return params.build();
    }

    private static String block(int i) {
        return "block" + i;
    }

    /**
     * What a code says.
     *
     * @param own this adapter's parameters, shared or leading with [tasks]
     * @param codes [tasks, code]
     * @return {@code block.gamma} and {@code block.beta} [tasks, channels] for every block
     */
    Params generate(Params own, Tensor codes) {
        Params.Builder film = Params.builder();
        for (int i = 0; i < blocks; i++) {
            Params block = own.child(block(i));
            Tensor h = Linear.apply(block.child("shared"), codes.unsqueeze(1)).relu();
            film.put(block(i) + "." + GAMMA, generated(block.child(GAMMA), h).add(1));
            film.put(block(i) + "." + BETA, generated(block.child(BETA), h));
        }
        return film.build();
    }

    private static Tensor generated(Params own, Tensor shared) {
        Tensor h = shared;
        for (int l = 0; l < LAYERS; l++) {
            h = h.add(Linear.apply(own.child("l" + l), h).relu());
        }
        return h.squeeze(1).mul(own.get("rho"));
    }

    /** The sum of squares of all rho, [1], or [tasks] where they are tasks' own. */
    Tensor squaredScales(Params own) {
        Tensor sum = null;
        for (int i = 0; i < blocks; i++) {
            for (String what : new String[] {GAMMA, BETA}) {
                Tensor squares = own.get(block(i) + "." + what + ".rho")
                        .reshape(-1, channels)
                        .square()
                        .sum(1);
                sum = sum == null ? squares : sum.add(squares);
            }
        }
        return sum;
    }

    /** The modulation by what {@link #generate} said. */
    static ChannelModulation modulation(Params film) {
        return (block, task, h) -> ChannelModulation.film(
                        block, film.get(block(block) + "." + GAMMA), film.get(block(block) + "." + BETA))
                .apply(block, task, h);
    }
}
