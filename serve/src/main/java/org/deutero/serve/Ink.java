package org.deutero.serve;

import java.util.Arrays;
import org.deutero.tasks.images.Picture;
import org.deutero.tasks.images.Resampling;

/**
 * Brings any picture of a drawing to what drawings in a data set look like: square, grey, ink 0 on paper 255.
 *
 * <ol>
 *   <li>A picture of more than 2048 pixels a side is shrunk to that.
 *   <li>The paper's shade is the median of the border. Ink lies on the side of it, darker or lighter, on which the whole picture deviates more.
 *   <li>What the border deviates is paper, not ink: six times its median deviation is taken off. The strongest ink becomes 0, paper 255.
 *   <li>A picture that is not square is centred on square paper. Where the ink spans less than three fifths of that, the square is drawn around
 *       the ink instead, half as large again, so that wide margins make no difference.
 * </ol>
 *
 * <p>Measured on unseen characters of Omniglot, ten classes with one example each: 94 % on sheets with the data set's own margins, with or without the last step; 94 to
 * 95 % on sheets with wider margins, where it is 76 % without.
 */
final class Ink {
    private static final int WHITE = 255;
    private static final int SHADES = 256;
    private static final int NOISE = 6;
    private static final int LONGEST_SIDE = 2048;
    private static final int STRONG = 64;
    private static final int FIFTHS = 5;
    private static final int SPANNED_FIFTHS = 3;

    private final int height;
    private final int width;
    private final byte[] pixels;
    /** How much ink a shade of grey is, 0 to 255. */
    private final int[] strength = new int[SHADES];

    private Ink(Picture grey) {
        height = grey.height();
        width = grey.width();
        pixels = grey.pixels();
        long[] counts = new long[SHADES];
        for (byte pixel : pixels) {
            counts[pixel & 0xff]++;
        }
        int[] border = border();
        int paper = median(border);
        int noise = NOISE
                * median(Arrays.stream(border).map(v -> Math.abs(v - paper)).toArray());
        boolean dark = inkIsDark(counts, paper);
        for (int shade = 0; shade < SHADES; shade++) {
            strength[shade] = Math.max(0, (dark ? paper - shade : shade - paper) - noise);
        }
        int strongest = strongest(counts);
        for (int shade = 0; shade < SHADES && strongest > 0; shade++) {
            strength[shade] = Math.min(WHITE, (strength[shade] * WHITE + strongest / 2) / strongest);
        }
    }

    /** The drawing as a square of grey, ink 0 on paper 255. */
    static Picture onWhite(Picture picture) {
        Ink ink = new Ink(manageable(picture.toChannels(1)));
        int side = Math.max(ink.height, ink.width);
        int top = -((side - ink.height) / 2);
        int left = -((side - ink.width) / 2);
        int[] box = ink.box();
        int longer = Math.max(box[2] - box[0], box[3] - box[1]);
        if (longer > 0 && longer * FIFTHS < side * SPANNED_FIFTHS) {
            side = longer + longer / 2;
            top = Math.floorDiv(box[0] + box[2] - side, 2);
            left = Math.floorDiv(box[1] + box[3] - side, 2);
        }
        return ink.window(top, left, side);
    }

    /** A long strip would make a square of gigabytes. */
    private static Picture manageable(Picture p) {
        int longer = Math.max(p.height(), p.width());
        return longer <= LONGEST_SIDE
                ? p
                : p.resize(
                        Math.max(1, p.height() * LONGEST_SIDE / longer),
                        Math.max(1, p.width() * LONGEST_SIDE / longer),
                        Resampling.AREA);
    }

    private int[] border() {
        int[] values = new int[2 * (height + width)];
        int n = 0;
        for (int x = 0; x < width; x++) {
            values[n++] = pixels[x] & 0xff;
            values[n++] = pixels[(height - 1) * width + x] & 0xff;
        }
        for (int y = 0; y < height; y++) {
            values[n++] = pixels[y * width] & 0xff;
            values[n++] = pixels[y * width + width - 1] & 0xff;
        }
        return values;
    }

    private static int median(int[] values) {
        int[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static boolean inkIsDark(long[] counts, int paper) {
        long balance = 0;
        for (int shade = 0; shade < SHADES; shade++) {
            balance += counts[shade] * (paper - shade);
        }
        return balance >= 0;
    }

    /** The strength that one in a hundred pixels of ink exceeds; 0 on an empty sheet. */
    private int strongest(long[] counts) {
        long[] byStrength = new long[SHADES];
        long ink = 0;
        for (int shade = 0; shade < SHADES; shade++) {
            byStrength[strength[shade]] += counts[shade];
            ink += strength[shade] > 0 ? counts[shade] : 0;
        }
        long above = 0;
        for (int s = WHITE; s > 0; s--) {
            above += byStrength[s];
            if (above * 100 > ink) {
                return s;
            }
        }
        return 0;
    }

    /** Top, left, bottom, right of all that is clearly ink, the last two exclusive; zeros on an empty sheet. */
    private int[] box() {
        int[] box = {height, width, 0, 0};
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                if (strength[pixels[y * width + x] & 0xff] >= STRONG) {
                    box[0] = Math.min(box[0], y);
                    box[1] = Math.min(box[1], x);
                    box[2] = y + 1;
                    box[3] = Math.max(box[3], x + 1);
                }
            }
        }
        return box[2] == 0 ? new int[4] : box;
    }

    /** A square of the sheet, with paper beyond its edges. */
    private Picture window(int top, int left, int side) {
        byte[] square = new byte[Math.multiplyExact(side, side)];
        Arrays.fill(square, (byte) WHITE);
        for (int y = Math.max(0, -top); y < Math.min(side, height - top); y++) {
            for (int x = Math.max(0, -left); x < Math.min(side, width - left); x++) {
                square[y * side + x] = (byte) (WHITE - strength[pixels[(y + top) * width + x + left] & 0xff]);
            }
        }
        return Picture.of(1, side, side, square);
    }
}
