package org.deutero.tasks.images;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.deutero.tasks.DataException;

/**
 * One image of unsigned bytes, plane by plane: {@code [channels, height, width]}, 0 = black, 255 = white. Immutable.
 *
 * <p>The operations are our own, so that a data set is the same on every Java version.
 */
public final class Picture {

    /** The longest side that is accepted, in pixels. Keeps every sum of the resampler within an int. */
    public static final int MAX_SIDE = 32_000;

    private static final float[] UNIT = new float[256];

    static {
        for (int i = 0; i < UNIT.length; i++) {
            UNIT[i] = i / 255f;
        }
    }

    private final int channels;
    private final int height;
    private final int width;
    private final byte[] pixels;

    private Picture(int channels, int height, int width, byte[] pixels) {
        this.channels = channels;
        this.height = height;
        this.width = width;
        this.pixels = pixels;
    }

    /** An image of the given pixels, which are copied. */
    public static Picture of(int channels, int height, int width, byte[] pixels) {
        if ((long) channels * height * width != pixels.length || pixels.length == 0) {
            throw new IllegalArgumentException(pixels.length + " pixels are not an image of " + channels
                    + " channels and " + height + "x" + width + " pixels");
        }
        return new Picture(channels, height, width, pixels.clone());
    }

    /** As {@link #of}, but takes the array over. */
    static Picture owning(int channels, int height, int width, byte[] pixels) {
        return new Picture(channels, height, width, pixels);
    }

    /**
     * Decodes a PNG or JPEG file. A JPEG is turned upright as its EXIF orientation says, CMYK becomes colour, 16 bits become
     * 8, transparent places white (black, where all that is seen is nearly white and would vanish); of pictures above 16 megapixels rows and columns are left out.
     *
     * @param file the bytes of the file
     * @param name how to call it in an error
     * @param maxPixels refuse larger images before they take up memory
     * @throws DataException if it cannot be decoded, is cut off, or is too large
     */
    public static Picture decode(byte[] file, String name, long maxPixels) {
        return PictureDecoder.decode(file, name, maxPixels);
    }

    /** A pixel as learners see it: 0 to 255 as a number in [0, 1]. */
    static float unit(byte pixel) {
        return UNIT[pixel & 0xff];
    }

    /** All pixels as learners see them, numbers in [0, 1]. */
    public float[] units() {
        float[] units = new float[pixels.length];
        for (int i = 0; i < units.length; i++) {
            units[i] = unit(pixels[i]);
        }
        return units;
    }

    /** The picture as a PNG file, grey or in colour; equal pictures give equal bytes. */
    public byte[] png() {
        return PictureEncoder.png(this);
    }

    /** An image in memory, converted as {@link #decode} converts one from a file: grey stays grey, transparent places show white, or black under what is nearly white. */
    public static Picture of(BufferedImage image) {
        return PictureDecoder.picture(image);
    }

    public int channels() {
        return channels;
    }

    public int height() {
        return height;
    }

    public int width() {
        return width;
    }

    /** A copy of the pixels, {@code [channels, height, width]}. */
    public byte[] pixels() {
        return pixels.clone();
    }

    /** The value at a place, 0 to 255. */
    public int at(int channel, int y, int x) {
        return pixels[(channel * height + y) * width + x] & 0xff;
    }

    /** The picture at another size. */
    public Picture resize(int newHeight, int newWidth, Resampling kind) {
        if (newHeight == height && newWidth == width) {
            return this;
        }
        Resampler resampler = new Resampler(height, width, newHeight, newWidth, kind);
        byte[] out = new byte[Math.multiplyExact(channels, Math.multiplyExact(newHeight, newWidth))];
        for (int c = 0; c < channels; c++) {
            resampler.plane(pixels, c * height * width, out, c * newHeight * newWidth);
        }
        return new Picture(channels, newHeight, newWidth, out);
    }

    /** Turned anticlockwise by a number of quarter turns, of any sign. */
    public Picture rotate(int quarterTurns) {
        int turns = Math.floorMod(quarterTurns, 4);
        if (turns == 0) {
            return this;
        }
        int[] from = rotationMap(height, width, turns);
        byte[] out = new byte[pixels.length];
        for (int c = 0; c < channels; c++) {
            int plane = c * from.length;
            for (int i = 0; i < from.length; i++) {
                out[plane + i] = pixels[plane + from[i]];
            }
        }
        boolean upright = turns == 2;
        return new Picture(channels, upright ? height : width, upright ? width : height, out);
    }

    /** For each pixel of a plane that was turned anticlockwise: which pixel of the upright plane it shows. */
    static int[] rotationMap(int height, int width, int turns) {
        int newHeight = turns % 2 == 0 ? height : width;
        int newWidth = turns % 2 == 0 ? width : height;
        int[] from = new int[height * width];
        for (int y = 0; y < newHeight; y++) {
            for (int x = 0; x < newWidth; x++) {
                from[y * newWidth + x] = switch (turns) {
                    case 0 -> y * width + x;
                    case 1 -> x * width + (width - 1 - y);
                    case 2 -> (height - 1 - y) * width + (width - 1 - x);
                    default -> (height - 1 - x) * width + y;
                };
            }
        }
        return from;
    }

    /**
     * Upright, as a camera meant it.
     *
     * @param exif orientation as in EXIF: 1 upright, 3 upside down, 6 and 8 lying on a side, 2, 4, 5 and 7 mirrored, too
     */
    Picture oriented(int exif) {
        if (exif <= 1) {
            return this;
        }
        boolean sides = exif >= 5;
        int newHeight = sides ? width : height;
        int newWidth = sides ? height : width;
        byte[] out = new byte[pixels.length];
        for (int y = 0; y < newHeight; y++) {
            for (int x = 0; x < newWidth; x++) {
                int row = sides ? x : y;
                int column = sides ? y : x;
                if (exif == 3 || exif == 4 || exif == 6 || exif == 7) {
                    row = height - 1 - row;
                }
                if (exif == 2 || exif == 3 || exif == 7 || exif == 8) {
                    column = width - 1 - column;
                }
                for (int c = 0; c < channels; c++) {
                    int plane = c * height * width;
                    out[plane + y * newWidth + x] = pixels[plane + row * width + column];
                }
            }
        }
        return new Picture(channels, newHeight, newWidth, out);
    }

    /** Dark for light: {@code 255 - value}. */
    public Picture invert() {
        byte[] out = new byte[pixels.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) ~pixels[i];
        }
        return new Picture(channels, height, width, out);
    }

    /** As grey (1 channel: 0.299 red + 0.587 green + 0.114 blue, ITU-R BT.601) or colour (3 channels). */
    public Picture toChannels(int wanted) {
        if (wanted == channels) {
            return this;
        }
        int plane = height * width;
        if (channels == 1 && wanted == 3) {
            byte[] out = Arrays.copyOf(pixels, 3 * plane);
            System.arraycopy(pixels, 0, out, plane, plane);
            System.arraycopy(pixels, 0, out, 2 * plane, plane);
            return new Picture(3, height, width, out);
        }
        if (channels == 3 && wanted == 1) {
            byte[] out = new byte[plane];
            for (int i = 0; i < plane; i++) {
                int r = pixels[i] & 0xff;
                int g = pixels[plane + i] & 0xff;
                int b = pixels[2 * plane + i] & 0xff;
                out[i] = (byte) ((299 * r + 587 * g + 114 * b + 500) / 1000);
            }
            return new Picture(1, height, width, out);
        }
        throw new IllegalArgumentException("a picture of " + channels + " channels cannot be given " + wanted);
    }

    /** The picture in the given form: channels first, then size, then sign. */
    public Picture as(ImageFormat format) {
        Picture p = toChannels(format.channels()).resize(format.height(), format.width(), format.resampling());
        return format.inverted() ? p.invert() : p;
    }

    /** The pixels of a crop, for sheets of tiles. */
    public Picture crop(int top, int left, int newHeight, int newWidth) {
        if (top < 0
                || left < 0
                || newHeight < 1
                || newWidth < 1
                || top + newHeight > height
                || left + newWidth > width) {
            throw new IllegalArgumentException("a crop of " + newHeight + "x" + newWidth + " at " + top + ", " + left
                    + " does not lie within " + height + "x" + width + " pixels");
        }
        byte[] out = new byte[channels * newHeight * newWidth];
        for (int c = 0; c < channels; c++) {
            for (int y = 0; y < newHeight; y++) {
                System.arraycopy(
                        pixels, (c * height + top + y) * width + left, out, (c * newHeight + y) * newWidth, newWidth);
            }
        }
        return new Picture(channels, newHeight, newWidth, out);
    }

    /** Writes the pixels into an array that holds many pictures. */
    public void copyTo(byte[] target, int offset) {
        System.arraycopy(pixels, 0, target, offset, pixels.length);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Picture p
                && channels == p.channels
                && height == p.height
                && width == p.width
                && Arrays.equals(pixels, p.pixels);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(pixels);
    }

    @Override
    public String toString() {
        return "Picture[" + channels + "x" + height + "x" + width + "]";
    }
}
