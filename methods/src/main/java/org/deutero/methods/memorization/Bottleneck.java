package org.deutero.methods.memorization;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.deutero.learn.StepContext;
import org.deutero.tensor.DType;
import org.deutero.tensor.Functional;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Network;
import org.deutero.tensor.nn.Normalization;

/**
 * An encoder of inputs that is charged for what it tells of them, or for what it knows itself: KL(q || N(0, 1)) in nats, of its weights or of its codes, each with a mean and a deviation of its own.
 *
 * <p>Parameters are those of the network; with stochastic weights each matrix {@code l.weight} is {@code l.mean} and {@code l.spread}. Deviations are {@code floor + softplus(spread)}. Biases and normalisation are certain.
 *
 * @param form what is stochastic
 * @param network to the code, twice as wide for stochastic activations: [mean, spread]
 * @param width of the code
 * @param spread where the spreads of weights start
 * @param floor least deviation; 0 as published, 1e-7 in the released notebook, where it is what keeps deviations from moving
 * @param noise source of chance
 */
public record Bottleneck(Form form, Network network, int width, double spread, double floor, Noise noise) {
    private static final String WEIGHT = ".weight";
    private static final String MEAN = ".mean";
    private static final String SPREAD = ".spread";

    /** What is stochastic. */
    public enum Form {
        /** Nothing, and nothing is charged. */
        NONE,
        /** The weights: one sample for each task, in use as well. */
        WEIGHTS,
        /** The codes: one sample for each input in meta-training; in use their means. */
        ACTIVATIONS
    }

    /**
     * Codes of a set of inputs.
     *
     * @param values [tasks, n, width]
     * @param divergence of their distributions from a standard normal one, the sum over features and inputs, [tasks]; null unless codes are stochastic
     */
    public record Code(Tensor values, Tensor divergence) {}

    /** The encoder that is charged for nothing. */
    public static Bottleneck none(Network network, int width) {
        return new Bottleneck(Form.NONE, network, width, 0, 0, Noise.DRAWN);
    }

    /** Fresh parameters. */
    public Params init(RandomGenerator rng, DType dtype) {
        Params certain = network.init(rng, dtype);
        if (form != Form.WEIGHTS) {
            return certain;
        }
        Params.Builder params = Params.builder();
        certain.forEach((name, tensor) -> {
            if (name.endsWith(WEIGHT)) {
                params.put(layer(name, WEIGHT) + MEAN, tensor);
                params.put(layer(name, WEIGHT) + SPREAD, Tensors.full(spread, dtype, tensor.shape()));
            } else {
                params.put(name, tensor);
            }
        });
        return params.build();
    }

    private static String layer(String name, String ending) {
        return name.substring(0, name.length() - ending.length());
    }

    private Tensor deviation(Tensor raw) {
        Tensor soft = Functional.softplus(raw);
        return floor == 0 ? soft : soft.add(floor);
    }

    /** Parameters of the network that tasks look through: each its own sample of stochastic weights. */
    public Params sample(Params params, int tasks, StepContext context) {
        if (form != Form.WEIGHTS) {
            return params;
        }
        Params.Builder sampled = Params.builder();
        params.forEach((name, tensor) -> {
            if (name.endsWith(MEAN)) {
                String layer = layer(name, MEAN);
                long[] shape = tensor.shape();
                long[] own = context.task().ownTheta() ? Arrays.copyOfRange(shape, 1, shape.length) : shape;
                Tensor normal =
                        noise.of(layer, tensor.dtype(), tasks, context, own).to(tensor.device());
                sampled.put(
                        layer + WEIGHT,
                        tensor.add(deviation(params.get(layer + SPREAD)).mul(normal)));
            } else if (!name.endsWith(SPREAD)) {
                sampled.put(name, tensor);
            }
        });
        return sampled.build();
    }

    /**
     * Codes of inputs.
     *
     * @param sampled what {@link #sample} gave
     * @param x [tasks, n, features...]
     * @param set name of the inputs, to which their noise belongs
     */
    public Code encode(Params sampled, Tensor x, String set, Normalization normalization, StepContext context) {
        Tensor out = network.features(sampled, x, normalization);
        if (form != Form.ACTIVATIONS) {
            return new Code(out, null);
        }
        Tensor mean = out.slice(2, 0, width);
        Tensor deviation = deviation(out.slice(2, width, 2L * width));
        Tensor divergence = divergence(mean, deviation).sum(1, 2);
        if (!context.training()) {
            return new Code(mean, divergence);
        }
        Tensor normal = noise.of(set, out.dtype(), (int) out.size(0), context, out.size(1), width)
                .to(out.device());
        return new Code(mean.add(deviation.mul(normal)), divergence);
    }

    /** What is told of an input: the mean of its code, [n, width] of [n, features...], by itself. */
    public Tensor mean(Params sampled, Tensor x, Normalization normalization) {
        Tensor out = network.features(sampled, x.unsqueeze(0), normalization).squeeze(0);
        return form == Form.ACTIVATIONS ? out.slice(1, 0, width) : out;
    }

    /**
     * What the encoder is charged for, [tasks] or, where tasks share their weights, [1]; null if for nothing.
     *
     * @param params as {@link #init} gives them
     * @param told the divergences of all codes of a task, [tasks]; null unless codes are stochastic
     * @param points how many codes those are; their mean is what counts
     */
    public Tensor divergence(Params params, Tensor told, long points, StepContext context) {
        return switch (form) {
            case NONE -> null;
            case WEIGHTS -> ofWeights(params, context);
            case ACTIVATIONS -> told.div((double) points);
        };
    }

    private Tensor ofWeights(Params params, StepContext context) {
        Tensor sum = null;
        for (String name : params.names()) {
            if (name.endsWith(MEAN)) {
                Tensor each = divergence(params.get(name), deviation(params.get(layer(name, MEAN) + SPREAD)));
                Tensor own = context.task().ownTheta()
                        ? each.flatten(1).sum(1)
                        : each.sum().reshape(1);
                sum = sum == null ? own : sum.add(own);
            }
        }
        return sum;
    }

    /** KL(N(mean, deviation^2) || N(0, 1)) of every number by itself. */
    private static Tensor divergence(Tensor mean, Tensor deviation) {
        return deviation.square().add(mean.square()).sub(1).mul(0.5).sub(deviation.log());
    }
}
