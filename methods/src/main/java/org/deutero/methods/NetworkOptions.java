package org.deutero.methods;

import java.util.ArrayList;
import java.util.List;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.ConvNet;
import org.deutero.tensor.nn.Headless;
import org.deutero.tensor.nn.Identity;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.nn.Network;
import org.deutero.tensor.nn.NormalizedMlp;
import org.deutero.tensor.nn.RelationConvNet;
import org.deutero.tensor.nn.StridedConvNet;
import org.deutero.tensor.nn.WideKernelNet;

/** The {@code network} section of a recipe. */
public final class NetworkOptions {
    private NetworkOptions() {}

    private enum Type {
        CONV4,
        STRIDED,
        WIDE_KERNEL,
        MLP,
        IDENTITY
    }

    private enum HiddenNormalization {
        NONE,
        BATCH
    }

    /** A network that ends in one output a class or number. */
    public static Network classifier(Options o, TaskShape shape) {
        return network(o, shape, shape.outputs(), shape.areImages() ? Type.CONV4 : Type.MLP);
    }

    /** An encoder that ends in a linear layer of so many numbers. */
    public static Network embedding(Options o, TaskShape shape, int width) {
        return new Headless(network(o, shape, width, shape.areImages() ? Type.CONV4 : Type.MLP));
    }

    /** A network without a head; the last hidden layer of a perceptron is linear then. */
    public static Network encoder(Options o, TaskShape shape) {
        return network(o, shape, 0, shape.areImages() ? Type.CONV4 : Type.MLP);
    }

    /** A network without a head that hands inputs on unless the recipe says otherwise. */
    public static Network untrainedEncoder(Options o, TaskShape shape) {
        return network(o, shape, 0, Type.IDENTITY);
    }

    /**
     * An encoder that ends in feature maps.
     *
     * @param encoder the network
     * @param channels of its maps; the width of its features if it has none
     * @param side height and width of its maps; 0 if it has none
     */
    public record Maps(Network encoder, int channels, int side) {}

    private enum MapType {
        RELATION,
        CONV4,
        MLP
    }

    /** A network without a head for learners that look at feature maps: that of relation networks for images, a perceptron for vectors. */
    public static Maps maps(Options o, TaskShape shape) {
        MapType type = o.choice(
                "type",
                shape.areImages() ? MapType.RELATION : MapType.MLP,
                "architecture: relation or conv4 for images, mlp for anything");
        if (type == MapType.MLP) {
            Network encoder = new Headless(mlp(o, shape, 0));
            return new Maps(encoder, width(encoder, shape), 0);
        }
        if (type == MapType.CONV4) {
            ConvNet encoder = conv4(o, shape, 0);
            int side = (int) Math.round(Math.sqrt((double) encoder.width() / encoder.filters()));
            return new Maps(encoder, encoder.filters(), side);
        }
        requireImages(o, shape, "relation");
        try {
            RelationConvNet encoder = new RelationConvNet(
                    shape.input().get(0).intValue(),
                    shape.input().get(1).intValue(),
                    o.integer("filters", 64, 1, 2048, "channels of every block"));
            return new Maps(encoder, encoder.filters(), encoder.side());
        } catch (IllegalArgumentException e) {
            throw new OptionsException(o.path("type") + ": " + e.getMessage());
        }
    }

    /** The width of an encoder's features. */
    public static int width(Network encoder, TaskShape shape) {
        if (encoder instanceof ConvNet net) {
            return net.width();
        }
        if (encoder instanceof StridedConvNet net) {
            return net.width();
        }
        if (encoder instanceof WideKernelNet net) {
            return net.width();
        }
        if (encoder instanceof Headless whole) {
            Mlp mlp = whole.whole() instanceof NormalizedMlp normalized ? normalized.plain() : (Mlp) whole.whole();
            return mlp.sizes().get(mlp.sizes().size() - 1);
        }
        return shape.features();
    }

    private static Network network(Options o, TaskShape shape, int outputs, Type standard) {
        Type type = o.choice(
                "type",
                standard,
                "architecture: conv4, strided or wide-kernel for images, mlp for anything, identity for none");
        return switch (type) {
            case CONV4 -> conv4(o, shape, outputs);
            case STRIDED -> strided(o, shape, outputs);
            case WIDE_KERNEL -> wideKernel(o, shape, outputs);
            case MLP -> outputs > 0 ? mlp(o, shape, outputs) : new Headless(mlp(o, shape, 0));
            case IDENTITY -> new Identity();
        };
    }

    private static ConvNet conv4(Options o, TaskShape shape, int outputs) {
        requireImages(o, shape, "conv4");
        try {
            return new ConvNet(
                    shape.input().get(0).intValue(),
                    shape.input().get(1).intValue(),
                    o.integer("blocks", 4, 1, 8, "number of blocks"),
                    o.integer("filters", 64, 1, 2048, "channels of every block"),
                    o.choice("halving", ConvNet.Halving.MAX_POOL, "how a block halves its input"),
                    o.flag("norm-scale", true, "whether batch normalisation has a factor"),
                    o.choice("activation", Activation.RELU, "non-linearity after normalisation"),
                    o.choice("readout", ConvNet.Readout.FLATTEN, "how the last block becomes features"),
                    outputs,
                    o.choice("initializer", Initializer.FAN_IN_UNIFORM, "how weights start"));
        } catch (IllegalArgumentException e) {
            throw new OptionsException(o.path("blocks") + ": " + e.getMessage());
        }
    }

    private static Network strided(Options o, TaskShape shape, int outputs) {
        requireImages(o, shape, "strided");
        try {
            return new StridedConvNet(
                    shape.input().get(0).intValue(),
                    shape.input().get(1).intValue(),
                    o.integer("blocks", 4, 1, 8, "number of convolutions, each of stride 2"),
                    o.integer("filters", 64, 1, 2048, "channels of every convolution"),
                    o.choice("activation", Activation.TANH, "non-linearity after every convolution"),
                    outputs,
                    o.choice("initializer", Initializer.FAN_IN_UNIFORM, "how weights start"));
        } catch (IllegalArgumentException e) {
            throw new OptionsException(o.path("blocks") + ": " + e.getMessage());
        }
    }

    private static WideKernelNet wideKernel(Options o, TaskShape shape, int outputs) {
        requireImages(o, shape, "wide-kernel");
        try {
            return new WideKernelNet(
                    shape.input().get(0).intValue(),
                    shape.input().get(1).intValue(),
                    o.integer("filters", 16, 1, 2048, "channels of both convolutions"),
                    o.integer(
                            "code",
                            4,
                            0,
                            100_000,
                            "numbers that the second kernel is generated from; 0 for a kernel of its own"),
                    outputs,
                    o.choice("initializer", Initializer.FAN_IN_UNIFORM, "how ordinary layers start"));
        } catch (IllegalArgumentException e) {
            throw new OptionsException(o.path("type") + ": " + e.getMessage());
        }
    }

    private static void requireImages(Options o, TaskShape shape, String type) {
        if (!shape.areImages()) {
            throw new OptionsException(
                    o.path("type") + ": " + type + " needs images, but inputs have shape " + shape.input());
        }
    }

    private static Network mlp(Options o, TaskShape shape, int outputs) {
        List<Integer> sizes = new ArrayList<>();
        sizes.add(shape.features());
        sizes.addAll(o.integers("hidden", List.of(40, 40), 1, 100_000, "units of the hidden layers"));
        if (outputs > 0) {
            sizes.add(outputs);
        }
        Mlp plain = new Mlp(
                sizes,
                o.choice("activation", Activation.RELU, "non-linearity between layers"),
                o.choice("initializer", Initializer.FAN_IN_UNIFORM, "how weights start"));
        return switch (o.choice(
                "normalization", HiddenNormalization.NONE, "what normalises hidden units: none or batch")) {
            case NONE -> plain;
            case BATCH -> new NormalizedMlp(plain);
        };
    }
}
