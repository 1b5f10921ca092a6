package org.deutero.methods.network;

import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.StridedConvNet;

/** Keys of {@code network.type: strided}. */
public final class StridedOptions {
    private StridedOptions() {}

    /** The network; {@code outputs} of its head, 0 for none. */
    public static StridedConvNet network(Options o, TaskShape shape, int outputs) {
        Images.require(o, shape, "strided");
        try {
            return new StridedConvNet(
                    Images.channels(shape),
                    Images.side(shape),
                    o.integer("blocks", 4, 1, 8, "number of convolutions, each of stride 2"),
                    o.integer("filters", 64, 1, 2048, "channels of every convolution"),
                    o.choice("activation", Activation.TANH, "non-linearity after every convolution"),
                    outputs,
                    o.choice("initializer", Initializer.FAN_IN_UNIFORM, "how weights start"));
        } catch (IllegalArgumentException e) {
            throw new OptionsException(o.path("blocks") + ": " + e.getMessage());
        }
    }
}
