package org.deutero.tensor.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * Convolutions of stride 2 without padding and without normalisation, then an optional linear head: the network of Miconi, Stanley, Clune 2018, whose images of 31x31 pixels shrink to 15, 7, 3, 1.
 *
 * <p>Layers are {@code conv0, conv1, ...} and {@code head}.
 *
 * @param channels of an image
 * @param size height and width of an image in pixels
 * @param blocks number of convolutions
 * @param filters channels of every convolution
 * @param activation after every convolution
 * @param outputs of the head; 0 for none
 * @param initializer how convolutions and head start
 */
public record StridedConvNet(
        int channels, int size, int blocks, int filters, Activation activation, int outputs, Initializer initializer)
        implements Network {
    private static final int KERNEL = 3;
    private static final int STRIDE = 2;

    /** Checks that the image survives all convolutions. */
    public StridedConvNet {
        int side = size;
        for (int i = 0; i < blocks; i++) {
            if (side < KERNEL) {
                throw new IllegalArgumentException("an image of " + size + "x" + size + " pixels is too small for "
                        + blocks + " convolutions of stride 2 without padding");
            }
            side = (side - KERNEL) / STRIDE + 1;
        }
    }

    /** The width of the features. */
    public int width() {
        int side = size;
        for (int i = 0; i < blocks; i++) {
            side = (side - KERNEL) / STRIDE + 1;
        }
        return filters * side * side;
    }

    private Conv2d conv(int block) {
        return new Conv2d(block == 0 ? channels : filters, filters, KERNEL, STRIDE, 0, initializer);
    }

    @Override
    public Params init(RandomGenerator rng, DType dtype) {
        Params.Builder params = Params.builder();
        for (int i = 0; i < blocks; i++) {
            params.put("conv" + i, conv(i).init(rng, dtype));
        }
        if (outputs > 0) {
            params.put("head", new Linear(width(), outputs, initializer).init(rng, dtype));
        }
        return params.build();
    }

    @Override
    public List<String> layers() {
        List<String> layers = new ArrayList<>();
        for (int i = 0; i < blocks; i++) {
            layers.add("conv" + i);
        }
        layers.add("head");
        return layers;
    }

    @Override
    public Tensor features(Params params, Tensor x, Normalization normalization) {
        if (x.rank() != 5 || x.size(2) != channels || x.size(3) != size || x.size(4) != size) {
            throw new IllegalArgumentException(
                    "expected images [tasks, n, " + channels + ", " + size + ", " + size + "], not " + x);
        }
        Params body = params.filter(name -> name.startsWith("conv"));
        return TaskLoop.apply(body, x, TaskLoop.anyOwned(body), (p, xt, task) -> one(p, xt));
    }

    private Tensor one(Params params, Tensor x) {
        Tensor h = x.channelsLast();
        for (int i = 0; i < blocks; i++) {
            h = activation.apply(conv(i).one(params.child("conv" + i), h));
        }
        return h.flatten(1);
    }

    @Override
    public Tensor head(Params params, Tensor features) {
        return outputs == 0 ? features : Linear.apply(params.child("head"), features);
    }
}
