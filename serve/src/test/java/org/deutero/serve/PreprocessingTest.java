package org.deutero.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.deutero.tasks.images.ImageFormat;
import org.deutero.tasks.images.Picture;
import org.deutero.tasks.images.Resampling;
import org.deutero.tasks.omniglot.Omniglot;
import org.junit.jupiter.api.Test;

class PreprocessingTest {
    private static final Preprocessing DRAWINGS = new Preprocessing(Omniglot.FORMAT, Preprocessing.Kind.DRAWING);

    /** The mean difference of two inputs, ink being 1. */
    private static double difference(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.abs(a[i] - b[i]);
        }
        return sum / a.length;
    }

    /** Such as a camera gives: larger, with paper and ink of these shades, noise, and light that falls off to one side. */
    private static Picture photo(Picture drawing, int scale, int paper, int ink, int noise) {
        SplittableRandom rng = new SplittableRandom(1);
        int h = drawing.height() * scale;
        int w = drawing.width() * scale;
        byte[] pixels = new byte[3 * h * w];
        for (int i = 0; i < h * w; i++) {
            boolean isInk = drawing.at(0, i / w / scale, i % w / scale) < 128;
            int light = noise == 0 ? 0 : 10 * (i % w) / w;
            int value = (isInk ? ink : paper) - light + (noise == 0 ? 0 : rng.nextInt(2 * noise + 1) - noise);
            for (int c = 0; c < 3; c++) {
                pixels[c * h * w + i] = (byte) Math.max(0, Math.min(255, value));
            }
        }
        return Picture.of(3, h, w, pixels);
    }

    private static Picture withMargins(Picture drawing, int across, int down) {
        int h = drawing.height() + 2 * down;
        int w = drawing.width() + 2 * across;
        byte[] pixels = new byte[h * w];
        Arrays.fill(pixels, (byte) 255);
        for (int y = 0; y < drawing.height(); y++) {
            for (int x = 0; x < drawing.width(); x++) {
                pixels[(y + down) * w + x + across] = (byte) drawing.at(0, y, x);
            }
        }
        return Picture.of(1, h, w, pixels);
    }

    @Test
    void wideMarginsMakeNoDifference() {
        for (int n = 0; n < 1620; n += 9) {
            Picture drawing = Omniglot.drawing(n, n % 20);
            float[] plain = DRAWINGS.input(withMargins(drawing, 60, 60));
            assertThat(difference(DRAWINGS.input(withMargins(drawing, 140, 3)), plain))
                    .isZero();
            assertThat(difference(DRAWINGS.input(withMargins(drawing, 0, 90)), plain))
                    .isZero();
        }
    }

    /** Ink stays ink: the frame moves, but about as much of it is dark as in the data set. */
    @Test
    void framesAreLikeThoseOfTheDataSet() {
        double ours = 0;
        double theirs = 0;
        for (int n = 0; n < 1620; n += 9) {
            Picture drawing = Omniglot.drawing(n, n % 20);
            for (float ink : DRAWINGS.input(drawing)) {
                ours += ink;
            }
            for (byte ink : drawing.as(Omniglot.FORMAT).pixels()) {
                theirs += (ink & 0xff) / 255.0;
            }
        }
        assertThat(ours / theirs).isBetween(0.8, 1.4);
    }

    @Test
    void chalkOnABoardIsInkOnPaper() {
        for (int n = 0; n < 1600; n += 40) {
            Picture drawing = Omniglot.drawing(n, 3);
            assertThat(DRAWINGS.input(drawing.invert())).isEqualTo(DRAWINGS.input(drawing));
        }
    }

    /** Far closer to their own drawing than to another of the same character. */
    @Test
    void photographsInAnyShadesComeCloseToTheDrawing() {
        for (int n = 0; n < 1600; n += 80) {
            Picture drawing = Omniglot.drawing(n, 3);
            float[] clean = DRAWINGS.input(drawing);
            double near = difference(DRAWINGS.input(Omniglot.drawing(n, 4)), clean) / 2;
            assertThat(difference(DRAWINGS.input(photo(drawing, 3, 120, 40, 5)), clean))
                    .isLessThan(near);
            assertThat(difference(DRAWINGS.input(photo(drawing, 3, 90, 200, 5)), clean))
                    .isLessThan(near);
            // Frames are cut to whole pixels, which are smaller in a larger picture.
            assertThat(difference(DRAWINGS.input(photo(drawing, 3, 200, 0, 0)), clean))
                    .isLessThan(near);
        }
    }

    /** A character in the corner of a large sheet, and on a strip. */
    @Test
    void theFrameIsFound() {
        Picture drawing = Omniglot.drawing(100, 3);
        byte[] sheet = new byte[600 * 800];
        java.util.Arrays.fill(sheet, (byte) 255);
        byte[] strip = new byte[105 * 305];
        java.util.Arrays.fill(strip, (byte) 255);
        for (int y = 0; y < 105; y++) {
            for (int x = 0; x < 105; x++) {
                sheet[(y + 10) * 800 + x + 20] = (byte) drawing.at(0, y, x);
                strip[y * 305 + x + 100] = (byte) drawing.at(0, y, x);
            }
        }
        float[] large = DRAWINGS.input(Picture.of(1, 600, 800, sheet));
        float[] wide = DRAWINGS.input(Picture.of(1, 105, 305, strip));
        for (float[] input : new float[][] {large, wide}) {
            float most = 0;
            double sum = 0;
            for (float v : input) {
                most = Math.max(most, v);
                sum += v;
            }
            assertThat(most).isGreaterThan(0.37f);
            assertThat(sum).isGreaterThan(10);
        }
    }

    @Test
    void anEmptySheetAndASinglePixelAreInputsToo() {
        assertThat(DRAWINGS.input(Picture.of(1, 1, 1, new byte[1]))).containsOnly(0f);
        assertThat(DRAWINGS.input(Picture.of(1, 3, 500, new byte[1500]))).containsOnly(0f);
        assertThat(DRAWINGS.input(Picture.of(1, 2, 32_000, new byte[64_000]))).containsOnly(0f);
    }

    /** Pictures that are no drawings go the way of the training data. */
    @Test
    void picturesAreBroughtToTheFormatAndNoMore() {
        ImageFormat format = new ImageFormat(3, 8, 8, Resampling.AREA, false);
        Picture grey = Omniglot.drawing(5, 5);
        float[] input = new Preprocessing(format, Preprocessing.Kind.PICTURE).input(grey);
        assertThat(input).hasSize(3 * 64);
        assertThat(input[17]).isEqualTo(grey.as(format).at(0, 2, 1) / 255f);
    }
}
