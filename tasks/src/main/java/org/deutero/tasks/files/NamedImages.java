package org.deutero.tasks.files;

import java.util.List;
import org.deutero.tasks.images.LabelledImages;

/**
 * Pictures in memory whose files are known.
 *
 * @param images the pictures
 * @param names of their files from the root, class by class in the order of the pictures
 */
public record NamedImages(LabelledImages images, List<String> names) {
    /** Refuses lists of different lengths. */
    public NamedImages {
        names = List.copyOf(names);
        if (names.size() != images.total()) {
            throw new IllegalArgumentException(names.size() + " names are not " + images.total() + " pictures");
        }
    }
}
