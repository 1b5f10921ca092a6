package org.deutero.tasks.images;

import java.nio.charset.StandardCharsets;

/**
 * What the markers before a JPEG's data say. Read by hand because the JDK's decoder neither reports the EXIF orientation nor
 * reads four-component files at all.
 *
 * @param width in pixels, as stored; 0 if the file has no frame header
 * @param height in pixels, as stored
 * @param components 1 (grey), 3 (colour) or 4 (CMYK, YCCK)
 * @param orientation EXIF orientation, 1 (upright) to 8
 * @param adobeTransform of the Adobe marker: 0 none, 1 YCbCr, 2 YCCK; -1 without such a marker
 */
record JpegHeader(int width, int height, int components, int orientation, int adobeTransform) {

    private static final int START_OF_SCAN = 0xda;
    private static final int APP1 = 0xe1;
    private static final int APP14 = 0xee;

    /** Reads as far as the markers make sense; never fails, since the decoder will say what is wrong with the rest. */
    static JpegHeader read(byte[] file) {
        int width = 0;
        int height = 0;
        int components = 0;
        int orientation = 1;
        int transform = -1;
        int at = 2;
        while (at + 4 <= file.length && (file[at] & 0xff) == 0xff) {
            int marker = file[at + 1] & 0xff;
            if (marker == 0xff) { // a fill byte
                at++;
                continue;
            }
            int length = big(file, at + 2);
            int body = at + 4;
            int end = at + 2 + length;
            if (marker == START_OF_SCAN || length < 2 || end > file.length) {
                break;
            }
            if (marker == APP1 && starts(file, body, end, "Exif\0\0")) {
                orientation = ExifOrientation.read(file, body + 6, end);
            } else if (marker == APP14 && starts(file, body, end, "Adobe") && body + 12 <= end) {
                transform = file[body + 11] & 0xff;
            } else if (isFrame(marker) && body + 6 <= end) {
                height = big(file, body + 1);
                width = big(file, body + 3);
                components = file[body + 5] & 0xff;
            }
            at = end;
        }
        return new JpegHeader(width, height, components, orientation, transform);
    }

    /** SOF0 to SOF15 without the tables (DHT, JPG, DAC) that share their range. */
    private static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    private static int big(byte[] file, int at) {
        return (file[at] & 0xff) << 8 | (file[at + 1] & 0xff);
    }

    private static boolean starts(byte[] file, int from, int end, String text) {
        byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
        if (from + wanted.length > end) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (file[from + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
