package org.deutero.app.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Small pictures as PNG data URIs, without the weight of a graphics toolkit. */
final class Png {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int GREY = 0;
    private static final int COLOUR = 2;

    private Png() {}

    /** A {@code data:} URI of a picture given as {@code [channels * height * width]}. */
    static String dataUri(float[] pixels, int channels, int height, int width) {
        byte[] png = encode(pixels, channels, height, width);
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
    }

    static byte[] encode(float[] pixels, int channels, int height, int width) {
        if ((channels != 1 && channels != 3) || pixels.length != channels * height * width) {
            throw new IllegalArgumentException("a picture of " + channels + " x " + height + " x " + width
                    + " cannot be made from " + pixels.length + " numbers");
        }
        byte[] scanlines = scanlines(pixels, channels, height, width);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(SIGNATURE);
        byte colour = (byte) (channels == 1 ? GREY : COLOUR);
        chunk(
                out,
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put(new byte[] {8, colour, 0, 0, 0})
                        .array());
        chunk(out, "IDAT", deflate(scanlines));
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    /** Planes of floats to interleaved bytes; values outside [0, 1], as after whitening, are stretched to fit. */
    private static byte[] scanlines(float[] pixels, int channels, int height, int width) {
        float low = 0;
        float high = 1;
        for (float p : pixels) {
            low = Math.min(low, p);
            high = Math.max(high, p);
        }
        byte[] bytes = new byte[height * (1 + width * channels)];
        int at = 0;
        for (int y = 0; y < height; y++) {
            bytes[at++] = 0; // no filter
            for (int x = 0; x < width; x++) {
                for (int c = 0; c < channels; c++) {
                    float p = pixels[(c * height + y) * width + x];
                    bytes[at++] = (byte) Math.round(255 * (p - low) / (high - low));
                }
            }
        }
        return bytes;
    }

    private static byte[] deflate(byte[] data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try (DeflaterOutputStream zip = new DeflaterOutputStream(out, deflater)) {
            zip.write(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        out.writeBytes(name);
        out.writeBytes(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
