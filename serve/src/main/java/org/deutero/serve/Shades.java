package org.deutero.serve;

import java.util.Arrays;
import org.deutero.tasks.images.Picture;

/**
 * The shades of a grey picture, and the two groups, dark and light, that they fall into. Groups are cut where they differ most (Otsu 1979: the variance between them is largest).
 *
 * @param counts pixels of each shade
 * @param border shades of the pixels at the edge
 * @param cut the lightest shade of the dark group
 * @param dark median of the dark group
 * @param light median of the light group
 * @param share of the variance that lies between the groups: 0.64 for noise of one shade, nearly 1 for ink on paper
 */
record Shades(long[] counts, int[] border, int cut, int dark, int light, double share) {
    static final int NUMBER = 256;

    private static final double PARTED = 0.8;
    private static final int FAR = 32;

    static Shades of(Picture grey) {
        long[] counts = new long[NUMBER];
        for (byte pixel : grey.pixels()) {
            counts[pixel & 0xff]++;
        }
        long all = Arrays.stream(counts).sum();
        double mean = 0;
        for (int shade = 0; shade < NUMBER; shade++) {
            mean += (double) shade * counts[shade] / all;
        }
        double variance = 0;
        for (int shade = 0; shade < NUMBER; shade++) {
            variance += (shade - mean) * (shade - mean) * counts[shade] / all;
        }
        double best = 0;
        int cut = 0;
        long below = 0;
        double sum = 0;
        for (int shade = 0; shade < NUMBER - 1; shade++) {
            below += counts[shade];
            sum += (double) shade * counts[shade];
            if (counts[shade] == 0 || below == all) {
                continue;
            }
            double apart = sum / below - (mean * all - sum) / (all - below);
            double between = (double) below / all * (all - below) / all * apart * apart;
            if (between > best) {
                best = between;
                cut = shade;
            }
        }
        return new Shades(
                counts,
                edge(grey),
                cut,
                median(counts, 0, cut),
                median(counts, cut + 1, NUMBER - 1),
                variance == 0 ? 0 : best / variance);
    }

    private static int[] edge(Picture grey) {
        int height = grey.height();
        int width = grey.width();
        int[] values = new int[2 * (height + width)];
        int n = 0;
        for (int x = 0; x < width; x++) {
            values[n++] = grey.at(0, 0, x);
            values[n++] = grey.at(0, height - 1, x);
        }
        for (int y = 0; y < height; y++) {
            values[n++] = grey.at(0, y, 0);
            values[n++] = grey.at(0, y, width - 1);
        }
        return values;
    }

    private static int median(long[] counts, int from, int to) {
        long all = 0;
        for (int shade = from; shade <= to; shade++) {
            all += counts[shade];
        }
        long seen = 0;
        for (int shade = from; shade <= to; shade++) {
            seen += counts[shade];
            if (2 * seen > all) {
                return shade;
            }
        }
        return from;
    }

    static int median(int[] values) {
        int[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Whether there are two things to be seen, rather than paper with its grain. */
    boolean twoGroups() {
        return share >= PARTED && light > dark || light - dark >= FAR;
    }

    /** Pixels at the edge that are of the light group. */
    int[] lightBorder() {
        return Arrays.stream(border).filter(shade -> shade > cut).toArray();
    }

    /**
     * By how much more ink is likely to be the dark group than the light one, about -0.5 to 0.5: the ground is met more often at the edge than within, and covers more than half of the picture.
     */
    double darkInk() {
        if (!twoGroups()) {
            return skew();
        }
        double within = 0;
        long all = 0;
        for (int shade = 0; shade < NUMBER; shade++) {
            within += counts[shade] * lightness(shade);
            all += counts[shade];
        }
        within /= all;
        double edge =
                Arrays.stream(border).mapToDouble(this::lightness).average().orElseThrow();
        // Half and half tells nothing, a few strokes tell all.
        double more = within - 0.5;
        return edge - within + 1.5 * more * Math.abs(more);
    }

    private double lightness(int shade) {
        return Math.max(0, Math.min(1, (shade - dark) / (double) (light - dark)));
    }

    /** Faint ink among the grain of paper: the side of the border's shade on which the picture deviates more. */
    private double skew() {
        int paper = median(border);
        double balance = 0;
        double spread = 0;
        for (int shade = 0; shade < NUMBER; shade++) {
            balance += (double) counts[shade] * (paper - shade);
            spread += (double) counts[shade] * Math.abs(paper - shade);
        }
        return spread == 0 ? 0 : balance / spread / 10;
    }
}
