package org.deutero.methods.network;

import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.WideKernelNet;

/** Keys of {@code network.type: wide-kernel}. */
public final class WideKernelOptions {
    private WideKernelOptions() {}

    /** The network; {@code outputs} of its head, 0 for none. */
    public static WideKernelNet network(Options o, TaskShape shape, int outputs) {
        Images.require(o, shape, "wide-kernel");
        try {
            return new WideKernelNet(
                    Images.channels(shape),
                    Images.side(shape),
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
}
