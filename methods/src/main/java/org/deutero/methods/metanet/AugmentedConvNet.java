package org.deutero.methods.metanet;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Functional;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Initializer;

/**
 * The network of the released code for Omniglot: blocks of 3x3 convolution, ReLU and 2x2 max-pooling that keeps what an odd side leaves over (28-14-7-4-2-1), then two dense layers; no biases, no normalisation, and every
 * layer with fast weights.
 *
 * <p>Parameters {@code conv<l>.weight} [out, in, 3, 3], {@code fc0.weight} and {@code fc1.weight} [out, in], of all tasks or with a leading [tasks]. Convolutions and dense layers have a generator each.
 *
 * @param channels of an image
 * @param size height and width of an image in pixels
 * @param blocks of convolution; 5 in the released code
 * @param filters channels of every block; 64 in the released code
 * @param width of keys; 64 in the released code
 * @param outputs numbers that it puts out
 * @param initializer how slow weights start
 */
record AugmentedConvNet(
        int channels, int size, int blocks, int filters, int width, int outputs, Initializer initializer)
        implements Augmented {

    private int features() {
        int side = size;
        for (int l = 0; l < blocks; l++) {
            side = (side + 1) / 2;
        }
        return filters * side * side;
    }

    @Override
    public Params init(RandomGenerator rng, DType dtype) {
        Params.Builder params = Params.builder();
        for (int l = 0; l < blocks; l++) {
            params.put(
                    "conv" + l + ".weight", initializer.weight(rng, dtype, filters, l == 0 ? channels : filters, 3, 3));
        }
        return params.put("fc0.weight", initializer.weight(rng, dtype, width, features()))
                .put("fc1.weight", initializer.weight(rng, dtype, outputs, width))
                .build();
    }

    @Override
    public List<String> groups() {
        return List.of("conv", "fc");
    }

    /** What fast weights say of the input of a layer; null for nothing. */
    @FunctionalInterface
    private interface Fast {
        Tensor response(String weight, Tensor h);
    }

    @Override
    public Tensor plain(Params slow, Tensor x) {
        return logits(slow, (weight, h) -> null, x);
    }

    @Override
    public Tensor keys(Params slow, Params fast, Tensor x) {
        Fast own = (weight, h) -> fast.isEmpty() ? null : linear(h, fast.get(weight));
        return sum(slow, own, "fc0.weight", body(slow, own, x));
    }

    @Override
    public Tensor mixed(Params slow, Params memory, Tensor attention, Tensor x) {
        return logits(
                slow,
                (weight, h) -> {
                    Tensor all = memory.get(weight);
                    long items = all.size(1);
                    long[] joined = Arrays.copyOfRange(all.shape(), 1, all.rank());
                    joined[0] = all.size(0);
                    joined[1] = items * all.size(2);
                    Tensor responses = linear(h, all.reshape(joined));
                    long[] apart = new long[responses.rank() + 1];
                    System.arraycopy(responses.shape(), 0, apart, 0, 2);
                    apart[2] = items;
                    apart[3] = all.size(2);
                    System.arraycopy(responses.shape(), 3, apart, 4, responses.rank() - 3);
                    long[] shares = new long[apart.length];
                    Arrays.fill(shares, 1);
                    System.arraycopy(attention.shape(), 0, shares, 0, 3);
                    return responses
                            .reshape(apart)
                            .mul(attention.reshape(shares))
                            .sum(2);
                },
                x);
    }

    private Tensor logits(Params slow, Fast fast, Tensor x) {
        return sum(slow, fast, "fc1.weight", rectified(slow, fast, "fc0.weight", body(slow, fast, x)));
    }

    private Tensor body(Params slow, Fast fast, Tensor x) {
        Tensor h = x;
        for (int l = 0; l < blocks; l++) {
            h = pooled(rectified(slow, fast, "conv" + l + ".weight", h));
        }
        return Functional.vectors(h);
    }

    private static Tensor sum(Params slow, Fast fast, String weight, Tensor h) {
        Tensor own = linear(h, slow.get(weight));
        Tensor added = fast.response(weight, h);
        return added == null ? own : own.add(added);
    }

    private static Tensor rectified(Params slow, Fast fast, String weight, Tensor h) {
        Tensor own = linear(h, slow.get(weight)).relu();
        Tensor added = fast.response(weight, h);
        return added == null ? own : own.add(added.relu());
    }

    /** A layer on h [tasks, n, in] or [tasks, n, in, height, width], with weights of all tasks or of each. */
    private static Tensor linear(Tensor h, Tensor weight) {
        if (h.rank() == 3) {
            return h.matmul(weight.transpose(-2, -1));
        }
        long tasks = h.size(0);
        long n = h.size(1);
        if (weight.rank() == 4) {
            Tensor y = Functional.conv2d(h.reshape(tasks * n, h.size(2), h.size(3), h.size(4)), weight, null, 1, 1, 1);
            return y.reshape(tasks, n, y.size(1), y.size(2), y.size(3));
        }
        long out = weight.size(1);
        Tensor x = h.transpose(0, 1).reshape(n, tasks * h.size(2), h.size(3), h.size(4));
        Tensor y = Functional.conv2d(x, weight.reshape(tasks * out, weight.size(2), 3, 3), null, 1, 1, (int) tasks);
        return y.reshape(n, tasks, out, y.size(2), y.size(3)).transpose(0, 1);
    }

    /** 2x2 max-pooling of what is not negative, an odd side filled up by zeros. */
    private static Tensor pooled(Tensor h) {
        Tensor even = filled(filled(h, 3), 4);
        Tensor y = Functional.maxPool2d(
                even.reshape(even.size(0) * even.size(1), even.size(2), even.size(3), even.size(4)), 2);
        return y.reshape(even.size(0), even.size(1), y.size(1), y.size(2), y.size(3));
    }

    private static Tensor filled(Tensor h, int dim) {
        if (h.size(dim) % 2 == 0) {
            return h;
        }
        return Tensors.cat(List.of(h, Tensors.zerosLike(h.slice(dim, 0, 1))), dim);
    }
}
