package org.deutero.tensor.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Functional;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * ResNet-10 of few-shot learning (Chen, Liu, Kira, Wang, Huang 2019, arXiv 1904.04232, after He, Zhang, Ren, Sun 2015): a stem and four residual blocks of two 3x3 convolutions with 1, 2, 4 and 8 times the channels of the first, each but the first at half the size, with 1x1 convolutions as their shortcuts. Every convolution is followed by batch
 * normalisation and has no bias.
 *
 * <p>{@linkplain ChannelModulation Modulated} is what the second normalisation of a block and that of its shortcut put out, before they are added (Tseng, Lee, Huang, Yang 2020, arXiv 2001.08735): seven places, block by block, in a block that of its chain first.
 *
 * <p>Layers are {@code conv, norm, b0c0, b0n0, b0c1, b0n1, b1c0, ..., b1short, b1shortnorm, ...} and {@code head}.
 *
 * @param channels of an image
 * @param size height and width of an image in pixels
 * @param width channels of the first block; 64 as published
 * @param stem how an image becomes maps
 * @param readout how the last block becomes features
 * @param outputs of the head; 0 for none
 * @param initializer how convolutions and head start
 */
public record ResNet10(
        int channels, int size, int width, Stem stem, ConvNet.Readout readout, int outputs, Initializer initializer)
        implements ModulatedNetwork {
    private static final int BLOCKS = 4;
    private static final double EPSILON = 1e-5;

    /** How an image becomes maps. */
    public enum Stem {
        /** A 7x7 convolution of stride 2 and 3x3 max-pooling of stride 2, for photographs of 224x224 pixels. */
        LARGE(7, 2, 3),
        /** A 3x3 convolution at full size, for small pictures. */
        SMALL(3, 1, 1);

        private final int kernel;
        private final int stride;
        private final int padding;

        Stem(int kernel, int stride, int padding) {
            this.kernel = kernel;
            this.stride = stride;
            this.padding = padding;
        }
    }

    /** A convolution without a bias, named by its layer. */
    private record Kernel(String name, int in, int out, int side, int stride, int padding) {
        Params init(RandomGenerator rng, DType dtype, Initializer initializer) {
            return Params.of("weight", initializer.weight(rng, dtype, out, in, side, side));
        }

        Tensor apply(Params params, Tensor x) {
            return Functional.conv2d(x, params.get(name + ".weight"), null, stride, padding, 1);
        }
    }

    /** A residual block. */
    private record Block(int number, int in, int out) {
        String layer(String part) {
            return "b" + number + part;
        }

        int stride() {
            return number == 0 ? 1 : 2;
        }

        boolean projects() {
            return in != out;
        }

        Kernel first() {
            return new Kernel(layer("c0"), in, out, 3, stride(), 1);
        }

        Kernel second() {
            return new Kernel(layer("c1"), out, out, 3, 1, 1);
        }

        Kernel shortcut() {
            return new Kernel(layer("short"), in, out, 1, stride(), 0);
        }

        /** The number of its first modulated place; the block before has two, unless it is the first. */
        int place() {
            return number == 0 ? 0 : 2 * number - 1;
        }
    }

    private List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < BLOCKS; i++) {
            blocks.add(new Block(i, i == 0 ? width : width << (i - 1), width << i));
        }
        return blocks;
    }

    private Kernel stemKernel() {
        return new Kernel("conv", channels, width, stem.kernel, stem.stride, stem.padding);
    }

    /** Channels of the maps in which the body ends. */
    public int lastWidth() {
        return width << (BLOCKS - 1);
    }

    /** Height and width of the maps in which the body ends. */
    public int side() {
        int side = stem == Stem.LARGE ? halved(halved(size)) : size;
        for (int i = 1; i < BLOCKS; i++) {
            side = halved(side);
        }
        return side;
    }

    private static int halved(int side) {
        return (side + 1) / 2;
    }

    /** The width of the features. */
    public int featureWidth() {
        return readout == ConvNet.Readout.MEAN ? lastWidth() : lastWidth() * side() * side();
    }

    @Override
    public List<Integer> modulatedWidths() {
        List<Integer> widths = new ArrayList<>();
        for (Block block : blocks()) {
            widths.add(block.out());
            if (block.projects()) {
                widths.add(block.out());
            }
        }
        return widths;
    }

    /** What is done with each layer of the body. */
    private interface Visitor {
        void kernel(Kernel kernel);

        void norm(String name, int of);
    }

    private void eachLayer(Visitor visitor) {
        visitor.kernel(stemKernel());
        visitor.norm("norm", width);
        for (Block block : blocks()) {
            visitor.kernel(block.first());
            visitor.norm(block.layer("n0"), block.out());
            visitor.kernel(block.second());
            visitor.norm(block.layer("n1"), block.out());
            if (block.projects()) {
                visitor.kernel(block.shortcut());
                visitor.norm(block.layer("shortnorm"), block.out());
            }
        }
    }

    @Override
    public Params init(RandomGenerator rng, DType dtype) {
        Params.Builder params = Params.builder();
        eachLayer(new Visitor() {
            @Override
            public void kernel(Kernel kernel) {
                params.put(kernel.name(), kernel.init(rng, dtype, initializer));
            }

            @Override
            public void norm(String name, int of) {
                params.put(name, batchNorm(of).init(dtype));
            }
        });
        if (outputs > 0) {
            params.put("head", new Linear(featureWidth(), outputs, initializer).init(rng, dtype));
        }
        return params.build();
    }

    @Override
    public Params initialMoments(DType dtype) {
        Params.Builder moments = Params.builder();
        eachLayer(new Visitor() {
            @Override
            public void kernel(Kernel kernel) {
                // A convolution has no moments.
            }

            @Override
            public void norm(String name, int of) {
                moments.put(name + ".mean", Tensors.zeros(dtype, of));
                moments.put(name + ".variance", Tensors.ones(dtype, of));
            }
        });
        return moments.build();
    }

    @Override
    public List<String> layers() {
        List<String> layers = new ArrayList<>();
        eachLayer(new Visitor() {
            @Override
            public void kernel(Kernel kernel) {
                layers.add(kernel.name());
            }

            @Override
            public void norm(String name, int of) {
                layers.add(name);
            }
        });
        layers.add("head");
        return layers;
    }

    private static BatchNorm batchNorm(int of) {
        return new BatchNorm(of, true, EPSILON);
    }

    @Override
    public Tensor features(Params params, Tensor x, Normalization normalization) {
        return features(params, x, normalization, ChannelModulation.NONE);
    }

    @Override
    public Tensor features(Params params, Tensor x, Normalization normalization, ChannelModulation modulation) {
        if (x.rank() != 5 || x.size(2) != channels || x.size(3) != size || x.size(4) != size) {
            throw new IllegalArgumentException(
                    "expected images [tasks, n, " + channels + ", " + size + ", " + size + "], not " + x);
        }
        List<String> layers = layers();
        Params body = params.filter(name ->
                !name.startsWith("head.") && layers.contains(name.substring(0, Math.max(0, name.lastIndexOf('.')))));
        boolean perTask =
                TaskLoop.anyOwned(body) || !normalization.mixesTasks() || modulation != ChannelModulation.NONE;
        return TaskLoop.apply(
                body, x, perTask, (p, xt, task) -> new Pass(p, task, normalization, modulation).features(xt));
    }

    @Override
    public Tensor head(Params params, Tensor features) {
        return outputs == 0 ? features : Linear.apply(params.child("head"), features);
    }

    /** The way of one task's pictures [n, channels, size, size] through the network. */
    private final class Pass {
        private final Params params;
        private final int task;
        private final Normalization normalization;
        private final ChannelModulation modulation;

        Pass(Params params, int task, Normalization normalization, ChannelModulation modulation) {
            this.params = params;
            this.task = task;
            this.normalization = normalization;
            this.modulation = modulation;
        }

        Tensor features(Tensor x) {
            Tensor h = normalized("norm", stemKernel().apply(params, x.channelsLast()))
                    .relu();
            h = stem == Stem.LARGE ? Functional.maxPool2d(h, 3, 2, 1) : h;
            for (Block block : blocks()) {
                h = block(block, h);
            }
            return readout == ConvNet.Readout.MEAN ? h.mean(2, 3) : h.flatten(1);
        }

        private Tensor block(Block block, Tensor h) {
            Tensor y = normalized(block.layer("n0"), block.first().apply(params, h))
                    .relu();
            y = normalized(block.layer("n1"), block.second().apply(params, y));
            y = modulation.apply(block.place(), task, y);
            return y.add(around(block, h)).relu();
        }

        private Tensor around(Block block, Tensor h) {
            if (!block.projects()) {
                return h;
            }
            Tensor y = normalized(block.layer("shortnorm"), block.shortcut().apply(params, h));
            return modulation.apply(block.place() + 1, task, y);
        }

        private Tensor normalized(String name, Tensor y) {
            return batchNorm((int) y.size(1)).one(name, task, params.child(name), y, normalization);
        }
    }
}
