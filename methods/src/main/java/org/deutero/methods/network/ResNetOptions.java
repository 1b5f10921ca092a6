package org.deutero.methods.network;

import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.ResNet;

/** Keys of {@code network.type: resnet}. */
public final class ResNetOptions {
    private ResNetOptions() {}

    /** The network; {@code outputs} of its head, 0 for none. */
    public static ResNet network(Options o, TaskShape shape, int outputs) {
        Images.require(o, shape, "resnet");
        try {
            return new ResNet(
                    Images.channels(shape),
                    Images.side(shape),
                    o.integer("blocks", 5, 1, 100, "blocks in each of three stages: 5 for ResNet-32, 4 for WRN-28"),
                    o.integer("width", 16, 1, 4096, "channels of the first stage: 160 for WRN-28-10"),
                    o.flag(
                            "pre-activation",
                            false,
                            "normalisation and ReLU before convolutions, as in wide residual networks"),
                    outputs,
                    o.choice("initializer", Initializer.KAIMING_UNIFORM, "how weights start"));
        } catch (IllegalArgumentException e) {
            throw new OptionsException(o.path("type") + ": " + e.getMessage());
        }
    }
}
