package org.deutero.tensor.nn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Functional;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * The field's standard backbone "Conv-4" in its published variants: blocks of 3x3 convolution, batch normalisation, non-linearity
 * and halving, then an optional linear head.
 *
 * <p>Layers are {@code conv0, norm0, conv1, ...} and {@code head}. Without a head the network is an encoder, and {@link #head} passes features through.
 *
 * @param channels of an image
 * @param size height and width of an image in pixels
 * @param blocks number of blocks, 4 as published
 * @param filters channels of every block
 * @param halving how a block halves its input
 * @param normScale whether batch normalisation has a factor
 * @param activation after normalisation
 * @param readout how the last block becomes features
 * @param outputs of the head; 0 for none
 * @param initializer how convolutions start
 * @param headInitializer how the head starts
 */
public record ConvNet(
        int channels,
        int size,
        int blocks,
        int filters,
        Halving halving,
        boolean normScale,
        Activation activation,
        Readout readout,
        int outputs,
        Initializer initializer,
        Initializer headInitializer)
        implements BlockNetwork, ModulatedNetwork {

    private static final double EPSILON = 1e-5;

    /** How a block halves its input. */
    public enum Halving {
        /** 2x2 max-pooling after the non-linearity, dropping an odd row: 28-14-7-3-1. */
        MAX_POOL,
        /** A convolution of stride 2, keeping an odd row: 28-14-7-4-2. */
        STRIDE
    }

    /** How the last block becomes features. */
    public enum Readout {
        /** All positions and channels, in (channel, row, column) order. */
        FLATTEN,
        /** The mean over positions. */
        MEAN
    }

    /** Checks that the image survives all halvings. */
    public ConvNet {
        if (positions(size, blocks, halving) < 1) {
            throw new IllegalArgumentException("an image of " + size + "x" + size + " pixels is too small for " + blocks
                    + " blocks that halve it");
        }
    }

    /** A network whose head starts as its convolutions do. */
    public ConvNet(
            int channels,
            int size,
            int blocks,
            int filters,
            Halving halving,
            boolean normScale,
            Activation activation,
            Readout readout,
            int outputs,
            Initializer initializer) {
        this(
                channels,
                size,
                blocks,
                filters,
                halving,
                normScale,
                activation,
                readout,
                outputs,
                initializer,
                initializer);
    }

    /** Starts a network for images of so many channels and pixels a side: the encoder of prototypical networks, unless said otherwise. */
    public static Builder builder(int channels, int size) {
        return new Builder(channels, size);
    }

    /** The encoder of prototypical networks: 64 filters, max-pooling, no head. */
    public static ConvNet encoder(int channels, int size, int filters) {
        return builder(channels, size).filters(filters).build();
    }

    /** The same network with a factor in its normalisation. */
    public ConvNet withNormScale() {
        return new ConvNet(
                channels,
                size,
                blocks,
                filters,
                halving,
                true,
                activation,
                readout,
                outputs,
                initializer,
                headInitializer);
    }

    /** The width of the features. */
    public int width() {
        int side = readout == Readout.MEAN ? 1 : positions(size, blocks, halving);
        return filters * side * side;
    }

    private static int positions(int size, int blocks, Halving halving) {
        int side = size;
        for (int i = 0; i < blocks; i++) {
            side = halving == Halving.STRIDE ? (side + 1) / 2 : side / 2;
        }
        return side;
    }

    private Conv2d conv(int block) {
        return new Conv2d(
                block == 0 ? channels : filters, filters, 3, halving == Halving.STRIDE ? 2 : 1, 1, initializer);
    }

    private BatchNorm norm() {
        return new BatchNorm(filters, normScale, EPSILON);
    }

    @Override
    public Params init(RandomGenerator rng, DType dtype) {
        Params.Builder params = Params.builder();
        for (int i = 0; i < blocks; i++) {
            params.put("conv" + i, conv(i).init(rng, dtype));
            params.put("norm" + i, norm().init(dtype));
        }
        if (outputs > 0) {
            params.put("head", new Linear(width(), outputs, headInitializer).init(rng, dtype));
        }
        return params.build();
    }

    @Override
    public Params initialMoments(DType dtype) {
        return BatchNorm.initialMoments(blocks, filters, dtype);
    }

    @Override
    public List<String> layers() {
        List<String> layers = new ArrayList<>();
        for (int i = 0; i < blocks; i++) {
            layers.add("conv" + i);
            layers.add("norm" + i);
        }
        layers.add("head");
        return layers;
    }

    @Override
    public List<Integer> blockWidths() {
        return Collections.nCopies(blocks, filters);
    }

    @Override
    public boolean maps() {
        return true;
    }

    @Override
    public Tensor features(Params params, Tensor x, Normalization normalization, Between between) {
        return features(params, x, normalization, ChannelModulation.NONE, between);
    }

    @Override
    public List<Integer> modulatedWidths() {
        return blockWidths();
    }

    @Override
    public Tensor features(Params params, Tensor x, Normalization normalization) {
        return features(params, x, normalization, Between.NONE);
    }

    @Override
    public Tensor features(Params params, Tensor x, Normalization normalization, ChannelModulation modulation) {
        return features(params, x, normalization, modulation, Between.NONE);
    }

    private Tensor features(
            Params params, Tensor x, Normalization normalization, ChannelModulation modulation, Between between) {
        if (x.rank() != 5 || x.size(2) != channels || x.size(3) != size || x.size(4) != size) {
            throw new IllegalArgumentException(
                    "expected images [tasks, n, " + channels + ", " + size + ", " + size + "], not " + x);
        }
        Params body = params.filter(name -> name.startsWith("conv") || name.startsWith("norm"));
        boolean perTask =
                TaskLoop.anyOwned(body) || !normalization.mixesTasks() || modulation != ChannelModulation.NONE;
        return TaskLoop.apply(body, x, perTask, (p, xt, task) -> one(p, xt, task, normalization, modulation, between));
    }

    /** The blocks on the images x [n, channels, size, size] of one task. */
    private Tensor one(
            Params params,
            Tensor x,
            int task,
            Normalization normalization,
            ChannelModulation modulation,
            Between between) {
        Tensor h = x.channelsLast();
        for (int i = 0; i < blocks; i++) {
            boolean pooled = halving == Halving.MAX_POOL;
            // Monotonic activations commute with max-pooling, and after it there is a quarter left to do.
            boolean first = pooled && activation.monotonic();
            h = normalized(i, task, params, h, normalization, first ? 2 : 1);
            h = activation.apply(modulation.apply(i, task, h));
            h = between.apply(i, task, pooled && !first ? Functional.maxPool2d(h, 2) : h);
        }
        return readout == Readout.MEAN ? h.mean(2, 3) : h.flatten(1);
    }

    private Tensor normalized(int block, int task, Params params, Tensor h, Normalization normalization, int pool) {
        String layer = "norm" + block;
        Params weights = params.child("conv" + block);
        Params factors = params.child(layer);
        NormalizedConv both = new NormalizedConv(conv(block), norm());
        if (both.suits(normalization)) {
            return both.one(layer, weights, factors, h, normalization, pool);
        }
        Tensor y = norm().one(layer, task, factors, conv(block).one(weights, h), normalization);
        return pool == 1 ? y : Functional.maxPool2d(y, pool);
    }

    @Override
    public Tensor head(Params params, Tensor features) {
        return outputs == 0 ? features : Linear.apply(params.child("head"), features);
    }

    /** Variants of Conv-4, with names for their numbers. */
    public static final class Builder {
        private final int channels;
        private final int size;
        private int blocks = 4;
        private int filters = 64;
        private Halving halving = Halving.MAX_POOL;
        private boolean normScale = true;
        private Activation activation = Activation.RELU;
        private Readout readout = Readout.FLATTEN;
        private int outputs = 0;
        private Initializer initializer = Initializer.FAN_IN_UNIFORM;

        private Builder(int channels, int size) {
            this.channels = channels;
            this.size = size;
        }

        /** Number of blocks; 4 unless said. */
        public Builder blocks(int value) {
            this.blocks = value;
            return this;
        }

        /** Channels of every block; 64 unless said. */
        public Builder filters(int value) {
            this.filters = value;
            return this;
        }

        /** How a block halves its input; max-pooling unless said. */
        public Builder halving(Halving value) {
            this.halving = value;
            return this;
        }

        /** Whether batch normalisation has a factor; it has unless said. */
        public Builder normScale(boolean value) {
            this.normScale = value;
            return this;
        }

        /** After normalisation; ReLU unless said. */
        public Builder activation(Activation value) {
            this.activation = value;
            return this;
        }

        /** How the last block becomes features; flattened unless said. */
        public Builder readout(Readout value) {
            this.readout = value;
            return this;
        }

        /** Of the head; no head unless said. */
        public Builder outputs(int value) {
            this.outputs = value;
            return this;
        }

        /** How convolutions and head start; PyTorch's default unless said. */
        public Builder initializer(Initializer value) {
            this.initializer = value;
            return this;
        }

        /** The network. @throws IllegalArgumentException if the image does not survive all halvings */
        public ConvNet build() {
            return new ConvNet(
                    channels, size, blocks, filters, halving, normScale, activation, readout, outputs, initializer);
        }
    }
}
