package org.deutero.methods.network;

import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.ConvNet;
import org.deutero.tensor.nn.Initializer;

/** Keys of {@code network.type: conv4}. */
public final class Conv4Options {
    private Conv4Options() {}

    /** The network; {@code outputs} of its head, 0 for none. */
    public static ConvNet network(Options o, TaskShape shape, int outputs) {
        Images.require(o, shape, "conv4");
        Initializer start = o.choice("initializer", Initializer.FAN_IN_UNIFORM, "how weights start");
        try {
            return new ConvNet(
                    Images.channels(shape),
                    Images.side(shape),
                    o.integer("blocks", 4, 1, 8, "number of blocks"),
                    o.integer("filters", 64, 1, 2048, "channels of every block"),
                    o.choice("halving", ConvNet.Halving.MAX_POOL, "how a block halves its input"),
                    o.flag("norm-scale", true, "whether batch normalisation has a factor"),
                    o.choice("activation", Activation.RELU, "non-linearity after normalisation"),
                    o.choice("readout", ConvNet.Readout.FLATTEN, "how the last block becomes features"),
                    outputs,
                    start,
                    o.choice("head-initializer", start, "how the head's weights start; as the others if absent"));
        } catch (IllegalArgumentException e) {
            throw new OptionsException(o.path("blocks") + ": " + e.getMessage());
        }
    }

    /** The network without a head, as feature maps. */
    public static FeatureMaps maps(Options o, TaskShape shape) {
        ConvNet encoder = network(o, shape, 0);
        int side = (int) Math.round(Math.sqrt((double) encoder.width() / encoder.filters()));
        return new FeatureMaps(encoder, encoder.filters(), side);
    }
}
