package org.deutero.methods.network;

import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.LeNet;

/** Keys of {@code network.type: lenet}. */
public final class LeNetOptions {
    private LeNetOptions() {}

    /** The network; {@code outputs} of its head, 0 for none. */
    public static LeNet network(Options o, TaskShape shape, int outputs) {
        Images.require(o, shape, "lenet");
        try {
            return new LeNet(
                    Images.channels(shape),
                    Images.side(shape),
                    outputs,
                    o.choice("initializer", Initializer.FAN_IN_UNIFORM, "how weights start"));
        } catch (IllegalArgumentException e) {
            throw new OptionsException(o.path("type") + ": " + e.getMessage());
        }
    }
}
