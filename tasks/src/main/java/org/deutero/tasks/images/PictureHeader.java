package org.deutero.tasks.images;

import java.nio.charset.StandardCharsets;
import org.deutero.tasks.DataException;

/**
 * What the first bytes of a PNG or JPEG file say, without decoding it.
 *
 * @param format {@code PNG} or {@code JPEG}
 * @param width in pixels, as stored
 * @param height in pixels, as stored
 * @param mode colour and depth in words, such as {@code colour} or {@code 16-bit grey with alpha}
 * @param turned whether an EXIF orientation turns or mirrors the picture
 */
public record PictureHeader(String format, int width, int height, String mode, boolean turned) {

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};
    private static final int PNG_HEADER = 26;

    /**
     * Reads the header.
     *
     * @param file the bytes of the file, or at least those up to its pixels
     * @param name how to call it in an error
     * @throws DataException if it is neither PNG nor JPEG
     */
    public static PictureHeader read(byte[] file, String name) {
        if (isPng(file)) {
            return new PictureHeader("PNG", big(file, 16), big(file, 20), pngMode(file[24], file[25]), false);
        }
        if (file.length > 3 && (file[0] & 0xff) == 0xff && (file[1] & 0xff) == 0xd8) {
            JpegHeader jpeg = JpegHeader.read(file);
            if (jpeg.width() > 0) {
                return new PictureHeader(
                        "JPEG", jpeg.width(), jpeg.height(), jpegMode(jpeg.components()), jpeg.orientation() > 1);
            }
        }
        throw notReadable(file, name);
    }

    /** A file that is neither PNG nor JPEG; other common formats are named. */
    static DataException notReadable(byte[] file, String name) {
        String start = new String(file, 0, Math.min(file.length, 16), StandardCharsets.ISO_8859_1);
        String other = start.startsWith("RIFF") && start.startsWith("WEBP", 8)
                ? " but WebP"
                : start.startsWith("ftyphei", 4) || start.startsWith("ftypmif1", 4)
                        ? " but HEIC"
                        : start.startsWith("ftypavif", 4) ? " but AVIF" : start.startsWith("%PDF") ? " but PDF" : "";
        return new DataException(name + " is not a PNG or JPEG image" + other + " (" + file.length + " bytes)");
    }

    /** Number of pixels. */
    public long pixels() {
        return (long) width * height;
    }

    private static boolean isPng(byte[] file) {
        if (file.length < PNG_HEADER) {
            return false;
        }
        for (int i = 0; i < PNG.length; i++) {
            if (file[i] != PNG[i]) {
                return false;
            }
        }
        return true;
    }

    private static String pngMode(int depth, int type) {
        String colours = switch (type) {
            case 0 -> "grey";
            case 2 -> "colour";
            case 3 -> "palette";
            case 4 -> "grey with alpha";
            case 6 -> "colour with alpha";
            default -> "unknown";
        };
        return depth == 8 || type == 3 ? colours : depth + "-bit " + colours;
    }

    private static String jpegMode(int components) {
        return switch (components) {
            case 1 -> "grey";
            case 3 -> "colour";
            case 4 -> "CMYK";
            default -> components + " components";
        };
    }

    private static int big(byte[] file, int at) {
        return (file[at] & 0xff) << 24
                | (file[at + 1] & 0xff) << 16
                | (file[at + 2] & 0xff) << 8
                | (file[at + 3] & 0xff);
    }
}
