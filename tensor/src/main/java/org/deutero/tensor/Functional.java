package org.deutero.tensor;

import java.util.List;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Operations of neural networks as pure functions. */
public final class Functional {
    private Functional() {}

    /** Inputs of any form as vectors: [tasks, n, ...] to [tasks, n, features]; what is vectors already stays as it is. */
    public static Tensor vectors(Tensor x) {
        return x.rank() > 3 ? x.flatten(2) : x;
    }

    /** x W^T + b: [..., in] to [..., out] with weight [out, in] and bias [out] or null. */
    public static Tensor linear(Tensor x, Tensor weight, Tensor bias) {
        return Tensor.run(() -> torch.linear(x.handle(), weight.handle(), optional(bias)));
    }

    /**
     * Two-dimensional convolution (cross-correlation).
     *
     * @param x [n, channels, height, width]
     * @param weight [out, channels / groups, kernel, kernel]
     * @param bias [out] or null
     * @return [n, out, height', width']
     */
    public static Tensor conv2d(Tensor x, Tensor weight, Tensor bias, int stride, int padding, int groups) {
        if (stride > 1 && padding == 0 && weight.size(2) == 1 && weight.size(3) == 1) {
            // oneDNN skips pixels itself and, with fewer channels than a vector has numbers, writes past its memory on
            // the way
            // back (processors with AVX2 but without AVX-512): uxlfoundation/oneDNN#6035. What is left out cannot
            // matter.
            return conv2d(everyOther(x, stride), weight, bias, 1, 0, groups);
        }
        return Tensor.run(() -> torch.conv2d(
                x.handle(),
                weight.handle(),
                optional(bias),
                new long[] {stride, stride},
                new long[] {padding, padding},
                new long[] {1, 1},
                groups));
    }

    private static Tensor everyOther(Tensor x, int stride) {
        return Tensor.run(() -> {
            LongOptional end = new LongOptional();
            return x.handle().slice(2, new LongOptional(0), end, stride).slice(3, new LongOptional(0), end, stride);
        });
    }

    /** Maps [n, channels, height, width] with so many zeros on each side. */
    public static Tensor pad2d(Tensor x, int zeros) {
        return zeros == 0 ? x : Tensor.run(() -> torch.constant_pad_nd(x.handle(), zeros, zeros, zeros, zeros));
    }

    /** Largest value in windows of size x size, without overlap; an odd rest is dropped. [n, c, h, w] to [n, c, h / size, w / size] */
    public static Tensor maxPool2d(Tensor x, int size) {
        long[] window = {size, size};
        return Tensor.run(
                () -> torch.max_pool2d(x.handle(), window, window, new long[] {0, 0}, new long[] {1, 1}, false));
    }

    /** Largest value in windows of size x size that are {@code stride} apart, of maps with {@code padding} on each side that never is the largest. [n, c, h, w] to [n, c, (h + 2 padding - size) / stride + 1, likewise] */
    public static Tensor maxPool2d(Tensor x, int size, int stride, int padding) {
        return Tensor.run(() -> torch.max_pool2d(
                x.handle(),
                new long[] {size, size},
                new long[] {stride, stride},
                new long[] {padding, padding},
                new long[] {1, 1},
                false));
    }

    /** Mean of windows of size x size, without overlap. [n, c, h, w] to [n, c, h / size, w / size] */
    public static Tensor avgPool2d(Tensor x, int size) {
        return Tensor.run(() -> torch.avg_pool2d(x.handle(), size, size));
    }

    /**
     * Images seen through affine transformations, bilinear between pixels and zero outside; the spatial transformer of Jaderberg, Simonyan, Zisserman, Kavukcuoglu 2015. First derivatives only.
     *
     * <p>Places are (to the right, down), from -1 to 1 between the outer edges of an image.
     *
     * @param x [n, channels, height, width]
     * @param transforms [n, 2, 3], of a place in the result to the place in {@code x} that it shows
     */
    public static Tensor affineSample(Tensor x, Tensor transforms) {
        return Tensor.run(() -> torch.grid_sampler(
                x.handle(), torch.affine_grid_generator(transforms.handle(), x.shape(), false), 0, 0, false));
    }

    /**
     * Images turned about their centres, bilinear between pixels and zero outside; see {@link #affineSample}.
     *
     * @param x [n, channels, height, width]
     * @param angles [n], counter-clockwise, in radians
     */
    public static Tensor rotate(Tensor x, Tensor angles) {
        Tensor cos = angles.cos();
        Tensor sin = angles.sin();
        Tensor none = Tensors.zerosLike(angles);
        return affineSample(
                x,
                Tensors.stack(List.of(cos, sin.neg(), none, sin, cos, none), 1).reshape(-1, 2, 3));
    }

    /**
     * Batch normalisation with the mean and the biased variance of this batch.
     *
     * @param x [n, channels, ...]
     * @param scale [channels] or null
     * @param shift [channels] or null
     */
    public static Tensor batchNorm(Tensor x, Tensor scale, Tensor shift, double epsilon) {
        if (DualLevel.active()) {
            return ComposedNorm.batch(x, scale, shift, epsilon);
        }
        return Tensor.run(() -> torch.batch_norm(
                x.handle(),
                new TensorOptional(scaleOrOnes(scale, x).handle()),
                optional(shift),
                new TensorOptional(),
                new TensorOptional(),
                true,
                0,
                epsilon,
                false));
    }

    /**
     * Batch normalisation with the moments of this batch, which are also reported.
     *
     * @param mean [channels], overwritten with the mean of this batch
     * @param variance [channels], overwritten with the unbiased variance of this batch
     */
    public static Tensor batchNormRecording(
            Tensor x, Tensor mean, Tensor variance, Tensor scale, Tensor shift, double epsilon) {
        // A running average with momentum 1 is the latest value: libtorch reports its moments at no extra pass.
        return Tensor.run(() -> torch.batch_norm(
                x.handle(),
                new TensorOptional(scaleOrOnes(scale, x).handle()),
                optional(shift),
                optional(mean),
                optional(variance),
                true,
                1,
                epsilon,
                false));
    }

    /** Batch normalisation with given moments [channels]. */
    public static Tensor batchNorm(Tensor x, Tensor mean, Tensor variance, Tensor scale, Tensor shift, double epsilon) {
        if (DualLevel.active()) {
            return ComposedNorm.fixed(x, mean, variance, scale, shift, epsilon);
        }
        return Tensor.run(() -> torch.batch_norm(
                x.handle(),
                new TensorOptional(scaleOrOnes(scale, x).handle()),
                optional(shift),
                optional(mean),
                optional(variance),
                false,
                0,
                epsilon,
                false));
    }

    /** Normalises the last dimension to mean 0 and variance 1, then scales and shifts [d]. */
    public static Tensor layerNorm(Tensor x, Tensor scale, Tensor shift, double epsilon) {
        if (DualLevel.active()) {
            return ComposedNorm.layer(x, scale, shift, epsilon);
        }
        long[] shape = {x.size(x.rank() - 1)};
        return Tensor.run(() -> torch.layer_norm(x.handle(), shape, optional(scale), optional(shift), epsilon, false));
    }

    /** max(x, slope x). */
    public static Tensor leakyRelu(Tensor x, double slope) {
        return Tensor.run(() -> torch.leaky_relu(x.handle(), new Scalar(slope)));
    }

    /** log(1 + e^x). */
    public static Tensor softplus(Tensor x) {
        return Tensor.run(() -> torch.softplus(x.handle()));
    }

    /** x for x > 0, else e^x - 1. */
    public static Tensor elu(Tensor x) {
        return Tensor.run(() -> torch.elu(x.handle()));
    }

    /** Gaussian error linear unit. */
    public static Tensor gelu(Tensor x) {
        return Tensor.run(() -> torch.gelu(x.handle()));
    }

    /** Its approximation by tanh, x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))) / 2. */
    public static Tensor geluByTanh(Tensor x) {
        return Tensor.run(() -> torch.gelu(x.handle(), "tanh"));
    }

    /** Ones for a missing factor: without a weight libtorch's batch normalisation has no second derivative. */
    private static Tensor scaleOrOnes(Tensor scale, Tensor x) {
        return scale == null ? Tensors.ones(x.dtype(), x.size(1)).to(x.device()) : scale;
    }

    private static TensorOptional optional(Tensor tensor) {
        return tensor == null ? new TensorOptional() : new TensorOptional(tensor.handle());
    }
}
