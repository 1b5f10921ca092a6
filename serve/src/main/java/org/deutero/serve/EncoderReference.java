package org.deutero.serve;

import java.util.List;

/**
 * Which encoder from elsewhere a learner stands on, and how pictures are prepared for it. The encoder stays in its file.
 *
 * @param file where it is
 * @param sha256 of the file: another file under that name is refused
 * @param width of its features
 * @param input how a picture becomes its input
 * @param output name of the output that is used
 */
public record EncoderReference(String file, String sha256, int width, Input input, String output) {
    /**
     * How a picture becomes an input.
     *
     * @param channels 1 for grey, 3 for colour
     * @param height of an input in pixels
     * @param width of an input in pixels
     * @param resize length that the shorter side is brought to before the middle is cut out; 0 brings the picture to the size whatever its shape
     * @param range what white is, 1 or 255
     * @param mean taken off each channel, in units of the range
     * @param deviation each channel is divided by
     * @param bgr whether blue comes first
     * @param channelsLast whether inputs are [n, height, width, channels]
     */
    public record Input(
            int channels,
            int height,
            int width,
            int resize,
            double range,
            List<Double> mean,
            List<Double> deviation,
            boolean bgr,
            boolean channelsLast) {}
}
