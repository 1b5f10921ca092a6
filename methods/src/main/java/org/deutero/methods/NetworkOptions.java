package org.deutero.methods;

import java.util.ArrayList;
import java.util.List;
import org.deutero.learn.options.Options;
import org.deutero.learn.options.OptionsException;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.ConvNet;
import org.deutero.tensor.nn.Identity;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.nn.Network;
import org.deutero.tensor.nn.StridedConvNet;

/** The {@code network} section of a recipe. */
public final class NetworkOptions {
    private NetworkOptions() {}

    private enum Type {
        CONV4,
        STRIDED,
        MLP,
        IDENTITY
    }

    /** A network that ends in one output a class or number. */
    public static Network classifier(Options o, TaskShape shape) {
        return network(o, shape, shape.outputs(), shape.areImages() ? Type.CONV4 : Type.MLP);
    }

    /** A network that ends in so many numbers. */
    public static Network embedding(Options o, TaskShape shape, int width) {
        return network(o, shape, width, shape.areImages() ? Type.CONV4 : Type.MLP);
    }

    /** A network without a head. */
    public static Network encoder(Options o, TaskShape shape) {
        return network(o, shape, 0, shape.areImages() ? Type.CONV4 : Type.MLP);
    }

    /** A network without a head that hands inputs on unless the recipe says otherwise. */
    public static Network untrainedEncoder(Options o, TaskShape shape) {
        return network(o, shape, 0, Type.IDENTITY);
    }

    private static Network network(Options o, TaskShape shape, int outputs, Type standard) {
        Type type = o.choice(
                "type", standard, "architecture: conv4 or strided for images, mlp for anything, identity for none");
        return switch (type) {
            case CONV4 -> conv4(o, shape, outputs);
            case STRIDED -> strided(o, shape, outputs);
            case MLP -> mlp(o, shape, outputs);
            case IDENTITY -> new Identity();
        };
    }

    private static Network conv4(Options o, TaskShape shape, int outputs) {
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
        return new Mlp(
                sizes,
                o.choice("activation", Activation.RELU, "non-linearity between layers"),
                o.choice("initializer", Initializer.FAN_IN_UNIFORM, "how weights start"));
    }
}
