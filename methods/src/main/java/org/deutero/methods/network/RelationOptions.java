package org.deutero.methods.network;

import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.nn.RelationConvNet;

/** Keys of {@code network.type: relation}, which ends in feature maps. */
public final class RelationOptions {
    private RelationOptions() {}

    /** The network. */
    public static FeatureMaps maps(Options o, TaskShape shape) {
        Images.require(o, shape, "relation");
        try {
            RelationConvNet encoder = new RelationConvNet(
                    Images.channels(shape),
                    Images.side(shape),
                    o.integer("filters", 64, 1, 2048, "channels of every block"));
            return new FeatureMaps(encoder, encoder.filters(), encoder.side());
        } catch (IllegalArgumentException e) {
            throw new OptionsException(o.path("type") + ": " + e.getMessage());
        }
    }
}
