package org.deutero.tasks.projection;

import java.util.SplittableRandom;
import org.deutero.tasks.images.LabelledImages;

/** Ten images of uniform noise in [0, 1], each a class by itself: what can be told apart without knowing anything of pictures. */
public final class RandomImages {
    private static final int CLASSES = 10;

    private RandomImages() {}

    /** The set of square images of a side, the same whenever it is asked for; as all sets it has bytes for pixels. */
    public static LabelledImages of(int side) {
        SplittableRandom rng = new SplittableRandom(20_221_208);
        LabelledImages.Builder builder = LabelledImages.builder("random-vectors", 1, side, side);
        for (int c = 0; c < CLASSES; c++) {
            byte[] pixels = new byte[side * side];
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = (byte) rng.nextInt(256);
            }
            builder.add(String.valueOf(c), pixels);
        }
        return builder.build();
    }
}
