package org.deutero.tensor.nn;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Functional;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Layers that bend the space of another layer's outputs (Flennerhag, Rusu, Pascanu, Visin, Yin, Hadsell 2020, arXiv 1909.00025): back-propagation through them preconditions the gradient of what lies
 * below. As wide at the end as at the start.
 *
 * <p>A layer is, in this order: batch normalisation, if {@code normBefore}; a 3x3 convolution, or a linear map of vectors; the activation, if any; the layer's input added, if {@code residual}, through
 * a 1x1 convolution or linear map where widths differ; batch normalisation, if {@code normAfter}. Parameters: {@code <layer>.map}, {@code .scale}, {@code .before}, {@code .after}.
 *
 * @param layers one after the other
 * @param width between two layers
 * @param residual whether a layer is added to its input
 * @param normBefore whether inputs of a layer are normalised
 * @param normAfter whether outputs of a layer are normalised
 * @param activation non-linearity of a layer; empty for none, and then without normalisation the warp is affine
 * @param start how the layers start
 */
public record Warp(
        int layers,
        int width,
        boolean residual,
        boolean normBefore,
        boolean normAfter,
        Optional<Activation> activation,
        Start start) {
    private static final int KERNEL = 3;
    private static final double EPSILON = 1e-5;

    /** One affine layer that starts as the identity: the usual warp. */
    public static final Warp AFFINE = new Warp(1, 0, false, false, false, Optional.empty(), Start.IDENTITY);

    /** How warps start. */
    public enum Start {
        /** As the identity, so that the warped network equals the one without warps. */
        IDENTITY,
        /** As PyTorch starts linear and convolution layers. */
        RANDOM
    }

    /** Checks the number of layers. */
    public Warp {
        if (layers < 1) {
            throw new IllegalArgumentException("a warp needs at least 1 layer, not " + layers);
        }
    }

    /**
     * Why such a warp cannot start as the identity; empty if it can.
     *
     * @param in its width at the start and at the end
     * @param below the non-linearity of what it is put upon
     */
    public Optional<String> noIdentity(int in, Activation below) {
        if (normAfter) {
            return Optional.of("it ends in a normalisation");
        }
        if (layers > 1 && width < in) {
            return Optional.of("it is narrower, " + width + ", than what it is put upon, " + in);
        }
        if (residual) {
            return activation
                    .filter(Activation.SOFTPLUS::equals)
                    .map(a -> "a branch that ends in " + a + " is never 0");
        }
        if (normBefore) {
            return Optional.of("it has a normalisation that nothing goes around");
        }
        boolean idempotent = activation.isEmpty() || (activation.get() == Activation.RELU && below == Activation.RELU);
        return idempotent
                ? Optional.empty()
                : Optional.of("its activation " + activation.get() + " alters what it gets");
    }

    private int in(int layer, int ends) {
        return layer == 0 ? ends : width;
    }

    private int out(int layer, int ends) {
        return layer == layers - 1 ? ends : width;
    }

    /**
     * Parameters of all layers.
     *
     * @param ends width of what it is put upon
     * @param maps whether that are maps rather than vectors
     */
    Params init(RandomGenerator rng, DType dtype, int ends, boolean maps) {
        Params.Builder params = Params.builder();
        for (int i = 0; i < layers; i++) {
            int in = in(i, ends);
            int out = out(i, ends);
            String layer = i + ".";
            if (normBefore) {
                params.put(layer + "before", new BatchNorm(in, true, EPSILON).init(dtype));
            }
            params.put(layer + "map", map(rng, dtype, out, in, maps ? KERNEL : 0));
            if (residual && in != out) {
                params.put(
                        layer + "scale",
                        start == Start.IDENTITY
                                ? unit(dtype, out, in, maps ? 1 : 0)
                                : random(rng, dtype, out, in, maps ? 1 : 0));
            }
            if (normAfter) {
                params.put(layer + "after", new BatchNorm(out, true, EPSILON).init(dtype));
            }
        }
        return params.build();
    }

    /** Moments of all normalisations before any batch was seen, as {@link Network#initialMoments} has them. */
    Params initialMoments(DType dtype, int ends) {
        Params.Builder moments = Params.builder();
        for (int i = 0; i < layers; i++) {
            if (normBefore) {
                moments.put(i + ".before", initial(dtype, in(i, ends)));
            }
            if (normAfter) {
                moments.put(i + ".after", initial(dtype, out(i, ends)));
            }
        }
        return moments.build();
    }

    private static Params initial(DType dtype, int channels) {
        return Params.builder()
                .put("mean", Tensors.zeros(dtype, channels))
                .put("variance", Tensors.ones(dtype, channels))
                .build();
    }

    private Params map(RandomGenerator rng, DType dtype, int out, int in, int kernel) {
        if (start == Start.RANDOM) {
            return random(rng, dtype, out, in, kernel);
        }
        return residual ? unit(dtype, out, in, kernel).zerosLike() : unit(dtype, out, in, kernel);
    }

    private static Params random(RandomGenerator rng, DType dtype, int out, int in, int kernel) {
        return kernel == 0
                ? new Linear(in, out, Initializer.FAN_IN_UNIFORM).init(rng, dtype)
                : new Conv2d(in, out, kernel, 1, kernel / 2, Initializer.FAN_IN_UNIFORM).init(rng, dtype);
    }

    /** What hands on as many channels as there are; kernel 0 is a linear map. */
    private static Params unit(DType dtype, int out, int in, int kernel) {
        int side = Math.max(1, kernel);
        double[] weight = new double[out * in * side * side];
        for (int i = 0; i < Math.min(out, in); i++) {
            weight[((i * in + i) * side + side / 2) * side + side / 2] = 1;
        }
        long[] shape = kernel == 0 ? new long[] {out, in} : new long[] {out, in, side, side};
        return Params.builder()
                .put("weight", Tensor.of(weight, shape).to(dtype))
                .put("bias", Tensors.zeros(dtype, out))
                .build();
    }

    /**
     * Applies all layers to the vectors of all tasks.
     *
     * @param name under which statistics of normalisation are kept
     * @param h [tasks, n, width]
     */
    Tensor vectors(String name, Params params, Tensor h, Normalization normalization) {
        return apply(
                name,
                params,
                h,
                new Kind() {
                    @Override
                    public Tensor map(Params p, Tensor x) {
                        return Linear.apply(p, x);
                    }

                    @Override
                    public Tensor norm(String layer, BatchNorm norm, Params p, Tensor x) {
                        return norm.apply(layer, p, x, normalization);
                    }
                },
                2);
    }

    /**
     * Applies all layers to the maps of one task.
     *
     * @param params the task's own, or shared
     * @param h [n, channels, height, width]
     */
    Tensor maps(String name, Params params, int task, Tensor h, Normalization normalization) {
        return apply(
                name,
                params,
                h,
                new Kind() {
                    @Override
                    public Tensor map(Params p, Tensor x) {
                        Tensor weight = p.get("weight");
                        return Functional.conv2d(x, weight, p.get("bias"), 1, (int) weight.size(2) / 2, 1);
                    }

                    @Override
                    public Tensor norm(String layer, BatchNorm norm, Params p, Tensor x) {
                        return norm.one(layer, task, p, x, normalization);
                    }
                },
                1);
    }

    /** How layers work on maps or on vectors. */
    private interface Kind {
        Tensor map(Params params, Tensor x);

        Tensor norm(String layer, BatchNorm norm, Params params, Tensor x);
    }

    private Tensor apply(String name, Params params, Tensor x, Kind kind, int channels) {
        Tensor h = x;
        for (int i = 0; i < layers; i++) {
            Params p = params.child(String.valueOf(i));
            String layer = name + "." + i;
            Tensor in = h;
            if (normBefore) {
                h = kind.norm(layer + ".before", norm(h, channels), p.child("before"), h);
            }
            h = kind.map(p.child("map"), h);
            h = activation.isPresent() ? activation.get().apply(h) : h;
            if (residual) {
                h = (p.has("scale.weight") ? kind.map(p.child("scale"), in) : in).add(h);
            }
            if (normAfter) {
                h = kind.norm(layer + ".after", norm(h, channels), p.child("after"), h);
            }
        }
        return h;
    }

    private static BatchNorm norm(Tensor h, int channels) {
        return new BatchNorm((int) h.size(channels), true, EPSILON);
    }
}
