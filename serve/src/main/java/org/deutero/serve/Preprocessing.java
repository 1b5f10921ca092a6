package org.deutero.serve;

import org.deutero.tasks.images.ImageFormat;
import org.deutero.tasks.images.Picture;

/**
 * How a picture of any size and colour becomes a learner's input.
 *
 * @param format what meta-training saw
 * @param kind what pictures show
 */
public record Preprocessing(ImageFormat format, Kind kind) {
    private static final int FAINT = 96;
    private static final int STRENGTHENED = 192;

    /** What pictures show, and so what may be done to them. */
    public enum Kind {
        /** Anything: pictures are brought to the format just as in meta-training, where the aspect ratio is not kept. */
        PICTURE,
        /** Ink on paper, or chalk on a board: polarity, contrast and frame are found out first, so that the input is ink = 1 on 0. */
        DRAWING
    }

    /** Refuses drawings in a format that is not grey, square and inverted, which is what "ink = 1" means. */
    public Preprocessing {
        if (kind == Kind.DRAWING
                && (format.channels() != 1 || !format.inverted() || format.height() != format.width())) {
            throw new IllegalArgumentException("drawings need a square grey format with ink = 1, not " + format);
        }
    }

    /** The input [channels, height, width] in [0, 1]. */
    float[] input(Picture picture) {
        return (kind == Kind.PICTURE ? picture.as(format) : drawing(picture)).units();
    }

    /** Thin lines of a large picture all but vanish when it shrinks; they are given the strength of a pen's. */
    private Picture drawing(Picture picture) {
        Picture small = Ink.onWhite(picture).as(format);
        byte[] pixels = small.pixels();
        int strongest = 0;
        for (byte pixel : pixels) {
            strongest = Math.max(strongest, pixel & 0xff);
        }
        if (strongest == 0 || strongest >= FAINT) {
            return small;
        }
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) ((pixels[i] & 0xff) * STRENGTHENED / strongest);
        }
        return Picture.of(1, format.height(), format.width(), pixels);
    }
}
