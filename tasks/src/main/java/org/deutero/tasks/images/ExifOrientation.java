package org.deutero.tasks.images;

/**
 * The orientation tag (0x0112) in the first directory of an EXIF block, which is a small TIFF file. By hand, since {@link JpegHeader} has found
 * the block, and one number is all that is wanted of it; whatever is damaged counts as upright.
 */
final class ExifOrientation {

    private static final int TAG = 0x0112;
    private static final int ENTRY = 12;

    private ExifOrientation() {}

    /** The orientation, 1 to 8; 1 if the block has none or makes no sense. */
    static int read(byte[] file, int tiff, int end) {
        if (tiff + 8 > end) {
            return 1;
        }
        boolean little = file[tiff] == 'I';
        long directory = tiff + number(file, tiff + 4, 4, little);
        if (directory + 2 > end) {
            return 1;
        }
        int entries = (int) number(file, (int) directory, 2, little);
        int at = (int) directory + 2;
        for (int i = 0; i < entries && at + ENTRY <= end; i++, at += ENTRY) {
            if (number(file, at, 2, little) == TAG) {
                int value = (int) number(file, at + 8, 2, little);
                return value >= 1 && value <= 8 ? value : 1;
            }
        }
        return 1;
    }

    private static long number(byte[] file, int at, int bytes, boolean little) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | (file[at + (little ? bytes - 1 - i : i)] & 0xff);
        }
        return value;
    }
}
