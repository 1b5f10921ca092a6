package org.deutero.methods;

import org.deutero.options.Options;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.nn.Network;

/**
 * An architecture that recipes can name.
 *
 * @param name the value of {@code network.type}
 * @param builder reads its keys and builds it
 */
public record NamedNetwork(String name, Builder builder) {
    /** Reads keys and builds. */
    @FunctionalInterface
    public interface Builder {
        /**
         * The network that a recipe describes.
         *
         * @param network the section of that name, from which it asks for its keys
         * @param shape of the tasks
         * @param outputs of its head; 0 for an encoder, which ends in features
         * @throws org.deutero.options.OptionsException if it does not go with the tasks
         */
        Network build(Options network, TaskShape shape, int outputs);
    }
}
