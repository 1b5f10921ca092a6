package org.deutero.experiment.report;

import java.util.List;

/**
 * An episode of a life as pictures in a row.
 *
 * @param caption one or two sentences
 * @param pictures in the order of time
 */
public record Strip(String caption, List<Moment> pictures) {
    /** Copies the list. */
    public Strip {
        pictures = List.copyOf(pictures);
    }

    /**
     * A picture.
     *
     * @param step of the episode, from 0
     * @param height in pixels
     * @param width in pixels
     * @param pixels red, then green, then blue, row by row, in [0, 1]: [3 * height * width]
     */
    @SuppressWarnings("ArrayRecordComponent") // plain data, compared by nobody
    public record Moment(int step, int height, int width, float[] pixels) {}
}
