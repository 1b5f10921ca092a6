package org.deutero.tensor.nn;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Functional;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * LeNet-5 (LeCun, Bottou, Bengio, Haffner 1998) as it is used today, with ReLU and max-pooling: a convolution of 6 filters of 5x5 with padding 2, one of 16 filters of 5x5 without, each followed by 2x2 pooling; layers of 120 and of 84 units; a linear head.
 *
 * <p>Layers are {@code conv0}, {@code conv1}, {@code fc0}, {@code fc1} and {@code head}.
 *
 * @param channels of an image
 * @param size height and width of an image in pixels, at least 12
 * @param outputs of the head; 0 for none
 * @param initializer how weights start
 */
public record LeNet(int channels, int size, int outputs, Initializer initializer) implements Network {
    private static final int KERNEL = 5;
    private static final int[] FILTERS = {6, 16};
    private static final int[] UNITS = {120, 84};

    /** Checks that the image survives both convolutions. */
    public LeNet {
        if (size < 12) {
            throw new IllegalArgumentException(
                    "an image of " + size + "x" + size + " pixels is too small for LeNet: expected at least 12x12");
        }
    }

    private Conv2d first() {
        return new Conv2d(channels, FILTERS[0], KERNEL, 1, KERNEL / 2, initializer);
    }

    private Conv2d second() {
        return new Conv2d(FILTERS[0], FILTERS[1], KERNEL, 1, 0, initializer);
    }

    @Override
    public Params init(RandomGenerator rng, DType dtype) {
        int side = (size / 2 - KERNEL + 1) / 2;
        Params.Builder params = Params.builder()
                .put("conv0", first().init(rng, dtype))
                .put("conv1", second().init(rng, dtype))
                .put("fc0", new Linear(FILTERS[1] * side * side, UNITS[0], initializer).init(rng, dtype))
                .put("fc1", new Linear(UNITS[0], UNITS[1], initializer).init(rng, dtype));
        if (outputs > 0) {
            params.put("head", new Linear(UNITS[1], outputs, initializer).init(rng, dtype));
        }
        return params.build();
    }

    @Override
    public List<String> layers() {
        return List.of("conv0", "conv1", "fc0", "fc1", "head");
    }

    @Override
    public Tensor features(Params params, Tensor x, Normalization normalization) {
        if (x.rank() != 5 || x.size(2) != channels || x.size(3) != size || x.size(4) != size) {
            throw new IllegalArgumentException(
                    "expected images [tasks, n, " + channels + ", " + size + ", " + size + "], not " + x);
        }
        Params body = params.filter(name -> name.startsWith("conv"));
        Tensor h = TaskLoop.apply(body, x, TaskLoop.anyOwned(body), (p, xt, task) -> convolved(p, xt));
        h = Linear.apply(params.child("fc0"), h).relu();
        return Linear.apply(params.child("fc1"), h).relu();
    }

    private Tensor convolved(Params params, Tensor x) {
        Tensor h = Functional.maxPool2d(first().one(params.child("conv0"), x).relu(), 2);
        return Functional.maxPool2d(second().one(params.child("conv1"), h).relu(), 2)
                .flatten(1);
    }

    @Override
    public Tensor head(Params params, Tensor features) {
        return outputs == 0 ? features : Linear.apply(params.child("head"), features);
    }
}
