package org.deutero.serve;

import java.util.Optional;
import org.deutero.tasks.images.ImageFormat;
import org.deutero.tasks.images.Picture;

/**
 * How a picture of any size and colour becomes a learner's input.
 *
 * @param format what meta-training saw
 * @param kind what pictures show
 * @param ink whether ink is darker or lighter than its ground, as the examples of a classifier told together; if empty, each picture is asked by itself
 */
public record Preprocessing(ImageFormat format, Kind kind, Optional<Ink> ink) {
    private static final int FAINT = 96;
    private static final int STRENGTHENED = 192;

    /** What pictures show, and so what may be done to them. */
    public enum Kind {
        /** Anything: pictures are brought to the format just as in meta-training, where the aspect ratio is not kept. */
        PICTURE,
        /** Ink on paper, or chalk on a board: polarity, contrast and frame are found out first, so that the input is ink = 1 on 0. */
        DRAWING
    }

    /** What ink is against its ground. */
    public enum Ink {
        /** A pen on paper. */
        DARK,
        /** Chalk on a board. */
        LIGHT
    }

    /** For pictures of which no classifier has found out yet whether ink is dark. */
    public Preprocessing(ImageFormat format, Kind kind) {
        this(format, kind, Optional.empty());
    }

    /** Refuses drawings in a format that is not grey, square and inverted, which is what "ink = 1" means. */
    public Preprocessing {
        if (kind == Kind.DRAWING
                && (format.channels() != 1 || !format.inverted() || format.height() != format.width())) {
            throw new IllegalArgumentException("drawings need a square grey format with ink = 1, not " + format);
        }
        if (kind == Kind.PICTURE && ink.isPresent()) {
            throw new IllegalArgumentException("only drawings have ink, which cannot be " + ink.get() + " in pictures");
        }
    }

    /** The same for drawings whose ink is known. */
    Preprocessing with(Ink known) {
        return new Preprocessing(format, kind, Optional.of(known));
    }

    /** Whether it must be found from examples if ink is dark or light. */
    boolean asksForInk() {
        return kind == Kind.DRAWING && ink.isEmpty();
    }

    /** The input [channels, height, width] in [0, 1]. */
    float[] input(Picture picture) {
        return (kind == Kind.PICTURE ? picture.as(format) : drawing(picture)).units();
    }

    /** Thin lines of a large picture all but vanish when it shrinks; they are given the strength of a pen's. */
    private Picture drawing(Picture picture) {
        boolean dark = ink.map(known -> known == Ink.DARK).orElseGet(() -> InkReader.darkInk(picture) >= 0);
        Picture small = InkReader.onWhite(picture, dark).as(format);
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
