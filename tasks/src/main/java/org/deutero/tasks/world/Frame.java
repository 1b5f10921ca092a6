package org.deutero.tasks.world;

/**
 * A picture of a life for people, not for agents.
 *
 * @param height in pixels
 * @param width in pixels
 * @param pixels red, then green, then blue, row by row, in [0, 1]: [3 * height * width]
 */
@SuppressWarnings("ArrayRecordComponent") // identity is enough: nobody compares pictures
public record Frame(int height, int width, float[] pixels) {
    /** Refuses other numbers of pixels. */
    public Frame {
        if (height < 1 || width < 1 || pixels.length != 3 * height * width) {
            throw new IllegalArgumentException(
                    pixels.length + " numbers do not make a picture of " + height + " by " + width + " in 3 colours");
        }
    }
}
