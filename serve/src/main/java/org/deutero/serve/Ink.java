package org.deutero.serve;

import java.util.Arrays;
import org.deutero.tasks.images.Picture;

/**
 * Brings any picture of a drawing to what drawings in a data set look like: square, grey, ink 0 on paper 255.
 *
 * <ol>
 *   <li>The paper's shade is the median of the border. Ink lies on the side of it, darker or lighter, on which the whole picture deviates more.
 *   <li>What the border deviates is paper, not ink: six times its median deviation is taken off. The strongest ink becomes 0, paper 255.
 *   <li>A picture that is not square is centred on square paper. Where the ink fills less than a quarter of that, the square is drawn around
 *       the ink instead, half as large again.
 * </ol>
 *
 * <p>A clean black drawing on a white square comes out as it went in; of the drawings of Omniglot 0.3 % are so small that they are cut out.
 */
final class Ink {
    private static final int WHITE = 255;
    private static final int NOISE = 6;
    private static final int STRONG = 64;
    private static final int SMALLEST_SHARE = 4;

    private final int height;
    private final int width;
    private final int[] deviation;

    private Ink(Picture grey) {
        height = grey.height();
        width = grey.width();
        int[] border = border(grey);
        int paper = median(border);
        boolean dark = inkIsDark(grey, paper);
        int noise = NOISE
                * median(Arrays.stream(border).map(v -> Math.abs(v - paper)).toArray());
        deviation = new int[height * width];
        for (int i = 0; i < deviation.length; i++) {
            int value = grey.at(0, i / width, i % width);
            deviation[i] = Math.max(0, (dark ? paper - value : value - paper) - noise);
        }
        int strongest = strongest();
        for (int i = 0; i < deviation.length && strongest > 0; i++) {
            deviation[i] = Math.min(WHITE, (deviation[i] * WHITE + strongest / 2) / strongest);
        }
    }

    /** The drawing as a square of grey, ink 0 on paper 255. */
    static Picture onWhite(Picture picture) {
        Ink ink = new Ink(picture.toChannels(1));
        int side = Math.max(ink.height, ink.width);
        int top = -((side - ink.height) / 2);
        int left = -((side - ink.width) / 2);
        int[] box = ink.box();
        int longer = Math.max(box[2] - box[0], box[3] - box[1]);
        if (longer > 0 && longer * SMALLEST_SHARE < side) {
            side = Math.max(1, longer * 3 / 2);
            top = (box[0] + box[2] - side) / 2;
            left = (box[1] + box[3] - side) / 2;
        }
        return ink.window(top, left, side);
    }

    private static int[] border(Picture p) {
        int h = p.height();
        int w = p.width();
        int[] values = new int[2 * (h + w)];
        int n = 0;
        for (int x = 0; x < w; x++) {
            values[n++] = p.at(0, 0, x);
            values[n++] = p.at(0, h - 1, x);
        }
        for (int y = 0; y < h; y++) {
            values[n++] = p.at(0, y, 0);
            values[n++] = p.at(0, y, w - 1);
        }
        return values;
    }

    private static int median(int[] values) {
        int[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static boolean inkIsDark(Picture p, int paper) {
        long balance = 0;
        for (int y = 0; y < p.height(); y++) {
            for (int x = 0; x < p.width(); x++) {
                balance += paper - p.at(0, y, x);
            }
        }
        return balance >= 0;
    }

    /** The deviation that one in a hundred pixels of ink exceeds; 0 on an empty sheet. */
    private int strongest() {
        long[] counts = new long[WHITE + 1];
        long ink = 0;
        for (int d : deviation) {
            counts[d]++;
            ink += d > 0 ? 1 : 0;
        }
        long above = 0;
        for (int d = WHITE; d > 0; d--) {
            above += counts[d];
            if (above * 100 > ink) {
                return d;
            }
        }
        return 0;
    }

    /** Top, left, bottom, right of all that is clearly ink, the last two exclusive; zeros on an empty sheet. */
    private int[] box() {
        int[] box = {height, width, 0, 0};
        for (int i = 0; i < deviation.length; i++) {
            if (deviation[i] >= STRONG) {
                box[0] = Math.min(box[0], i / width);
                box[1] = Math.min(box[1], i % width);
                box[2] = Math.max(box[2], i / width + 1);
                box[3] = Math.max(box[3], i % width + 1);
            }
        }
        return box[2] == 0 ? new int[4] : box;
    }

    /** A square of the sheet, with paper beyond its edges. */
    private Picture window(int top, int left, int side) {
        byte[] pixels = new byte[Math.multiplyExact(side, side)];
        Arrays.fill(pixels, (byte) WHITE);
        for (int y = Math.max(0, -top); y < Math.min(side, height - top); y++) {
            for (int x = Math.max(0, -left); x < Math.min(side, width - left); x++) {
                pixels[y * side + x] = (byte) (WHITE - deviation[(y + top) * width + x + left]);
            }
        }
        return Picture.of(1, side, side, pixels);
    }
}
