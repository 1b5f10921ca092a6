package org.deutero.methods;

import org.deutero.methods.network.FeatureMaps;
import org.deutero.options.Options;
import org.deutero.tasks.TaskShape;

/**
 * An architecture that recipes can name where a learner looks at feature maps.
 *
 * @param name the value of {@code network.type}
 * @param builder reads its keys and builds it
 */
public record NamedMaps(String name, Builder builder) {
    /** Reads keys and builds. */
    @FunctionalInterface
    public interface Builder {
        /**
         * The encoder that a recipe describes.
         *
         * @param network the section of that name, from which it asks for its keys
         * @param shape of the tasks
         * @throws org.deutero.options.OptionsException if it does not go with the tasks
         */
        FeatureMaps build(Options network, TaskShape shape);
    }
}
