package org.deutero.app.report;

import java.util.Base64;
import org.deutero.tasks.images.Picture;

/** Small pictures as PNG data URIs. */
final class Png {
    private Png() {}

    /** A {@code data:} URI of a picture given as {@code [channels * height * width]}. */
    static String dataUri(float[] pixels, int channels, int height, int width) {
        byte[] png = encode(pixels, channels, height, width);
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
    }

    /** Values outside [0, 1], as after whitening, are stretched to fit. */
    static byte[] encode(float[] pixels, int channels, int height, int width) {
        if ((channels != 1 && channels != 3) || pixels.length != channels * height * width) {
            throw new IllegalArgumentException("a picture of " + channels + " x " + height + " x " + width
                    + " cannot be made from " + pixels.length + " numbers");
        }
        float low = 0;
        float high = 1;
        for (float p : pixels) {
            low = Math.min(low, p);
            high = Math.max(high, p);
        }
        byte[] bytes = new byte[pixels.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.round(255 * (pixels[i] - low) / (high - low));
        }
        return Picture.of(channels, height, width, bytes).png();
    }
}
