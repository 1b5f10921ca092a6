package org.deutero.methods.weighting;

import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Linear;

/**
 * The network that draws a gate: pooled gradient, linear layers with PReLUs between them, two logits, Gumbel-softmax.
 *
 * @param layers linear ones: 2 in the paper, 3 in the released code
 * @param hidden units
 * @param temperature of the softmax
 * @param pooling of a gradient [tasks, outputs, ...]
 */
public record GateSampler(int layers, int hidden, double temperature, Pooling pooling) {
    /** As in the paper, with the temperature of the released code. */
    public static final GateSampler PUBLISHED = new GateSampler(2, 128, 5, Pooling.MEAN);

    private static final double SLOPE = 0.25;
    private static final double TINY = 1e-12;

    /** What a sampler sees of a gradient. */
    public enum Pooling {
        /** Its mean over all but the outputs, as in the paper. */
        MEAN,
        /** Its sum over all but the outputs, standardised over the outputs, as in the released code. */
        STANDARDISED_SUM
    }

    Params init(RandomGenerator rng, int outputs, DType dtype) {
        Params.Builder net = Params.builder();
        int in = outputs;
        for (int i = 0; i < layers; i++) {
            boolean last = i == layers - 1;
            net.put("l" + i, new Linear(in, last ? 2 : hidden, Initializer.FAN_IN_UNIFORM).init(rng, dtype));
            if (!last) {
                net.put("l" + i + ".slope", Tensors.full(SLOPE, dtype, 1));
            }
            in = hidden;
        }
        return net.build();
    }

    /** Gumbel noise for two logits, [tasks, 2]. */
    static Tensor gumbel(RandomGenerator rng, int tasks, DType dtype) {
        return Tensors.uniform(rng, 1e-10, 1, dtype, tasks, 2).log().neg().log().neg();
    }

    /** What a sampler sees, [tasks, outputs]. */
    Tensor pooled(Tensor gradient) {
        Tensor rows = gradient.rank() < 3 ? gradient.unsqueeze(2) : gradient.flatten(2);
        if (pooling == Pooling.MEAN) {
            return rows.mean(2);
        }
        Tensor sums = rows.sum(2);
        Tensor away = sums.sub(sums.meanKeep(1));
        return away.div(away.square().meanKeep(1).add(TINY).sqrt());
    }

    /** Logits of being open and of being shut, [tasks, 2]. */
    Tensor logits(Params net, Tensor gradient) {
        Tensor h = pooled(gradient).unsqueeze(1);
        for (int i = 0; i < layers; i++) {
            Params layer = net.child("l" + i);
            h = Linear.apply(layer.filter(name -> !name.equals("slope")), h);
            if (i < layers - 1) {
                h = h.relu().sub(h.neg().relu().mul(layer.get("slope").unsqueeze(1)));
            }
        }
        return h.squeeze(1);
    }

    /**
     * A gate of each task, [tasks]: 0 or 1, with the slope of the relaxed choice (straight-through).
     *
     * @param net parameters that lead with tasks
     * @param gradient [tasks, outputs, ...], a constant
     * @param noise as {@link #gumbel} gives it
     */
    Tensor draw(Params net, Tensor gradient, Tensor noise) {
        Tensor soft = logits(net, gradient)
                .add(noise.to(gradient.device()))
                .mul(1 / temperature)
                .softmax(1);
        Tensor open = soft.select(1, 0);
        Tensor chosen = open.detach().gt(0.5).to(open.dtype());
        return open.add(chosen.sub(open.detach()));
    }
}
