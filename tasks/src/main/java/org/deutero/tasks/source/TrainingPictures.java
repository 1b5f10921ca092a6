package org.deutero.tasks.source;

import java.util.List;
import org.deutero.tasks.images.Labelled;

/**
 * The pictures that a classifier of fixed classes is trained on, where it is of interest which of their labels it believes.
 *
 * @param pictures with the labels that they have
 * @param files the name of each
 * @param mean subtracted from pixels
 * @param deviation divides them then
 */
public record TrainingPictures(Labelled pictures, List<String> files, float mean, float deviation) {
    /** Refuses lists of different lengths. */
    public TrainingPictures {
        files = List.copyOf(files);
        if (files.size() != pictures.size()) {
            throw new IllegalArgumentException(files.size() + " files are not " + pictures.size() + " pictures");
        }
    }
}
