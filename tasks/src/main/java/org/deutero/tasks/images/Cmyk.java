package org.deutero.tasks.images;

import java.awt.image.Raster;

/**
 * Four-component JPEG to colour, without the printer's profile: red is what cyan and black ink leave of white paper. Files
 * with an Adobe marker, which is nearly all of them, store paper rather than ink.
 *
 * <p>By hand, because TwelveMonkeys, which reads such files too, registers itself for every JPEG of the JVM, gets files without the marker wrong, and
 * rounds some values otherwise than caches and learners have seen ({@code docs/decisions/own-code.md}).
 */
final class Cmyk {

    private Cmyk() {}

    static Picture toColour(Raster raster, JpegHeader header) {
        int height = raster.getHeight();
        int width = raster.getWidth();
        int plane = height * width;
        boolean paper = header.adobeTransform() >= 0;
        boolean ycck = header.adobeTransform() == 2;
        byte[] out = new byte[Math.multiplyExact(3, plane)];
        int[] line = new int[4 * width];
        for (int y = 0; y < height; y++) {
            raster.getPixels(0, y, width, 1, line);
            for (int x = 0; x < width; x++) {
                int i = 4 * x;
                if (ycck) {
                    unmix(line, i);
                }
                int black = paper ? line[i + 3] : 255 - line[i + 3];
                for (int c = 0; c < 3; c++) {
                    int left = paper ? line[i + c] : 255 - line[i + c];
                    out[c * plane + y * width + x] = (byte) ((left * black + 127) / 255);
                }
            }
        }
        return Picture.owning(3, height, width, out);
    }

    /** Luminance and two chromas to the three stored values, which are the complement of what the formula gives (libjpeg). */
    private static void unmix(int[] line, int i) {
        double y = line[i];
        double blue = line[i + 1] - 128;
        double red = line[i + 2] - 128;
        line[i] = 255 - byteOf(y + 1.402 * red);
        line[i + 1] = 255 - byteOf(y - 0.344136 * blue - 0.714136 * red);
        line[i + 2] = 255 - byteOf(y + 1.772 * blue);
    }

    private static int byteOf(double value) {
        return (int) Math.max(0, Math.min(255, Math.round(value)));
    }
}
