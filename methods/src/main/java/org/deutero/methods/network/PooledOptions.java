package org.deutero.methods.network;

import java.util.List;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.PooledConvNet;

/** Keys of {@code network.type: pooled}. */
public final class PooledOptions {
    private PooledOptions() {}

    /** The network; {@code outputs} of its head, 0 for none. */
    public static PooledConvNet network(Options o, TaskShape shape, int outputs) {
        Images.require(o, shape, "pooled");
        try {
            return new PooledConvNet(
                    Images.channels(shape),
                    Images.side(shape),
                    o.integers("filters", List.of(16, 32), 1, 4096, "channels of each convolution"),
                    o.integers("hidden", List.of(64), 1, 100_000, "units of the linear layers before the last"),
                    outputs,
                    o.choice("initializer", Initializer.FAN_IN_UNIFORM, "how weights start"));
        } catch (IllegalArgumentException e) {
            throw new OptionsException(o.path("filters") + ": " + e.getMessage());
        }
    }
}
