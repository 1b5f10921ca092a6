package org.deutero.methods.network;

import org.deutero.options.Options;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.nn.ConvNet;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.ResNet10;

/** Keys of {@code network.type: resnet10}. */
public final class ResNet10Options {
    private ResNet10Options() {}

    /** The network; {@code outputs} of its head, 0 for none. */
    public static ResNet10 network(Options o, TaskShape shape, int outputs) {
        return network(o, shape, outputs, ConvNet.Readout.MEAN);
    }

    /** The network without a head, as feature maps. */
    public static FeatureMaps maps(Options o, TaskShape shape) {
        ResNet10 encoder = network(o, shape, 0, ConvNet.Readout.FLATTEN);
        boolean one = encoder.readout() == ConvNet.Readout.MEAN;
        return new FeatureMaps(encoder, encoder.lastWidth(), one ? 1 : encoder.side());
    }

    private static ResNet10 network(Options o, TaskShape shape, int outputs, ConvNet.Readout standard) {
        Images.require(o, shape, "resnet10");
        return new ResNet10(
                Images.channels(shape),
                Images.side(shape),
                o.integer("width", 64, 1, 512, "channels of the first block; each block after it has twice as many"),
                o.choice(
                        "stem",
                        ResNet10.Stem.LARGE,
                        "a 7x7 convolution and max-pooling, each of stride 2, as published for 224x224 pixels, or a"
                                + " 3x3 convolution at full size"),
                o.choice("readout", standard, "how the last block becomes features"),
                outputs,
                o.choice("initializer", Initializer.NORMAL_FAN_OUT, "how weights start"));
    }
}
