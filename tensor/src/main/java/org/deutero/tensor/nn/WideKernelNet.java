package org.deutero.tensor.nn;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Functional;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * Two convolutions with kernels of 7x7, each followed by ReLU and 2x2 max-pooling, then a linear layer: the network for MNIST of Ha, Dai, Le 2016 (arXiv 1609.09106), whose second kernel is ordinary or {@linkplain GeneratedKernel generated}.
 *
 * <p>Layers are {@code conv0}, {@code conv1} and {@code head}. A generated kernel has its parameters under {@code conv1.generator} in the place of {@code conv1.weight}.
 *
 * @param channels of an image
 * @param size height and width of an image in pixels
 * @param filters channels of both convolutions; 16 as published
 * @param code numbers that the second kernel is generated from; 0 for an ordinary kernel
 * @param outputs of the head; 0 for none
 * @param initializer how ordinary layers start
 */
public record WideKernelNet(int channels, int size, int filters, int code, int outputs, Initializer initializer)
        implements Network {
    private static final int KERNEL = 7;
    private static final String GENERATOR = "generator";

    /** Checks that the image survives both halvings. */
    public WideKernelNet {
        if (size < 4) {
            throw new IllegalArgumentException(
                    "an image of " + size + "x" + size + " pixels is too small to be halved twice");
        }
    }

    /** The width of the features. */
    public int width() {
        int side = size / 2 / 2;
        return filters * side * side;
    }

    private Conv2d conv(int block) {
        return new Conv2d(block == 0 ? channels : filters, filters, KERNEL, 1, KERNEL / 2, initializer);
    }

    private GeneratedKernel generator() {
        return new GeneratedKernel(filters, filters, KERNEL, code);
    }

    @Override
    public Params init(RandomGenerator rng, DType dtype) {
        Params second = conv(1).init(rng, dtype);
        Params.Builder params = Params.builder()
                .put("conv0", conv(0).init(rng, dtype))
                .put(
                        "conv1",
                        code == 0
                                ? second
                                : second.filter("bias"::equals)
                                        .with(generator().init(rng, dtype).under(GENERATOR)));
        if (outputs > 0) {
            params.put("head", new Linear(width(), outputs, initializer).init(rng, dtype));
        }
        return params.build();
    }

    @Override
    public List<String> layers() {
        return List.of("conv0", "conv1", "head");
    }

    @Override
    public Tensor features(Params params, Tensor x, Normalization normalization) {
        if (x.rank() != 5 || x.size(2) != channels || x.size(3) != size || x.size(4) != size) {
            throw new IllegalArgumentException(
                    "expected images [tasks, n, " + channels + ", " + size + ", " + size + "], not " + x);
        }
        Params body = convolutions(params);
        return TaskLoop.apply(body, x, TaskLoop.anyOwned(body), (p, xt, task) -> one(p, xt));
    }

    private Params convolutions(Params params) {
        Params body = params.filter(name -> name.startsWith("conv"));
        if (code == 0) {
            return body;
        }
        Tensor weight = generator().weight(body.child("conv1").child(GENERATOR));
        return body.filter(name -> !name.startsWith("conv1." + GENERATOR)).with(Params.of("conv1.weight", weight));
    }

    private Tensor one(Params params, Tensor x) {
        Tensor h = x;
        for (int i = 0; i < 2; i++) {
            h = Functional.maxPool2d(conv(i).one(params.child("conv" + i), h), 2)
                    .relu();
        }
        return h.flatten(1);
    }

    @Override
    public Tensor head(Params params, Tensor features) {
        return outputs == 0 ? features : Linear.apply(params.child("head"), features);
    }
}
