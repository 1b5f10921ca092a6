package org.deutero.tensor.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Functional;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * The encoder of relation networks (Sung et al. 2018, released code), which ends in feature maps: four blocks of 3x3 convolution, batch normalisation and ReLU, the first two without padding and halved by max-pooling, 28-26-13-11-5-5-5. It has
 * no head.
 *
 * <p>Layers are {@code conv0, norm0, conv1, ...}; features are maps [filters, side, side] in rows.
 *
 * @param channels of an image
 * @param size height and width of an image in pixels
 * @param filters channels of every block
 */
public record RelationConvNet(int channels, int size, int filters) implements Network {
    private static final int BLOCKS = 4;
    private static final int HALVED = 2;
    private static final double EPSILON = 1e-5;

    /** Checks that maps remain. */
    public RelationConvNet {
        if (side(size) < 1) {
            throw new IllegalArgumentException("an image of " + size + "x" + size
                    + " pixels is too small for two convolutions without padding that are halved");
        }
    }

    /** Height and width of the feature maps. */
    public int side() {
        return side(size);
    }

    private static int side(int size) {
        int side = size;
        for (int i = 0; i < HALVED; i++) {
            side = (side - 2) / 2;
        }
        return side;
    }

    private Conv2d conv(int block) {
        return new Conv2d(
                block == 0 ? channels : filters, filters, 3, 1, block < HALVED ? 0 : 1, Initializer.NORMAL_FAN_OUT);
    }

    private BatchNorm norm() {
        return new BatchNorm(filters, true, EPSILON);
    }

    @Override
    public Params init(RandomGenerator rng, DType dtype) {
        Params.Builder params = Params.builder();
        for (int i = 0; i < BLOCKS; i++) {
            params.put("conv" + i, conv(i).init(rng, dtype));
            params.put("norm" + i, norm().init(dtype));
        }
        return params.build();
    }

    @Override
    public Params initialMoments(DType dtype) {
        return BatchNorm.initialMoments(BLOCKS, filters, dtype);
    }

    @Override
    public List<String> layers() {
        List<String> layers = new ArrayList<>();
        for (int i = 0; i < BLOCKS; i++) {
            layers.add("conv" + i);
            layers.add("norm" + i);
        }
        return layers;
    }

    @Override
    public Tensor features(Params params, Tensor x, Normalization normalization) {
        if (x.rank() != 5 || x.size(2) != channels || x.size(3) != size || x.size(4) != size) {
            throw new IllegalArgumentException(
                    "expected images [tasks, n, " + channels + ", " + size + ", " + size + "], not " + x);
        }
        Params body = params.filter(name -> name.startsWith("conv") || name.startsWith("norm"));
        boolean perTask = TaskLoop.anyOwned(body) || !normalization.mixesTasks();
        return TaskLoop.apply(body, x, perTask, (p, xt, task) -> one(p, xt, task, normalization));
    }

    private Tensor one(Params params, Tensor x, int task, Normalization normalization) {
        Tensor h = x.channelsLast();
        for (int i = 0; i < BLOCKS; i++) {
            h = conv(i).one(params.child("conv" + i), h);
            h = norm().one("norm" + i, task, params.child("norm" + i), h, normalization);
            h = (i < HALVED ? Functional.maxPool2d(h, 2) : h).relu();
        }
        return h.flatten(1);
    }

    @Override
    public Tensor head(Params params, Tensor features) {
        return features;
    }
}
