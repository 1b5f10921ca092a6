package org.deutero.tasks.images;

/**
 * The form that pictures are brought to when a data set is loaded. The aspect ratio is not kept.
 *
 * @param channels 1 for grey, 3 for red, green, blue
 * @param height in pixels
 * @param width in pixels
 * @param resampling how to reach that size
 * @param inverted whether dark becomes light: drawings on white paper are learned better with ink = 1
 */
public record ImageFormat(int channels, int height, int width, Resampling resampling, boolean inverted) {

    /** Refuses other channel counts and sizes that make no sense. */
    public ImageFormat {
        if (channels != 1 && channels != 3) {
            throw new IllegalArgumentException("images have 1 channel (grey) or 3 (colour), not " + channels);
        }
        if (height < 1 || width < 1 || height > Picture.MAX_SIDE || width > Picture.MAX_SIDE) {
            throw new IllegalArgumentException("an image size of " + height + "x" + width
                    + " is not possible: sides must be 1 to " + Picture.MAX_SIDE + " pixels");
        }
    }

    /** Square grey images of {@code size} pixels a side, area-averaged, not inverted. */
    public static ImageFormat grey(int size) {
        return new ImageFormat(1, size, size, Resampling.AREA, false);
    }

    /** Square colour images of {@code size} pixels a side, area-averaged, not inverted. */
    public static ImageFormat colour(int size) {
        return new ImageFormat(3, size, size, Resampling.AREA, false);
    }

    /** The same with another resampling. */
    public ImageFormat with(Resampling other) {
        return new ImageFormat(channels, height, width, other, inverted);
    }

    /** The same with dark and light exchanged. */
    public ImageFormat invert() {
        return new ImageFormat(channels, height, width, resampling, !inverted);
    }

    /** Bytes of one image. */
    public int bytes() {
        return Math.multiplyExact(channels, Math.multiplyExact(height, width));
    }
}
