package org.deutero.methods.network;

import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.TaskShape;

/** What networks of images ask of tasks. */
final class Images {
    private Images() {}

    static void require(Options o, TaskShape shape, String type) {
        if (!shape.areImages()) {
            throw new OptionsException(
                    o.path("type") + ": " + type + " needs images, but inputs have shape " + shape.input());
        }
    }

    static int channels(TaskShape shape) {
        return shape.input().get(0).intValue();
    }

    /** Height, which is width. */
    static int side(TaskShape shape) {
        return shape.input().get(1).intValue();
    }
}
